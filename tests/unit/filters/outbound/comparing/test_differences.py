"""Two policies compared: every change is told, and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from filters.outbound.comparing import differences
from filters.outbound.policy import Policy
from tests.fakes.outbound_policies import list_of, snapshot

RULE = {"id": "r", "services": ["bavard"], "status": "bloquer", "groups": ["dim"], "days": ["lundi"],
        "hours": ["22:00-06:00"]}  # fmt: skip
LEAVE = {"id": "e", "services": ["scribe"], "users": ["u1"], "reason": "essai", "author": "DSI",
         "expires": "2026-12-31"}  # fmt: skip
BASE: dict[str, Any] = {"groups": {"dim": {"subnets": ["10.4.0.0/16"]}}, "rules": [RULE], "exceptions": [LEAVE]}
OWN = {"id": "local", "name": "Local", "vendor": "V", "country": "FR", "category": "chat",
       "domains": ["local.example"], "reviewed": "2026-11-01"}  # fmt: skip

CHANGES: list[tuple[str, Any, list[str]]] = [
    ("version", "2", ["Version : « essai » devient « 2 »."]),
    ("mode", "coach", ["Mode : blocage (block) devient avertissement (coach)."]),
    ("page", "https://ia.example/",
     ["Page montrée aux personnes arrêtées : « rien » devient « https://ia.example/ »."]),
    ("approved", "https://ia.example/", ["Outil approuvé : « rien » devient « https://ia.example/ »."]),
    ("timezone", "Indian/Reunion", ["Fuseau horaire : « Europe/Paris » devient « Indian/Reunion »."]),
    ("without_name", "bloquer", ["Adresses sans nom : « autorisé » devient « bloqué »."]),
    ("gateway", [], ["Adresses de la passerelle, jamais filtrées : « 10.20.0.15/32 » devient « rien »."]),
    ("departments", {"A": ["10.1.0.0/16"]}, ["Réseaux de « A » : « rien » devient « 10.1.0.0/16 »."]),
    ("groups", {"dim": {"subnets": ["10.5.0.0/16"]}},
     ["Le groupe « dim » change : 10.4.0.0/16 et 0 compte(s), devient 10.5.0.0/16 et 0 compte(s)."]),
    ("categories", {"transcription": "bloquer"}, ["Scribe (scribe) : à instruire, devient bloqué."]),
    ("services", {"scribe": "autoriser"}, ["Scribe (scribe) : à instruire, devient autorisé."]),
    ("rules", [],
     ["La règle « r » est retirée : bavard bloqué pour le groupe « dim », lundi, 22:00-06:00."]),
    ("rules", [RULE | {"status": "observer", "categories": ["chat"], "groups": [], "days": []}],
     [("La règle « r » change : bavard bloqué pour le groupe « dim », lundi, 22:00-06:00 ; elle devient : bavard, "
       "catégorie chat observé pour tout le monde, 22:00-06:00.")]),
    ("exceptions", [LEAVE | {"id": "f"}],
     ["L’exception « f » est ajoutée : scribe pour 1 compte, jusqu’au 31/12/2026.",
      "L’exception « e » est retirée : scribe pour 1 compte, jusqu’au 31/12/2026."]),
    ("exceptions", [LEAVE | {"users": ["u2"]}],
     ["L’exception « e » change : les comptes concernés ne sont plus les mêmes."]),
    ("never_block", ["mairie.example"], ["Jamais refusés désormais : mairie.example."]),
    ("own_services", [OWN], ["Nouveau : Local (local), à instruire."]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "sentences"), CHANGES, ids=[key for key, _, _ in CHANGES])
def test_a_change_is_told(key: str, value: Any, sentences: list[str]) -> None:
    keys = BASE | {key: value}
    assert list(differences(snapshot(**BASE), snapshot(**keys))) == sentences
    assert differences(snapshot(**keys), snapshot(**BASE)), "and its undoing"


def test_no_part_of_a_policy_goes_unsaid() -> None:
    """Would catch: a new part of the file that comparing does not know. Steps are told by the mode."""
    assert {key for key, _, _ in CHANGES} | {"steps", "feeds"} == set(Policy.model_fields)


def test_the_same_policy_has_no_difference() -> None:
    assert differences(snapshot(**BASE), snapshot(**BASE)) == ()


def test_the_names_of_a_service_and_of_a_list_are_told(tmp_path: Path) -> None:
    one, more = OWN | {"domains": ["local.example"]}, OWN | {"domains": [f"l{n}.example" for n in range(7)]}
    assert list(differences(snapshot(own_services=[one]), snapshot(own_services=[more]))) == [
        "Local (local) : l0.example, l1.example, l2.example, l3.example, l4.example et 2 autres s’y ajoutent.",
        "Local (local) : local.example en sort.",
    ]
    before = snapshot(feeds=[list_of(tmp_path, "un.example")])
    after = snapshot(feeds=[list_of(tmp_path, "un.example", "deux.example")])
    assert list(differences(before, after)) == ["Liste « Liste » : 1 noms, devient 2."]


def test_the_order_of_rules_is_told() -> None:
    other = RULE | {"id": "s", "status": "autoriser"}
    before, after = snapshot(**BASE | {"rules": [RULE, other]}), snapshot(**BASE | {"rules": [other, RULE]})
    assert list(differences(before, after)) == ["L’ordre des règles change, et la première qui convient s’applique."]
