import pytest

from filters.identifiers.detectors.eponym import follows_trigger, is_eponymous, is_quoted
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
