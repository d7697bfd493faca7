from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.tagger.tokens import tokens


def test_words_numbers_signs_and_line_ends_are_tokens() -> None:
    found = tokens("M. N'Diaye, né\nle 12/03")
    assert found.texts == ["M", ".", "N", "'", "Diaye", ",", "né", "\n", "le", "12", "/", "03"]
    assert len(found) == len(found.texts)


@given(st.text())
def test_nothing_but_blanks_is_left_out(text: str) -> None:
    """Catches a letter that the network never sees: it could not be masked."""
    found = tokens(text)
    places = list(zip(found.starts, found.ends, strict=True))
    covered = {place for start, end in places for place in range(start, end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)
    assert [text[start:end] for start, end in places] == found.texts
