import pytest

from bench.masking.floor import PAGE, floor, grown
from bench.masking.markup import written
from bench.masking.measure import faults, hurried, in_all_ways, shouted
from tests.fakes.detection import analyzer


def test_faults_that_grow_are_told_and_rounding_is_none() -> None:
    before = {"NOM": 10, "documents": 40}
    assert grown({"NOM": 12, "documents": 44}, before) == []
    assert grown({"NOM": 13, "documents": 45}, before) == ["NOM: 13 after 10", "documents: 45 after 40"]


@pytest.mark.parametrize(("half", "first"), [("odd", 0), ("even", 1)])
def test_masking_has_not_become_worse(half: str, first: int) -> None:
    """Catches a change that lets through what was masked before: `python -m bench.masking.run --errors` says what."""
    typed = in_all_ways(analyzer(), [row for rows in written().values() for row in rows[first::2]])
    assert grown(faults(typed), floor()[half]) == []


def test_the_page_shows_what_the_floor_counts() -> None:
    """Catches figures in the documents that nobody has measured."""
    text = PAGE.read_text(encoding="utf-8")
    for half, first in (("odd", 0), ("even", 1)):
        count = len([row for rows in written().values() for row in rows[first::2]])
        whole = 100 * (1 - floor()[half]["documents"] / count)
        assert f"{half.capitalize()} half: {count} documents, {whole:.1f} % without any leak" in text


def test_typing_otherwise_moves_nothing() -> None:
    """Catches gold that no longer stands where it was marked."""
    for row in (row for rows in written().values() for row in rows):
        assert len(hurried(row["text"])) == len(shouted(row["text"])) == len(row["text"])
