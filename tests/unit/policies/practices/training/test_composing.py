"""Passages that the networks learn from."""

from policies.facts import VAGUE
from policies.practices.passages import LONGEST
from policies.practices.training.composing import Composer, classes
from policies.practices.training.examples import documents, examples

FOUND, INNOCENT = examples(), documents()
NAMED = classes(FOUND)


def passages() -> list[tuple[str, int, int]]:
    return [(one.text, one.practice, one.use) for one in Composer(FOUND, INNOCENT, NAMED, 7).passages()]


def test_every_document_is_taught_as_innocent_and_as_asking_for_nothing() -> None:
    """Would catch: notes taken for a forbidden practice, or for a use that nobody declared."""
    learnt = passages()[-len(INNOCENT) :]
    assert len(learnt) == len(INNOCENT) > 1000
    assert {(practice, use) for _, practice, use in learnt} == {(0, NAMED.uses.index(VAGUE))}


def test_examples_keep_their_practice_in_company_and_all_fits_a_passage() -> None:
    learnt = passages()
    forbidden = [one for one in FOUND if one.practice and len(one.text) <= LONGEST]
    assert sum(practice > 0 for _, practice, _ in learnt) == len(forbidden) > 1000
    assert max(len(text) for text, _, _ in learnt) <= LONGEST
    assert NAMED.practices[0] == ""


def test_the_same_seed_composes_the_same_passages() -> None:
    assert passages() == passages()
