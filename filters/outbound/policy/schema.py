"""The JSON schema of a policy's file, with which an editor completes and explains it. Pure.

The form comes from the models that read the file; the words, which its author reads, are French and stand here.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from filters.outbound.policy.text import Policy

_STATUS: Final = "Statut : a_instruire, observer, avertir, bloquer ou autoriser."
_GROUPS: Final = "Groupes de `groups` concernés ; absent : tout le monde."
_SUBNETS: Final = "Réseaux concernés ; absent : tous."

DESCRIPTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "Policy": {
        "version": "Nom ou date de la politique ; changez-le à chaque modification.",
        "mode": "Mode en vigueur : observe, simulate, coach ou block ; celui de la dernière étape commencée.",
        "steps": "Étapes décidées, dans l’ordre des dates : observe (14 jours au moins), simulate, coach, block.",
        "page": "Adresse https de la page que voit une personne arrêtée ; nécessaire pour coach et block.",
        "approved": "Adresse https de l’outil approuvé, vers lequel la page renvoie.",
        "timezone": "Fuseau horaire des jours et des heures ; Europe/Paris par défaut.",
        "without_name": "Connexion vers une adresse IP dont aucun nom n’est connu : autoriser, observer ou bloquer.",
        "gateway": "Adresses de la passerelle de l’établissement : jamais filtrées.",
        "departments": "Réseaux de chaque pôle ou service, pour compter seulement.",
        "groups": "Groupes de postes ou de personnes que les règles et les exceptions peuvent nommer.",
        "categories": "Statut de chaque catégorie ; absente : a_instruire.",
        "services": "Statut des services décidés un par un ; il l’emporte sur celui de la catégorie.",
        "rules": "Ce qui diffère pour certains, ou à certains moments ; la première règle qui convient s’applique.",
        "exceptions": "Services laissés passer, avec un motif, un auteur et une date de fin.",
        "never_block": "Noms à ne jamais refuser, en plus de ceux du produit.",
        "own_services": "Services que le catalogue n’a pas.",
        "feeds": "Listes tenues par d’autres, prises dans des fichiers.",
    },
    "Step": {
        "mode": "Mode qui commence.",
        "begins": "Premier jour, AAAA-MM-JJ.",
        "decided_by": "Qui l’a décidé : fonction et nom, pour la DSI.",
        "seen_by": "Qui en a pris connaissance : fonction et nom, pour le DPO ; une autre personne.",
        "in_haste": "Pourquoi l’on avertit ou refuse avant 14 jours d’observation.",
    },
    "Group": {
        "subnets": "Réseaux du groupe.",
        "users_file": "Fichier des comptes du groupe, un par ligne ; chemin depuis le dossier de ce fichier.",
    },
    "Rule": {
        "id": "Nom court de la règle ; les journaux l’écrivent.",
        "status": _STATUS,
        "services": "Services concernés.",
        "categories": "Catégories concernées ; une règle qui nomme le service passe avant.",
        "groups": _GROUPS,
        "subnets": _SUBNETS,
        "days": "Jours concernés ; absent : tous.",
        "hours": "Plages d’heures, par exemple 08:00-18:30 ; une plage qui passe minuit vaut pour le jour où elle "
        "commence.",
    },
    "Leave": {
        "id": "Nom court de l’exception ; les journaux l’écrivent.",
        "services": "Services laissés passer.",
        "groups": _GROUPS,
        "subnets": _SUBNETS,
        "users": "Comptes concernés, tels que le proxy les connaît.",
        "reason": "Motif.",
        "author": "Qui l’accorde.",
        "expires": "Dernier jour, AAAA-MM-JJ.",
    },
    "Entry": {
        "id": "Nom court du service ; les journaux et les comptages l’emploient : n’en changez pas.",
        "name": "Nom, tel qu’on le connaît.",
        "vendor": "Éditeur.",
        "country": "Pays de l’éditeur, en deux lettres.",
        "category": "À quoi il sert d’abord.",
        "domains": "Noms de domaine ; chacun vaut pour ceux qui en dépendent.",
        "risks": "Remarques du catalogue qui valent pour lui, par leur nom court.",
        "instead": "Usage approuvé qui le remplace.",
        "reviewed": "Dernière vérification, AAAA-MM-JJ.",
    },
    "Feed": {
        "id": "Nom court de la liste ; les journaux et les comptages l’emploient.",
        "name": "Nom de la liste et de qui la tient.",
        "licence": "Licence de la liste, à respecter si vous la transmettez.",
        "file": "Fichier ou, pour ut1, dossier de la catégorie ; chemin depuis le dossier de ce fichier.",
        "format": "ut1 (Toulouse), hosts, ou domains (un nom par ligne).",
        "category": "Catégorie de tout ce que la liste nomme.",
        "status": "Statut ; absent : celui de la catégorie.",
    },
}
"""French descriptions by model and key."""


def policy_schema() -> dict[str, Any]:
    """Return the schema of a policy's file."""
    made = Policy.model_json_schema(mode="validation")
    definitions: dict[str, Any] = made.pop("$defs")
    for name, definition in {"Policy": made, **definitions}.items():
        definition.pop("description", None)
        definition.pop("title", None)
        for key, place in definition.get("properties", {}).items():
            place.pop("title", None)
            place["description"] = DESCRIPTIONS[name][key]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Politique des connexions sortantes d’Écluse",
        **made,
        "$defs": dict(sorted(definitions.items())),
    }


def written_schema() -> str:
    """Return the schema as it is written in its file."""
    return json.dumps(policy_schema(), ensure_ascii=False, indent=2) + "\n"
