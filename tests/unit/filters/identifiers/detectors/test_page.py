import gc
import re

from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.detectors.page import Page
from filters.identifiers.text import Text
from tests.fakes.detection import analyzer

_OPENING = re.compile(r"[ab]")


@given(st.text("abc ", max_size=40), st.sampled_from(["a+", "ab", "a b?", "[ab]c*"]))
def test_an_opening_changes_nothing_of_what_is_found(text: str, written: str) -> None:
    """Catches an identifier that is missed because it was looked for in too few places."""
    page, pattern = Page(text), re.compile(written)
    spans = [match.span() for match in pattern.finditer(text)]
    assert [match.span() for match in page.matches(pattern)] == spans
    assert [match.span() for match in page.matches(pattern, _OPENING)] == spans


@given(st.text(max_size=20))
def test_a_page_is_its_text(text: str) -> None:
    page = Page(text)
    assert page == text
    assert page.lowered == text.lower()
    assert [match[0] for match in page.matches(re.compile(r"\w+"))] == re.findall(r"\w+", text)


def test_a_page_ends_with_its_reading() -> None:
    """Catches the texts of patients that stay in memory until the collector comes by."""
    gc.disable()
    try:
        page = Page("vu le 12/03/2024")
        page.matches(re.compile(r"\d+"), _OPENING, bool)
        page.matches(re.compile(r"\d+"))
        del page
        assert not [each for each in gc.get_objects() if type(each) is Page]
        assert analyzer().detect(Text("Mme Kowandec, née le 12/03/1951, tél 06 12 34 56 78"))
        assert not [each for each in gc.get_objects() if type(each) is Page]
    finally:
        gc.enable()


def test_a_test_leaves_out_what_fails_it() -> None:
    page, digits = Page("1 22 333"), re.compile(r"\d+")
    assert [match[0] for match in page.matches(digits, test=lambda match: len(match[0]) > 1)] == ["22", "333"]
    assert len(page.matches(digits)) == 3
