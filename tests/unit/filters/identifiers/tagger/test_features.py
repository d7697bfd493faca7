import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.tagger.features import FLAGS, GRAMS_EACH, Reader
from filters.identifiers.tagger.tokens import tokens
from tests.fakes.detection import analyzer


def reader() -> Reader:
    return Reader(analyzer()._language.knowledge)


def test_a_name_that_no_dictionary_has_has_no_word_of_its_own() -> None:
    """Catches a network that learns a list of names by heart."""
    read = reader().read(tokens("Kowandec a dormi"))
    assert read.words[0] == 0
    assert all(read.words[1:] > 0)
    assert read.flags.shape == (3, FLAGS)
    assert read.grams.shape == (3, GRAMS_EACH)


def test_a_name_is_not_kept_after_its_text() -> None:
    """Catches a cache of what patients are called."""
    one = reader()
    one.read(tokens("Kowandec Martin dormi"))
    assert set(one._plain) == {"dormi"}


def test_a_number_is_not_kept_after_its_text() -> None:
    """Catches a cache of the numbers of patients; figures under 100 lead to nobody."""
    one = reader()
    one.read(tokens("8004512345 né en 1951 à 07 1234"))
    assert {text for text in one._plain if text.isdigit()} == {"9999999999", "1900", "07", "9999"}


def test_a_word_that_opens_with_a_numeral_is_not_kept() -> None:
    """Catches a name kept for the life of a process since no list of letters has its first sign."""
    one = reader()
    one.read(tokens("½dupont Ⅷkerbratien ²kowandec ①les 10³mol 𐄇kowandec"))
    assert not [text for text in one._plain if len(text) > 2 and not text.isdecimal() and text not in {"les", "mol"}]


@given(st.text(max_size=30))
def test_every_text_is_described(text: str) -> None:
    """Catches a text refused for a footnote: a sign that looks like a figure and is none."""
    found = tokens(text)
    assert len(reader().read(found).rows) == len(found)


def test_what_was_read_before_changes_nothing() -> None:
    one, text = reader(), tokens("le patient Kowandec a 75 ans,\nvu le 12/03/2024")
    first, second = one.read(text), one.read(text)
    assert all(
        np.array_equal(getattr(first, name), getattr(second, name))
        for name in ("rows", "words", "shapes", "grams", "flags")
    )


def test_nothing_reads_as_nothing() -> None:
    assert reader().read(tokens("")).flags.shape == (0, FLAGS)
