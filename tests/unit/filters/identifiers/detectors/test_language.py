from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.detectors.language import _CHUNK, _chunks
from tests.fakes.detection import analyzer


@given(st.integers(0, 4 * _CHUNK), st.integers(1, 900))
def test_chunks_cover_the_text_and_overlap(length: int, step: int) -> None:
    """A gap between chunks is a stretch of text that nobody reads."""
    text = ("x" * step + " ") * (length // (step + 1))
    chunks = list(_chunks(text))
    assert chunks[0][0] == 0
    assert chunks[-1][1] == len(text)
    assert all(after[0] < before[1] < after[1] for before, after in pairwise(chunks))


def test_words_are_french_without_their_accents() -> None:
    knowledge = analyzer()._language.knowledge
    assert all(map(knowledge.is_french, ["presente", "présente", "fièvre", "fievre", "petit"]))
    assert not any(map(knowledge.is_french, ["kermarrec", "szymanski", "jean"]))


def test_vectors_know_names_they_were_not_taught() -> None:
    knowledge = analyzer()._language.knowledge
    assert (knowledge.nameness("rossin") or 0) > 0 > (knowledge.nameness("amoxicilline") or 0)
