"""The trained sieve, run by ONNX Runtime on one thread, from the package's own files."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import islice

import numpy as np

from policies.practices.chances import Chances
from policies.practices.sieve.features import Reader
from policies.practices.weights import Released, session

WEIGHTS, WORDS, CLASSES = "sieve.onnx", "words.npz", "classes.json"
_READY = 12_000
"""Frequent words that are described beforehand, so that most of a text costs a lookup."""


class Sieve:
    """Judges passages. Keeps nothing of them."""

    practices: tuple[str, ...]
    """What each column of `Chances.practices` stands for; the first is none, an empty string."""
    uses: tuple[str, ...]
    ranks: Mapping[str, int]
    """The words of which a vector is known, numbered by how frequent they are."""

    def __init__(self) -> None:
        """Load the weights; RecognitionUnavailableError unless they are the ones that were released."""
        files = Released("policies.practices.sieve")
        named = json.loads(files.read(CLASSES))
        self.practices, self.uses = tuple(named["practices"]), tuple(named["uses"])
        rows = rows_of(files.read(WORDS))
        self.ranks = {word: rank for rank, word in enumerate(rows)}
        self._reader = Reader(rows, islice(rows, _READY))
        self._session = session(files.read(WEIGHTS))

    def judge(self, passages: Sequence[Sequence[str]]) -> Chances:
        """Return the chances of passages, each a list of tokens as `features.tokens` gives them."""
        if not passages:
            return Chances(np.zeros((0, len(self.practices)), np.float32), np.zeros((0, len(self.uses)), np.float32))
        read = self._reader.read(passages)
        inputs = {"rows": read.rows, "words": read.words, "grams": read.grams, "mask": read.mask}
        practices, uses = self._session.run(["practices", "uses"], inputs)
        return Chances(practices, uses)


def rows_of(words: bytes) -> dict[str, int]:
    """Return the row of each word's vector, frequent words first, from the content of the file of words."""
    with np.load(BytesIO(words), allow_pickle=False) as stored:
        return dict(zip(stored["words"].tobytes().decode("ascii").split("\n"), stored["rows"].tolist(), strict=True))
