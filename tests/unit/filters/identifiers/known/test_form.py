"""What may stand between the letters and digits of a value."""

import pytest

from filters.identifiers.entity import Label
from filters.identifiers.known.form import Form
from filters.identifiers.known.reading import read
from filters.identifiers.text import Text


def found(form: Form, text: str) -> list[str]:
    return [text[start:end] for start, end in form.find(read([Text(text)]))]


@pytest.mark.parametrize("written", ["80123", "80 123", "80-12.3", "8 0 1 2 3", "8O123"])
def test_separators_need_no_form_of_their_own(written: str) -> None:
    assert found(Form(("80123",), Label.IPP), f"vu {written} ce jour") == [written]


@pytest.mark.parametrize("text", ["180123", "801234", "80      123"])
def test_a_value_inside_another_or_torn_apart_is_none(text: str) -> None:
    assert found(Form(("80123",), Label.IPP), text) == []


def test_a_long_value_may_stand_inside_another() -> None:
    assert found(Form(("80123",), Label.IPP, whole=False), "0180123") == ["80123"]


def test_parts_that_say_nothing_together_must_stand_apart() -> None:
    """Catches `1251` masked as the first of February 1951."""
    form = Form(("1", "2", "51"), Label.DATE_NAISSANCE, apart=True)
    assert found(form, "1/2/51, 1 . 2 . 51; 1251; 12/51; 1/25/1") == ["1/2/51", "1 . 2 . 51"]


def test_a_judge_has_the_last_word() -> None:
    form = Form(("75012",), Label.ZIP, judge=lambda _, start, end: (start, end) if start else None)
    assert found(form, "75012 75012") == ["75012"]


def test_nothing_is_sought_for_nothing() -> None:
    assert found(Form(("", "-"), Label.ID), "a-b") == []
