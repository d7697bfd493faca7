from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.lexicon.words import read


def test_words_are_split_where_names_are() -> None:
    words = [word.text for word in read("l'enfant N'Diaye, Jean-Paul d'Aubigny O'Brien 1,5 mg")]
    assert words == ["l'", "enfant", "N'Diaye", "Jean", "Paul", "d'", "Aubigny", "O'Brien", "1,5", "mg"]


@given(st.text(max_size=80))
def test_words_and_gaps_make_the_text(text: str) -> None:
    words = read(text)
    rebuilt = "".join(word.before + word.text for word in words)
    assert text.startswith(rebuilt)
    assert all(text[word.start : word.end] == word.text for word in words)
