from itertools import pairwise

import pytest
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


@pytest.mark.parametrize(
    "text", ["l'Haÿ", "Saint-Étienne-du-Bois", "anti-inflammatoire", "n°3", "5 mg.", "aujourd'hui", "M."]
)
def test_the_rule_written_shorter_cuts_words_as_the_model_s_own_does(text: str) -> None:
    """A name cut elsewhere than where the recogniser learnt it is a name that it misses."""
    from spacy.lang.fr.tokenizer_exceptions import TOKEN_MATCH  # noqa: PLC0415 (slow, and for this test alone)

    shorter = analyzer()._language._language.tokenizer.token_match
    assert bool(shorter(text)) == bool(TOKEN_MATCH(text))


def test_a_text_without_letters_is_not_read_for_names() -> None:
    assert analyzer()._language.process_text("12 / 03 : 75", "fr").entities == []
