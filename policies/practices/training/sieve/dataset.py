"""Passages made into what the sieve reads."""

from collections.abc import Iterator, Sequence

import numpy as np

from policies.practices.chances import Floats
from policies.practices.folding import fold
from policies.practices.sieve.features import Reader, tokens
from policies.practices.training.composing import Passage
from policies.practices.training.sieve.network import Batch

_ROWS = 48
"""Passages in a batch."""


def batches(passages: Sequence[Passage], reader: Reader, table: Floats, rng: np.random.Generator) -> Iterator[Batch]:
    """Yield the passages in batches of like length, in a new order; each batch has the shape of one of a few."""
    order = sorted(rng.permutation(len(passages)).tolist(), key=lambda place: len(passages[place].text) // 80)
    groups = [order[at : at + _ROWS] for at in range(0, len(order), _ROWS)]
    for number in rng.permutation(len(groups)):
        yield batch([passages[place] for place in groups[number]], reader, table)


def batch(passages: Sequence[Passage], reader: Reader, table: Floats) -> Batch:
    """Return passages as arrays, filled up to a round length and to a whole batch."""
    read = reader.read([tokens(fold(passage.text)) for passage in passages])
    longest = -(-read.mask.shape[1] // 32) * 32
    missing, short = _ROWS - len(passages), longest - read.mask.shape[1]

    def filled(array: np.ndarray) -> np.ndarray:
        return np.pad(array, [(0, missing), (0, short), *[(0, 0)] * (array.ndim - 2)])

    def numbers(values: list[int], absent: int) -> np.ndarray:
        return np.array([*values, *[absent] * missing], np.int32)

    return {
        "vectors": table[filled(read.rows)],
        "words": filled(read.words),
        "grams": filled(read.grams),
        "mask": filled(read.mask),
        "practice": numbers([passage.practice for passage in passages], 0),
        "use": numbers([passage.use for passage in passages], -1),
        "weight": np.array([1.0] * len(passages) + [0.0] * missing, np.float32),
    }
