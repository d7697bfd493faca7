import pytest

from filters.identifiers.detectors.eponym import follows_trigger, is_enumerated, is_eponymous, is_quoted
from filters.identifiers.lexicon.words import read


@pytest.mark.parametrize("text", ["maladie de Zylberstein", "score Zylberstein", "sonde de type Zylberstein"])
def test_a_trigger_makes_an_eponym_of_any_name(text: str) -> None:
    words = read(text)
    assert follows_trigger(words, len(words) - 1)


def test_a_trigger_does_not_reach_over_a_full_stop() -> None:
    words = read("pas de maladie. Zylberstein va bien")
    assert not is_eponymous(words, 3)


def test_authors_are_quoted() -> None:
    assert is_quoted(read("Zylberstein et al"), 0)


def test_a_number_ends_the_reach_of_a_trigger() -> None:
    """`Ligne 12 Zylberstein` is somebody's bed as often as a line."""
    assert not follows_trigger(read("ligne 12 Zylberstein"), 2)


@pytest.mark.parametrize("text", ["Parkinson, Zylberstein", "Parkinson et Zylberstein"])
def test_eponyms_come_in_enumerations(text: str) -> None:
    words = read(text)
    assert is_enumerated(words, len(words) - 1)


def test_a_listed_eponym_in_another_sentence_says_nothing() -> None:
    assert not is_enumerated(read("Parkinson. Zylberstein va bien"), 1)
