"""Writing made plain: a text without invisible characters that still knows its offsets, and words without accents.

Zero-width characters, soft hyphens, narrow spaces and full-width digits come from Word, PDF and web pages, stars and
entities from Markdown, HTML and JSON; none of them may hide an identifier.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_GONE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c")
_GONE_TOO = frozenset("\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff")
_INVISIBLE = _GONE | _GONE_TOO
_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_PLAIN = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\uff07": "'", "\u2010": "-", "\u2011": "-", "\u2212": "-"}

_MARKUP = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});"
    r"|\\(?:[nrt]|u[0-9a-fA-F]{4})"
    r"|\*{2,3}|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])"
    r"|</?(?:b|i|u|em|strong|mark|span|font|small)(?: [^<>]{0,120})?>"
)
"""What shows no character of its own, or one that is written with several: emphasis, entities, escapes."""

_ESCAPES = {"\\n": "\n", "\\r": "\r", "\\t": "\t"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text as it reads, and for each of its characters where it stands in the original.

    `starts` and `ends` are None when nothing moved; otherwise they hold one position per character.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where `start` to `end` stand in the original, with the invisible characters that follow."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]


def clean(text: str) -> Cleaned:
    """Return `text` without invisible characters and marks of emphasis, entities read, accents composed."""
    markup = {match.start(): match.end() for match in _MARKUP.finditer(text)} if _may_hold_markup(text) else {}
    if text.isascii() and not markup:
        return Cleaned(text)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    skip = 0
    for position, character in enumerate(text):
        if position < skip:
            continue
        if position in markup:
            skip = markup[position]
            character = _shown(text[position:skip])  # noqa: PLW2901 (the character that the markup stands for)
            if not character:
                continue
        else:
            skip = position + 1
        if character in _INVISIBLE or (unicodedata.combining(character) and _compose(characters, character)):
            if ends:
                ends[-1] = skip
            continue
        characters.append(_plain(character))
        starts.append(position)
        ends.append(skip)
    cleaned = "".join(characters)
    if len(cleaned) == len(text):
        return Cleaned(cleaned)
    return Cleaned(cleaned, tuple(starts), tuple(ends))


def _may_hold_markup(text: str) -> bool:
    return any(sign in text for sign in "*&\\<")


def _shown(markup: str) -> str:
    """Return the one character that the markup shows; nothing for emphasis, and for what shows several."""
    if markup[0] == "\\":
        return _ESCAPES.get(markup) or html.unescape(f"&#x{markup[2:]};")[:1]
    character = html.unescape(markup) if markup[0] == "&" else ""
    return character if len(character) == 1 else markup[0] if character else ""


def _compose(characters: list[str], accent: str) -> bool:
    """Put the accent on the last character, where the two make one."""
    composed = unicodedata.normalize("NFC", characters[-1] + accent) if characters else ""
    if len(composed) != 1:
        return False
    characters[-1] = composed
    return True


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
    return decomposed.translate({ord(mark): None for mark in set(decomposed) if unicodedata.combining(mark)})
