"""What the network is told of a token: what lists, the dictionary and vectors know of it, and how it is written.

Nothing says which name a name is: a word that no dictionary has is known by its looks and its neighbours only, so that
the network learns contexts and shapes, not a list. Training and reading go through the same code.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

import numpy as np

from filters.identifiers.lexicon import lists
from filters.identifiers.tagger.tokens import Tokens

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
_LONGEST_KEPT = 32
_ARABIC_DIGIT = "\u0663"

Ints = np.ndarray[tuple[int, ...], np.dtype[np.int32]]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


class Facts(Protocol):
    """What has to be known of a word: see `detectors.facts`."""

    folded: str
    row: int
    nameness: float | None
    in_dictionary: bool
    drug: bool
    clinical: bool
    ends_clinically: bool


class Known(Protocol):
    """What knows words: see `detectors.knowledge`."""

    def asked(self) -> Mapping[str, Facts]:
        """Return the facts of words, for one text."""
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


_NUMBERS = 3 + GRAMS_EACH
_BY_ITSELF = FLAGS - 2
"""Flags that a token has wherever it stands; the last two tell how it is parted from the token before."""
_LOOKS = struct.Struct(f"={_NUMBERS}i{_BY_ITSELF}f")
"""How a token is described: packed, so that a text's descriptions are joined into a table without being read."""


class Reader:
    """Describes tokens. Keeps what it computed for words of the dictionary only, which identify nobody."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._plain: dict[str, bytes] = {}
        self._listed = _memberships()

    def read(self, tokens: Tokens, facts: Mapping[str, Facts] | None = None) -> Features:
        """Return the features of a text; `facts` of its words, where others ask for them too."""
        facts = self._known.asked() if facts is None else facts
        places: dict[str, int] = {}
        which = [places.setdefault(text, len(places)) for text in tokens.texts]
        looks = b"".join([self._plain.get(text) or self._described(text, facts) for text in places])
        table = np.frombuffer(looks, np.float32).reshape(-1, _NUMBERS + _BY_ITSELF)[which]
        numbers = table[:, :_NUMBERS].view(np.int32)
        starts, ends = np.array(tokens.starts, np.int32), np.array([0, *tokens.ends[:-1]], np.int32)
        gaps = starts - ends[: len(starts)]
        flags = np.column_stack((table[:, _NUMBERS:], gaps == 0, gaps > 1)).astype(np.float32, copy=False)
        return Features(numbers[:, 0], numbers[:, 1], numbers[:, 2], numbers[:, 3:], flags)

    def _described(self, text: str, facts: Mapping[str, Facts]) -> bytes:
        if not text[0].isalpha():
            return self._sign(text)
        known = facts[text]
        folded = known.folded
        listed = self._listed.get(folded, _UNLISTED)
        closed = known.in_dictionary or any(listed[2:])
        plain = closed and not (listed[0] or listed[1])
        looks = _LOOKS.pack(
            known.row + 1,
            _hashed(folded, WORDS) if plain else 0,
            _hashed(_shape(text), SHAPES),
            *_grams(folded),
            *listed,
            *_writing(text),
            known.in_dictionary,
            known.clinical,
            known.drug,
            known.ends_clinically,
            known.nameness is not None,
            known.nameness or 0.0,
        )
        if plain and len(self._plain) < _MOST_KEPT:
            self._plain[text] = looks
        return looks

    def _sign(self, text: str) -> bytes:
        """Describe digits, a line end or a sign; of a number its length, a year, or a figure under 100."""
        alike = _alike(text) if text[0].isdecimal() else text
        looks = self._plain.get(alike)
        if looks is None:
            looks = _described_sign(alike)
            kept = len(alike) == 1 or (alike[0].isdecimal() and len(alike) <= _LONGEST_KEPT)
            if kept and len(self._plain) < _MOST_KEPT:
                self._plain[alike] = looks
        return looks


def _alike(number: str) -> str:
    """Return the number that stands for all those described alike, so that no other one is kept."""
    if len(number) < 3:  # noqa: PLR2004 (days, months, departments)
        return number
    year = len(number) == 4 and int(number) in _YEARS  # noqa: PLR2004
    alike = str(_YEARS[0]) if year else ("0" if number[0] == "0" else "9") + "9" * (len(number) - 1)
    return alike if number.isascii() else alike[:-1] + _ARABIC_DIGIT


def _described_sign(text: str) -> bytes:
    word, shape = text, text
    if text[0].isdecimal():
        short = len(text) < 3  # noqa: PLR2004 (days, months, departments)
        year = len(text) == 4 and int(text) in _YEARS  # noqa: PLR2004
        word = "year" if year else text if short else f"{len(text)} digits"
        shape = "0" * min(len(text), 2 * _LONGEST_SHAPE) + ("-" if text[0] == "0" else "")
    numbers = 0, _hashed(word, WORDS), _hashed(shape, SHAPES)
    return _LOOKS.pack(*numbers, *(0,) * GRAMS_EACH, *_UNLISTED, *_writing(text), *(0.0,) * 6)


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


def _grams(folded: str) -> list[int]:
    """Return the word's first five and last three groups of three letters, its ends marked."""
    marked = f"^{folded}$"
    grams = [marked[at : at + 3] for at in range(len(marked) - 2)]
    if len(grams) > GRAMS_EACH:
        grams = [*grams[:5], *grams[-3:]]
    numbers = [1 + crc32(gram.encode()) % (GRAMS - 1) for gram in grams]
    return numbers + [0] * (GRAMS_EACH - len(numbers))


def _hashed(text: str, size: int) -> int:
    return 1 + crc32(text.encode()) % (size - 1)
