from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.tagger.tokens import tokens


def test_words_numbers_signs_and_line_ends_are_tokens() -> None:
    found = tokens("M. N'Diaye, né\nle 12/03")
    assert [token.text for token in found] == ["M", ".", "N", "'", "Diaye", ",", "né", "\n", "le", "12", "/", "03"]
    assert [token.gap for token in found][:5] == [0, 0, 1, 0, 0]


@given(st.text())
def test_nothing_but_blanks_is_left_out(text: str) -> None:
    """Catches a letter that the network never sees: it could not be masked."""
    covered = {place for token in tokens(text) for place in range(token.start, token.end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)
    assert all(text[token.start : token.end] == token.text for token in tokens(text))
