"""The forbidden practices in words, one file for each."""

from policies.practices.families import (
    acte_signe,
    action_si,
    contournement,
    decision_automatisee,
    diagnostic_sans_medecin,
    discrimination,
    dissimulation_ia,
    exfiltration,
    falsification,
    notation_agents,
    sans_relecture,
    secrets_acces,
    surveillance_profilage,
    tri_patients,
    usurpation_malveillance,
)
from policies.practices.signals.family import Family

FAMILIES: tuple[Family, ...] = (
    acte_signe.FAMILY,
    action_si.FAMILY,
    contournement.FAMILY,
    decision_automatisee.FAMILY,
    diagnostic_sans_medecin.FAMILY,
    discrimination.FAMILY,
    dissimulation_ia.FAMILY,
    exfiltration.FAMILY,
    falsification.FAMILY,
    notation_agents.FAMILY,
    sans_relecture.FAMILY,
    secrets_acces.FAMILY,
    surveillance_profilage.FAMILY,
    tri_patients.FAMILY,
    usurpation_malveillance.FAMILY,
)
