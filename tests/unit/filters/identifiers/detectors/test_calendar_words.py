"""Calendar words: dates in letters, and months with one slip of the fingers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.detectors.calendar_words import dates_in_letters, is_misspelt_month

LONG = ["janvier", "février", "avril", "juillet", "septembre", "octobre", "novembre", "décembre"]


@given(st.sampled_from(LONG), st.integers(0, 7))
def test_two_letters_exchanged_are_still_a_month(month: str, place: int) -> None:
    """A slip of the fingers would leak the date."""
    place = min(place, len(month) - 2)
    slipped = month[:place] + month[place + 1] + month[place] + month[place + 2 :]
    assert slipped == month or is_misspelt_month(slipped)


@pytest.mark.parametrize("word", ["mars", "lévrier", "cellules", "ventre", "octogone", "avis", "juin"])
def test_other_words_are_no_month(word: str) -> None:
    """A word taken for a month would hide the figure before it."""
    assert not is_misspelt_month(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le six octobre", ["six octobre"]),
        ("vingt-trois mars deux mille vingt", ["vingt-trois mars deux mille vingt"]),
        ("le douze zéro trois cinquante et un", ["douze zéro trois cinquante et un"]),
        ("en deux mille douze", ["deux mille douze"]),
        ("deux mille patients", []),
        ("le deux cents", []),
    ],
)
def test_dates_in_letters(text: str, expected: list[str]) -> None:
    """A dictated date would leave as it was said."""
    assert [text[start:end] for start, end in dates_in_letters(text)] == expected
