"""Texts read as one, and places that are found again in each."""

from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.known.reading import read
from filters.identifiers.text import Text

TEXTS = st.lists(st.text("aéœßÉ1o.- \u200b\u0301\n=%&İ", max_size=12), min_size=1, max_size=4)


def test_places_are_those_of_the_text_that_was_sent() -> None:
    """Catches a span that is shifted by a ligature or an invisible sign, and leaves the end of a name."""
    texts = ["cœur", "Ker\u200bbrat, sœur", "Kerbrat"]
    reading = read(map(Text, texts))
    found = [at for at in range(len(reading.folded)) if reading.folded.startswith("kerbrat", at)]
    places = [reading.original(at, at + 7) for at in found]
    assert [texts[index][start:end] for index, start, end in places] == ["Ker\u200bbrat", "Kerbrat"]


@given(TEXTS)
def test_what_is_compared_and_what_was_typed_stay_side_by_side(texts: list[str]) -> None:
    reading = read(map(Text, texts))
    assert len(reading.folded) == len(reading.written)
    assert len(reading.compact) == len(reading.places)
    for at, sign in zip(reading.places, reading.compact, strict=True):
        index, start, end = reading.original(at, at + 1)
        assert 0 <= start < end <= len(texts[index])
        assert sign in {reading.folded[at], "0"}


def test_a_letter_o_reads_as_a_zero() -> None:
    assert read([Text("8O1 - 234")]).compact == "801234"


def test_two_texts_never_touch() -> None:
    """Catches a value that is found across two messages, in neither of which it stands."""
    reading = read([Text("Ker"), Text("brat")])
    assert "kerbrat" in reading.compact
    first = reading.compact.index("b")
    assert reading.places[first] - reading.places[first - 1] > 10
