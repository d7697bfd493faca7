from dataclasses import replace

from filters.identifiers.detectors import recognizers
from filters.identifiers.detectors.page import Page
from filters.identifiers.detectors.pattern import ShapeRecognizer
from filters.identifiers.training.dataset import Corpus

_SHAPES = [shape for each in recognizers() if isinstance(each, ShapeRecognizer) for shape in each._shapes]


def test_what_spares_a_search_misses_nothing() -> None:
    """Catches a key or a day that leaves because the text was taken for one that cannot hold it."""
    corpus = Corpus(5)
    for _ in range(300):
        text = "".join(part for part, _ in corpus.document())
        page = Page(text)
        for shape in _SHAPES:
            if shape.requires or shape.opening:
                plain = replace(shape, requires=(), opening=None)
                assert [(found.start, found.end, found.score) for found in shape.find(page)] == [
                    (found.start, found.end, found.score) for found in plain.find(Page(text))
                ]
