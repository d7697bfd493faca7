"""`Accept-Language`, as RFC 9110 weighs it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.api.languages import preferred
from policies.decision import Language


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "fr"),
        ("*", "fr"),
        ("de", "fr"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("fr-FR, en;q=0.9", "fr"),
        ("fr;q=0.8, en;q=0.9", "en"),
        ("en, fr", "en"),
        ("en;q=0.5, fr;q=0.5", "en"),
        ("fr ; q=0.1 , en-US;q=0.2", "en"),
        ("de, en;q=0.3", "en"),
        ("en;q=0, *", "fr"),
        ("fr;q=0", "en"),
        ("*;q=0.5, en;q=0.4", "fr"),
        ("*;q=0.4, en;q=0.5", "en"),
        ("en;q=2", "fr"),
        ("en;q=haut, fr;q=0.1", "fr"),
        ("english", "fr"),
    ],
)
def test_the_language_of_the_highest_weight(header: str, expected: str) -> None:
    assert preferred([header]) == expected


def test_several_headers_are_one() -> None:
    assert preferred(["fr;q=0.1", "en"]) is Language.ENGLISH


@given(st.lists(st.text(st.characters(codec="latin-1"))))
def test_no_header_breaks_an_answer(headers: list[str]) -> None:
    assert preferred(headers) in Language
