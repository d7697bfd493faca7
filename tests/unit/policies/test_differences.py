"""What changes between two charters is told to a committee, and no change goes unsaid."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.charter import SHIPPED
from policies.differences import Effect, differences
from policies.loader import read_charter
from policies.people import PeopleRule
from policies.rule import CharterText, Practice, Use

TEXT = read_charter(SHIPPED, ["demo"]).result()
WORDED = {"title", "description", "reviewer", "referent", "article", "risk"}
OTHER: dict[str, Any] = {
    "roles": ["dpo"], "tier": "D0", "identity_needed": True, "review": "R1", "notice": None, "routes": ["demo"],
    "services": ["urgences"], "inferable": True, "ancillary": True, "trainings": ["X"], "habilitation": True,
    "enabled": False, "valid_from": "2027-01-01", "valid_until": "2027-01-01",
}  # fmt: skip
RULE: dict[str, Any] = {"required": "all", "trainings": ["X"], "sign": False, "tools": "exempt", "months": 6}


def changed(use: str, **keys: Any) -> CharterText:
    written = TEXT.model_dump()
    next(one for one in written["uses"] if one["id"] == use).update(keys)
    return CharterText.model_validate(written)


def sentences(old: CharterText, new: CharterText) -> list[str]:
    found = [change for chapter in differences(old, new) for change in chapter.changes]
    return [f"[{change.effect}] {change.sentence}" for change in found]


def test_the_same_charter_has_no_difference() -> None:
    assert differences(TEXT, TEXT) == ()


@pytest.mark.parametrize("key", [key for key in Use.model_fields if key != "id"])
def test_no_change_of_a_use_goes_unsaid(key: str) -> None:
    """Would catch: a committee that approves a charter without having been told of an opening."""
    new = changed("compte_rendu", **{key: OTHER.get(key, "Autrement dit")})
    assert len(sentences(TEXT, new)) >= 1
    assert len(sentences(new, TEXT)) >= 1


@pytest.mark.parametrize("key", PeopleRule.model_fields)
def test_no_change_of_what_people_owe_goes_unsaid(key: str) -> None:
    new = TEXT.model_copy(update={"people": PeopleRule.model_validate({key: RULE[key]})})
    assert len(sentences(TEXT, new)) == 1


@pytest.mark.parametrize("key", CharterText.model_fields)
def test_no_part_of_the_charter_goes_unsaid(key: str) -> None:
    """Would catch: a new part of the file that comparing does not know."""
    parts: dict[str, Any] = {
        "preamble": ("Autrement.",), "roles": {}, "notices": {}, "refusals": {}, "uses": (), "practices": (),
        "translations": {}, "people": PeopleRule(months=3),
    }  # fmt: skip
    assert sentences(TEXT, TEXT.model_copy(update={key: parts.get(key, "Autrement")}))


@pytest.mark.parametrize("key", [key for key in Practice.model_fields if key != "id"])
def test_no_change_of_a_practice_goes_unsaid(key: str) -> None:
    first, *others = TEXT.practices
    new = TEXT.model_copy(update={"practices": (first.model_copy(update={key: ("x",)}), *others)})
    assert len(sentences(TEXT, new)) == 1


def test_who_gains_and_who_loses_is_named() -> None:
    new = changed("compte_rendu", roles=["medecin", "interne", "ide"])
    name = "L’usage « Aide au compte rendu » (compte_rendu)"
    assert sentences(TEXT, new) == [
        f"[ouvre] {name} est ouvert à : infirmier (rôle).",
        (
            f"[restreint] {name} est fermé à : pharmacien, sage-femme, professionnel paramédical, secrétaire "
            "médicale (rôles)."
        ),
    ]


def test_an_opened_use_and_a_withdrawn_practice_are_openings() -> None:
    opened = changed("reflexion_clinique", enabled=True)
    fewer = opened.model_copy(update={"practices": opened.practices[1:]})
    assert sentences(TEXT, fewer) == [
        "[ouvre] L’usage « Appui à la réflexion clinique (restreint) » (reflexion_clinique) est ouvert.",
        "[ouvre] La pratique « Confier à l’IA une décision concernant un patient » (decision_automatisee) est retirée.",
    ]


@given(st.sampled_from(["D0", "D1", "D2"]), st.sampled_from(["D0", "D1", "D2"]))
def test_a_tier_opens_one_way_and_restricts_the_other(one: str, two: str) -> None:
    old, new = changed("compte_rendu", tier=one), changed("compte_rendu", tier=two)
    effects = [change.effect for chapter in differences(old, new) for change in chapter.changes]
    assert effects == ([] if one == two else [Effect.OPENS if two > one else Effect.RESTRICTS])
