import numpy as np

from filters.identifiers.tagger.features import Reader
from filters.identifiers.training.dataset import TAGS, Corpus, example
from tests.fakes.detection import analyzer


def test_the_same_seed_writes_the_same_documents() -> None:
    first, second = Corpus(7), Corpus(7)
    assert [first.document() for _ in range(20)] == [second.document() for _ in range(20)]


def test_each_token_learns_the_label_of_its_letters() -> None:
    """Catches tags that slip by one token, after which the network would mask the word beside the name."""
    parts = [("Mme ", None), ("L’Hermitte", "NOM"), (", ", None), ("Awa", "PRENOM"), (" va mieux", None)]
    learnt = example(parts, Reader(analyzer()._language.knowledge))
    assert learnt is not None
    assert [TAGS[tag] for tag in learnt.tags] == ["O", "NOM", "NOM", "NOM", "O", "PRENOM", "O", "O"]


def test_an_empty_document_teaches_nothing() -> None:
    assert example([(" ", None)], Reader(analyzer()._language.knowledge)) is None


def test_most_documents_hold_identifiers_and_some_hold_none() -> None:
    corpus = Corpus(11)
    held = [any(label for _, label in corpus.document()) for _ in range(400)]
    assert 0.5 < np.mean(held) < 0.9
