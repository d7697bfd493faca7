"""Writing made plain: a text without invisible characters that still knows its offsets, and words without accents.

Zero-width characters, soft hyphens, narrow spaces and full-width digits come from Word, PDF and web pages; none of
them may hide an identifier.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_GONE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c")
_GONE_TOO = frozenset("\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff")
_INVISIBLE = _GONE | _GONE_TOO
_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_PLAIN = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\uff07": "'", "\u2010": "-", "\u2011": "-", "\u2212": "-"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it reads, and for each of its characters where it stands in the original.

    `offsets` is None when nothing moved; otherwise it holds one position per character, and the original's length.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where `start` to `end` stand in the original, with the invisible characters that follow."""
        if self.offsets is None or start >= end:
            return start, end
        return self.offsets[start], self.offsets[end]


def clean(text: str) -> Cleaned:
    """Return `text` without invisible characters, with plain spaces, apostrophes, hyphens, composed accents."""
    if text.isascii():
        return Cleaned(text)
    characters: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        if unicodedata.combining(character) and characters:
            composed = unicodedata.normalize("NFC", characters[-1] + character)
            if len(composed) == 1:
                characters[-1] = composed
                continue
        characters.append(_plain(character))
        offsets.append(position)
    cleaned = "".join(characters)
    if len(cleaned) == len(text):
        return Cleaned(cleaned)
    offsets.append(len(text))
    return Cleaned(cleaned, tuple(offsets))


def _plain(character: str) -> str:
    if character < "\u0080":
        return character
    if character in _SPACES:
        return " "
    if character in _PLAIN:
        return _PLAIN[character]
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return character


@lru_cache(maxsize=1)
def _ligatures() -> dict[int, str]:
    return {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss", ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ı"): "i"}


def fold(word: str) -> str:
    """Return `word` in lower case without accents or ligatures: the form in which words are compared."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered.translate(_ligatures()))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
