"""What the network is told of a token: what lists, the dictionary and vectors know of it, and how it is written.

Nothing says which name a name is: a word that no dictionary has is known by its looks and its neighbours only, so that
the network learns contexts and shapes, not a list. Training and reading go through the same code.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import fold
from filters.identifiers.tagger.tokens import Token

WORDS = 4096
SHAPES = 256
GRAMS = 4096
GRAMS_EACH = 8
"""Sizes of the tables in which words, shapes and groups of three letters are looked up; 0 stands for nothing."""

_LISTS = (
    "given_names",
    "surnames",
    "cities",
    "titles",
    "roles",
    "first_name_roles",
    "never_names",
    "headers",
    "field_words",
    "particles",
    "civil_status",
    "name_words",
    "acronyms",
    "eponyms",
    "eponym_triggers",
    "hospitals",
    "hospital_kinds",
    "place_links",
)
FLAGS = len(_LISTS) + 18
"""Numbers that describe a token: lists first, then writing, then knowledge."""

LISTED = len(_LISTS)
_UNLISTED = (0.0,) * LISTED

_MOST_KEPT = 20_000
"""Words of the dictionary whose description is kept; the frequent ones come first by themselves."""

_YEARS = range(1900, 2040)
_LONGEST_SHAPE = 12

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int32]]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


class Known(Protocol):
    """What has to be known of words: see `knowledge.Knowledge`."""

    def row(self, word: str) -> int:
        """Return the row of the word's vector; -1 if it has none."""
        ...

    def is_french(self, word: str) -> bool:
        """Return whether the dictionary has the word."""
        ...

    def nameness(self, word: str) -> float | None:
        """Return how much the word's vector resembles those of names."""
        ...


@dataclass(frozen=True, slots=True)
class Features:
    """A text as the network reads it; the first axis counts tokens."""

    rows: Ints
    """Row of the vector, plus one; 0 for none."""
    words: Ints
    shapes: Ints
    grams: Ints
    """`GRAMS_EACH` groups of letters for each token."""
    flags: Floats


_Looks = tuple[int, int, int, tuple[int, ...], tuple[float, ...]]


class Reader:
    """Describes tokens. Keeps what it computed for words of the dictionary only, which identify nobody."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._plain: dict[str, _Looks] = {}
        self._listed = _memberships()

    def read(self, tokens: Sequence[Token]) -> Features:
        """Return the features of a text."""
        places: dict[str, int] = {}
        which = [places.setdefault(token.text, len(places)) for token in tokens]
        looks = [self._looks(text) for text in places]
        flags = np.zeros((len(tokens), FLAGS), np.float32)
        if looks:
            flags[:, :-2] = np.array([look[4] for look in looks], np.float32)[which]
            flags[:, -2] = [token.gap == 0 for token in tokens]
            flags[:, -1] = [token.gap > 1 for token in tokens]
        numbers = np.array([(*look[:3], *look[3]) for look in looks], np.int32).reshape(-1, 3 + GRAMS_EACH)[which]
        return Features(numbers[:, 0], numbers[:, 1], numbers[:, 2], numbers[:, 3:], flags)

    def _looks(self, text: str) -> _Looks:
        known = self._plain.get(text)
        if known is None:
            known = self._described(text)
            if known[1] and not known[4][0] and not known[4][1] and len(self._plain) < _MOST_KEPT:
                self._plain[text] = known
        return known

    def _described(self, text: str) -> _Looks:
        if not text[0].isalpha():
            return self._sign(text)
        folded = fold(text)
        french = self._known.is_french(text)
        nameness = self._known.nameness(text)
        listed = self._listed.get(folded, _UNLISTED)
        closed = french or any(listed[2:])
        flags = (
            *listed,
            *_writing(text),
            float(french),
            float(lists.is_clinical(folded)),
            float(lists.is_drug(folded)),
            float(lists.ends_clinically(folded)),
            float(nameness is not None),
            nameness or 0.0,
        )
        word = _hashed(folded, WORDS) if closed and not (listed[0] or listed[1]) else 0
        return self._known.row(text) + 1, word, _hashed(_shape(text), SHAPES), _grams(folded), flags

    def _sign(self, text: str) -> _Looks:
        """Describe digits, a line end or a sign; of a number its length, a year, or a figure under 100."""
        flags = (*_UNLISTED, *_writing(text), *(0.0,) * 6)
        if not text[0].isdigit():
            return 0, _hashed(text, WORDS), _hashed(text, SHAPES), (0,) * GRAMS_EACH, flags
        short = len(text) < 3  # noqa: PLR2004 (days, months, departments)
        word = "year" if len(text) == 4 and int(text) in _YEARS else text if short else f"{len(text)} digits"  # noqa: PLR2004
        shape = "0" * min(len(text), 2 * _LONGEST_SHAPE) + ("-" if text[0] == "0" else "")
        return 0, _hashed(word, WORDS), _hashed(shape, SHAPES), (0,) * GRAMS_EACH, flags


def _memberships() -> dict[str, tuple[float, ...]]:
    """Return, for every word of the lists, which of them hold it."""
    holding = [lists.words(name) for name in _LISTS]
    return {word: tuple(float(word in held) for held in holding) for word in frozenset().union(*holding)}


def _writing(text: str) -> tuple[float, ...]:
    letters = text[0].isalpha()
    several = len(text) > 1
    upper = letters and several and text.isupper()
    return (
        float(upper),
        float(letters and several and text[0].isupper() and not upper),
        float(letters and text.islower()),
        float(letters and not several and text.isupper()),
        float(letters and not several and text.islower()),
        float(text[0].isdigit()),
        float(text == "\n"),
        float(not letters and not text[0].isdigit() and text != "\n"),
        min(len(text), _LONGEST_SHAPE) / _LONGEST_SHAPE,
        float(not text.isascii()),
    )


def _shape(text: str) -> str:
    """Return how a word is written: `Xxxx` for `Dupont`, `XX` for `JP`, runs shortened to four."""
    if text.islower():
        return "x" * min(len(text), 5)
    if text.isupper():
        return "X" * min(len(text), 5)
    shape = "".join("X" if letter.isupper() else "x" for letter in text[:_LONGEST_SHAPE])
    return shape[:2] + shape[2:6].rstrip("x") + "x" * min(shape[2:].count("x"), 4)


def _grams(folded: str) -> tuple[int, ...]:
    """Return the word's first five and last three groups of three letters, its ends marked."""
    marked = f"^{folded}$"
    grams = [marked[at : at + 3] for at in range(len(marked) - 2)]
    if len(grams) > GRAMS_EACH:
        grams = [*grams[:5], *grams[-3:]]
    numbers = [_hashed(gram, GRAMS) for gram in grams]
    return (*numbers, *(0,) * (GRAMS_EACH - len(numbers)))


def _hashed(text: str, size: int) -> int:
    return 1 + zlib.crc32(text.encode()) % (size - 1)
