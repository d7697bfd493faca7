import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from filters.identifiers.detectors import recognizers
from filters.identifiers.detectors.page import Page
from filters.identifiers.detectors.pattern import Shape, ShapeRecognizer
from filters.identifiers.training.dataset import Corpus

SPARED = [
    (f"{each.name}, {shape.name}", shape)
    for each in recognizers()
    if isinstance(each, ShapeRecognizer)
    for shape in each._shapes
    if shape.requires or shape.opening
]
"""The shapes that are not looked for in every text."""

MORE = (
    "admitted on 3 August with a stroke",
    "xoxb-123456789012-abcdefghijkl",
    "sk-proj-" + "a1B2c3D4e5" * 4,
    "AIza" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4",
)
"""What the tests of the recognisers hold no example of."""

_MARK = re.compile(r"\[[A-Z_0-9]+:([^\[\]]+)\]")


def texts() -> Iterator[str]:
    """Yield the examples of all tests of the filters, without their marks, and documents as they are learnt from."""
    for file in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield _MARK.sub(r"\1", node.value)
    corpus = Corpus(5)
    for _ in range(100):
        yield "".join(part for part, _ in corpus.document())


TEXTS = [*MORE, *texts()]


def found(shape: Shape, text: str) -> list[tuple[int, int, float]]:
    return [(each.start, each.end, each.score) for each in shape.find(Page(text))]


@pytest.mark.parametrize(("name", "shape"), SPARED, ids=[name for name, _ in SPARED])
def test_what_spares_a_search_misses_nothing(name: str, shape: Shape) -> None:
    """Catches a key or a day that leaves because the text was taken for one that cannot hold it."""
    del name
    plain = replace(shape, requires=(), opening=None)
    expected = [found(plain, text) for text in TEXTS]
    assert any(expected)
    assert [found(shape, text) for text in TEXTS] == expected
