"""Slips of the keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.known.spelling import one_slip

WORDS = st.text("abc", min_size=2, max_size=8)


@pytest.mark.parametrize(
    "word", ["kerbat", "kerbrrat", "kerbret", "kebrrat", "erbrat", "kerbra", "kerbrats", "ekrbrat"]
)
def test_one_slip(word: str) -> None:
    assert one_slip(word, "kerbrat")


@pytest.mark.parametrize("word", ["kerbrat", "kebat", "kerbratss", "karbret", "tarbrek", ""])
def test_none_or_more_than_one(word: str) -> None:
    assert not one_slip(word, "kerbrat")


@given(WORDS, WORDS)
def test_slips_go_both_ways(one: str, other: str) -> None:
    assert one_slip(one, other) == one_slip(other, one)
