"""A refusal in English: the same decision, other words, and French where a hospital has not translated."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.charter import SHIPPED
from config.routes import DEMO
from policies.charter import Charter
from policies.decision import Language
from policies.facts import Caller, Facts, Recognised, Recognition
from policies.loader import read_charter, routes_of
from policies.rule import Code
from policies.translation import speaks

TODAY = dt.date(2026, 11, 23)
ROUTES = routes_of([DEMO])
TEXT = read_charter(SHIPPED, ["demo"]).result()
WORDS = TEXT.translations[Language.ENGLISH]
CHARTER = Charter(TEXT, ROUTES)
TRIAGE = Recognition(forbidden=(Recognised("tri_patients", 0.9),), emergency=True)

callers = st.builds(Caller, st.just("k"), st.sampled_from([*TEXT.roles, "inconnu"]), st.just("s"))
recognitions = st.one_of(
    st.none(),
    st.builds(
        Recognition,
        forbidden=st.lists(st.builds(Recognised, st.sampled_from([*CHARTER.practices]), st.just(0.9)), max_size=1).map(
            tuple
        ),
        emergency=st.booleans(),
    ),
)
asked = st.builds(
    Facts,
    st.sampled_from([None, "autre", *CHARTER.uses]),
    st.sampled_from([None, "demo", "ailleurs"]),
    st.just(TODAY),
    has_media=st.booleans(),
    recognition=recognitions,
)


def test_the_shipped_charter_is_translated_whole() -> None:
    """Catches a use, a role, a practice or a refusal that is added in French only."""
    assert set(WORDS.refusals) == set(Code) - {Code.ALLOWED}
    assert set(WORDS.roles) == set(TEXT.roles)
    assert set(WORDS.uses) == set(CHARTER.uses)
    assert set(WORDS.practices) == set(CHARTER.practices)
    assert all(practice.reason for practice in TEXT.practices)
    assert all("{raison} ({article})" in refusal.message for refusal in TEXT.refusals.values())
    for code, refusal in WORDS.refusals.items():
        # Every place to fill in French is filled in English too.
        assert {name for name in ("{usage}", "{roles}", "{routes}", "{manque}", "{contact}") if name in refusal.message}
        assert sorted(refusal.message.count(name) for name in ("{routes}", "{manque}")) == sorted(
            TEXT.refusals[code].message.count(name) for name in ("{routes}", "{manque}")
        )


@given(callers, asked)
def test_only_the_words_differ(caller: Caller, facts: Facts) -> None:
    """Would catch: somebody let through, or refused for another reason, because of the language they read."""
    decision = CHARTER.decide(caller, facts)
    english = decision.spoken(Language.ENGLISH)
    if decision.allowed:
        assert english is decision
        return
    assert english.language is Language.ENGLISH
    assert english.message != decision.message
    assert [other.use for other in english.alternatives] == [other.use for other in decision.alternatives]
    told = {name: getattr(decision, name) for name in ("message", "reason", "instead", "language", "alternatives")}
    assert replace(english, **told) == decision


def test_a_forbidden_practice_in_english() -> None:
    english = CHARTER.decide(Caller("k", "ide", "s"), Facts(None, None, TODAY, recognition=TRIAGE)).spoken(
        Language.ENGLISH
    )
    assert english.message == (
        "The charter forbids this: Triaging or ranking real patients. Asking the AI who goes first, who can wait, whom "
        "to postpone. A wrong ranking delays care, and putting patients in order belongs to those who care for them "
        "(RIA annexe III 5 d ; RGPD 22 ; guide 8.2). What is allowed: Ask it to explain a published triage scale, or "
        "to prepare a fictitious exercise. Contact: Référent IA de l’établissement (referent-ia@hopital.example). In a "
        "life-threatening emergency, do not wait for an answer from the AI: call resuscitation or the on-call team on "
        "the internal emergency number, or dial 15."
    )
    assert english.reason == WORDS.practices["tri_patients"].reason
    assert english.instead == WORDS.practices["tri_patients"].instead


@pytest.mark.parametrize("translations", [{}, {Language.ENGLISH: WORDS.model_copy(update={"practices": {}})}])
def test_what_a_hospital_has_not_translated_is_said_in_french(translations: dict[Language, object]) -> None:
    """Would catch: half a sentence in each language."""
    charter = Charter(TEXT.model_copy(update={"translations": translations}), ROUTES)
    decision = charter.decide(Caller("k", "ide", "s"), Facts(None, None, TODAY, recognition=TRIAGE))
    assert decision.spoken(Language.ENGLISH) is decision
    assert decision.language is Language.FRENCH


def test_a_code_is_spoken_where_it_has_words() -> None:
    assert speaks(WORDS, "hors_role")
    assert speaks(WORDS, "tri_patients")
    assert not speaks(WORDS, "permis")


def test_what_a_person_lacks_is_said_in_their_language() -> None:
    rule = TEXT.people.model_copy(update={"required": "all"})
    charter = Charter(TEXT.model_copy(update={"people": rule}), ROUTES)
    unknown = Facts("reformulation", None, TODAY, recognition=Recognition())
    decision = charter.decide(Caller("k", "ide", "s"), unknown)
    assert decision.code == Code.PERSON
    assert "belongs to nobody in the register" in decision.spoken(Language.ENGLISH).message
