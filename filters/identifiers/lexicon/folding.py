"""Writing made plain: a text without invisible characters that still knows its offsets, and words without accents.

Zero-width characters, soft hyphens, narrow spaces and full-width digits come from Word, PDF and web pages, stars and
entities from Markdown, HTML and JSON; none of them may hide an identifier.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

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
    if not markup and (text.isascii() or _SHIFTING.isdisjoint(text)):
        for sign in _REPLACED.keys() & set(text):
            text = text.replace(sign, _REPLACED[sign])
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
    return _REPLACED.get(character, character)


_REPLACED = dict.fromkeys(_SPACES, " ") | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | _PLAIN
"""Signs that read as another one, one for one."""

_SHIFTING = _INVISIBLE | {chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))}
"""Signs that may move the others: invisible ones, and accents written apart."""

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_BARE = {ord(letter): plain for letter, plain in _LIGATURES.items()} | {
    code: bare
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if chr(code) not in _LIGATURES
    and (bare := "".join(part for part in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(part)))
    != chr(code)
}
"""Latin letters with their accents off; what is not here keeps its own."""


def fold(word: str) -> str:
    """Return `word` in lower case without accents or ligatures: the form in which words are compared."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    bare = lowered.translate(_BARE)
    if bare.isascii():
        return bare
    return "".join(part for part in unicodedata.normalize("NFD", bare) if not unicodedata.combining(part))
