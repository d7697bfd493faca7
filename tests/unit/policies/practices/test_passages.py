from hypothesis import given
from hypothesis import strategies as st

from policies.practices.passages import LONGEST, passages

LONG = "".join(map(chr, range(0x4E00, 0x4E00 + 700)))
"""A run without an end of a sentence, in which every piece stands once."""

PARTS = st.lists(st.sampled_from(["mot ", "fin. ", "ligne\n", LONG, "très long "]), max_size=400)
TEXTS = PARTS.map(lambda parts: "".join(f"{number}{part}" for number, part in enumerate(parts)))


@given(TEXTS)
def test_every_character_is_in_a_passage(text: str) -> None:
    """Catches a part of a long document that nobody reads."""
    covered, at = 0, 0
    for passage in passages(text):
        assert len(passage) <= LONGEST
        start = text.index(passage, at)
        assert start <= covered or not text[covered:start].strip()
        covered, at = start + len(passage), start
    assert not text[covered:].strip()


def test_a_sentence_at_a_border_is_whole_in_one_of_them() -> None:
    sentence = "Range ces onze arrivées dans l'ordre."
    for before in range(0, 700, 7):
        text = "Il fait beau. " * (before // 14) + sentence + " Il fait beau." * 60
        assert any(sentence in passage for passage in passages(text))


def test_nothing_is_no_passage() -> None:
    assert list(passages(" \n ")) == []
