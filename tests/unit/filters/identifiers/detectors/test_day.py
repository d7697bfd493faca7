"""Day: which figures can be a day, and which are fractions, chapters or nothing."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.detectors.day import is_a_day, is_in_the_calendar, is_no_fraction, is_no_numbering


def _match(written: str, text: str) -> re.Match[str]:
    found = re.search(re.escape(written), text)
    assert found is not None
    return found


@given(st.dates())
def test_every_day_of_the_calendar_is_one(day: date) -> None:
    """A day that is refused would leave as it was written."""
    assert is_a_day(day.day, day.month)


@pytest.mark.parametrize("written", ["12/03/2020", "2020-03-12", "03/12/20", "12.3.47"])
def test_french_and_english_orders_are_read(written: str) -> None:
    """An order that nobody thought of would leak a date."""
    assert is_in_the_calendar(_match(written, written))


@pytest.mark.parametrize("written", ["45/99/2020", "12/03/4000"])
def test_figures_out_of_the_calendar_are_no_date(written: str) -> None:
    """Numbers of slides and files are written so."""
    assert not is_in_the_calendar(_match(written, written))


def test_a_chapter_is_no_date() -> None:
    """`2.1.10` numbers a paragraph, `2/1/10` a day."""
    assert not is_no_numbering(_match("2.1.10", "2.1.10"))
    assert is_no_numbering(_match("2/1/10", "2/1/10"))


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("4/3", "bilan du 4/3 : normal", True),
        ("2/3", "vue lundi 2/3.", True),
        ("1/3", "fracture du 1/3 moyen", False),
        ("1/4", "ramené au 1/4", False),
        ("12/03", "le 12/03", True),
        ("12/8", "le 12/8", True),
        ("14/31", "le 14/31", False),
    ],
)
def test_a_fraction_is_no_day(written: str, text: str, *, expected: bool) -> None:
    """Would leak a day, or hide a part of a bone."""
    assert is_no_fraction(_match(written, text)) is expected
