"""What the network is told of a word: its vector's row, itself, and its groups of letters. Training reads the same way.

Everything is read from folded text (lower case, no accents), so that careless typing costs nothing, and the groups of
letters let a misspelt word resemble the right one.
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from policies.practices.chances import Floats

WORDS = 8192
GRAMS = 8192
GRAMS_EACH = 10
"""Sizes of the tables in which words and groups of letters are looked up; 0 stands for nothing."""

LONGEST = 160
"""Tokens that the network reads at a time."""

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int32]]

_TOKEN = re.compile(r"[a-z]+|\d+|\n|[^\w\s]|_|\w+")
_LONG_WORD = 24
_MOST_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Features:
    """Passages as the network reads them: the first axis counts passages, the second tokens."""

    rows: Ints
    """Row of the word's vector, plus one; 0 for none."""
    words: Ints
    grams: Ints
    """`GRAMS_EACH` groups of letters for each token."""
    mask: Floats
    """1 where a token stands, 0 where the passage is over."""


def tokens(folded: str) -> list[str]:
    """Return the words, numbers, signs and line ends of a folded text; of a number, its length only."""
    return ["0" * min(len(word), _MOST_DIGITS) if word[0].isdigit() else word for word in _TOKEN.findall(folded)]


class Reader:
    """Describes words. Keeps nothing of what it reads."""

    def __init__(self, rows: Mapping[str, int], frequent: Iterable[str] = ()) -> None:
        """`rows` gives a word's row in the table of vectors; `frequent` words are described beforehand."""
        self._rows = rows
        self._ready = {word: self._described(word) for word in frequent}

    def read(self, passages: Sequence[Sequence[str]]) -> Features:
        """Return the features of passages, each a list of tokens, cut to `LONGEST`."""
        longest = min(max(map(len, passages), default=1), LONGEST) or 1
        numbers = np.zeros((len(passages), longest, 2 + GRAMS_EACH), np.int32)
        mask = np.zeros((len(passages), longest), np.float32)
        looks: dict[str, tuple[int, ...]] = {}
        for place, passage in enumerate(passages):
            cut = passage[:longest]
            for word in cut:
                if word not in looks:
                    looks[word] = self._ready.get(word) or self._described(word)
            if cut:
                numbers[place, : len(cut)] = [looks[word] for word in cut]
                mask[place, : len(cut)] = 1.0
        return Features(numbers[:, :, 0], numbers[:, :, 1], numbers[:, :, 2:], mask)

    def _described(self, word: str) -> tuple[int, ...]:
        return (self._rows.get(word, -1) + 1, _hashed(word, WORDS), *_grams(word))


def _grams(word: str) -> tuple[int, ...]:
    """Return the first six and last four groups of four letters, the word's ends marked."""
    if not word[0].isalpha():
        return (0,) * GRAMS_EACH
    marked = f"^{word[:_LONG_WORD]}$"
    grams = [marked[at : at + 4] for at in range(max(1, len(marked) - 3))]
    if len(grams) > GRAMS_EACH:
        grams = [*grams[:6], *grams[-4:]]
    numbers = [_hashed(gram, GRAMS) for gram in grams]
    return (*numbers, *(0,) * (GRAMS_EACH - len(numbers)))


def _hashed(text: str, size: int) -> int:
    return 1 + zlib.crc32(text.encode()) % (size - 1)
