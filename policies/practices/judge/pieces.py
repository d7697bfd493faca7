"""A passage as the encoder's pieces of words; training and reading cut the same way."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers

from policies.practices.chances import Floats
from policies.practices.folding import shown

LONGEST = 160
"""Pieces that the encoder reads at a time, its two marks included."""

START, PADDING, END, UNKNOWN = 0, 1, 2, 3
"""Numbers of the encoder's own marks, the first pieces of its vocabulary."""

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′`´", "'"),
        **dict.fromkeys("“”«»„", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "\n": "/",
    }
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Passages as the encoder reads them: the first axis counts passages, the second pieces."""

    numbers: Ints
    mask: Floats
    """1 where a piece stands, 0 where the passage is over."""


def plain(text: str) -> str:
    """Return `text` in lower case with its accents, plain quotes and dashes; line ends are strokes."""
    return unicodedata.normalize("NFKC", shown(text)).lower().translate(_SIGNS)


class Cutter:
    """Cuts passages into pieces. Keeps nothing of them."""

    def __init__(self, vocabulary: Sequence[tuple[str, float]]) -> None:
        """`vocabulary` gives each piece, in order of its number, and how likely it is (a logarithm)."""
        self._tokenizer = Tokenizer(models.Unigram(list(vocabulary), unk_id=UNKNOWN, byte_fallback=False))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()

    def cut(self, passages: Sequence[str]) -> list[list[int]]:
        """Return the numbers of each passage's pieces between its marks; of a long one, its beginning and its end."""
        cuts = self._tokenizer.encode_batch([plain(passage) for passage in passages], add_special_tokens=False)
        return [[START, *_short(cut.ids), END] for cut in cuts]


def filled(cuts: Sequence[Sequence[int]], length: int | None = None) -> Pieces:
    """Return cut passages as arrays, filled up to `length` or to the longest."""
    longest = length or max(map(len, cuts), default=1)
    numbers = np.full((len(cuts), longest), PADDING, np.int64)
    mask = np.zeros((len(cuts), longest), np.float32)
    for place, cut in enumerate(cuts):
        numbers[place, : len(cut)] = cut
        mask[place, : len(cut)] = 1.0
    return Pieces(numbers, mask)


def _short(ids: list[int]) -> list[int]:
    room = LONGEST - 2
    return ids if len(ids) <= room else [*ids[: room // 2], *ids[-(room - room // 2) :]]
