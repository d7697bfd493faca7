"""Writing made plain: a text without invisible characters that still knows its offsets, and words without accents.

Zero-width characters, soft hyphens, narrow spaces and full-width digits come from Word, PDF and web pages, stars and
entities from Markdown, HTML and JSON, `%C3%A9` from links, `=C3=A9` from mails, a Cyrillic `а` in a Latin word from
nobody honest; none of them may hide an identifier.
"""

import html
import re
import unicodedata
import urllib.parse
from dataclasses import dataclass

_GONE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c")
_GONE_TOO = frozenset("\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff")
_INVISIBLE = _GONE | _GONE_TOO
_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_PLAIN = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\uff07": "'", "\u2010": "-", "\u2011": "-", "\u2212": "-"}

_MARKUP = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});"
    r"|&(?:#\d{2,5}(?!\d)|[aeiouyAEIOUY](?:acute|grave|circ|uml)|[cC]cedil|[anoANO]tilde|nbsp|oelig|OElig)"
    r"|\\(?:[nrt]|u[0-9a-fA-F]{4})"
    r"|\*{2,3}|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])"
    r"|</?(?:b|i|u|em|strong|mark|span|font|small)(?: [^<>]{0,120})?>"
)
"""What shows no character of its own, or one that is written with several: emphasis, entities, escapes."""

_PERCENT = re.compile(
    r"%(?:[cC][2-9a-fA-F]%[89abAB][0-9a-fA-F]|[eE]2%80%[89abAB][0-9a-fA-F]"
    r"|(?<=[A-Za-z0-9]%)(?:2[0-9a-fA-F]|3[a-fA-F]|40|5[bdfBDF])(?=[A-Za-z0-9%])"
    r"|(?<=[A-Za-z]%)[cCeEfF][0-9a-fA-F](?=[a-z]))"
)
"""Signs of a link: UTF-8 wherever it is, punctuation and Latin-1 inside a word; `98%20` before a space is a value."""
_QUOTED = re.compile(r"=(?:C[2-9A-F]=[89AB][0-9A-F]|E2=80=[89AB][0-9A-F]|(?<=[A-Za-z]=)[CEF][0-9A-F](?=[a-z]))")
_QUOTED_PLAIN = re.compile(r"=(?:20|3D|27|2C|2E)|=\r?\n")
"""Signs of a quoted-printable mail; those of plain characters only where accents say that it is one: `CRP=20`."""
_LATIN_1 = 3
"""Characters of a sign that stands for one byte."""

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
    signs = frozenset() if text.isascii() else frozenset(text)
    if not _LOOKALIKES.keys().isdisjoint(signs):
        text = _MIXED.sub(_latin, text)
    markup = _markup(text)
    if not markup and _SHIFTING.isdisjoint(signs):
        for sign in _REPLACED.keys() & signs:
            text = text.replace(sign, _REPLACED[sign])
        return Cleaned(text)
    return _rewritten(text, markup)


def _rewritten(text: str, markup: dict[int, int]) -> Cleaned:
    """Return the text sign by sign, with where each stands."""
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


def _markup(text: str) -> dict[int, int]:
    """Return where what is written with several characters starts and ends; plain text is not searched."""
    found = {match.start(): match.end() for match in _MARKUP.finditer(text)} if _may_hold_markup(text) else {}
    if "%" in text:
        found |= {match.start(): match.end() for match in _PERCENT.finditer(text)}
    if "=" in text:
        quoted = {match.start(): match.end() for match in _QUOTED.finditer(text)}
        if quoted:
            found |= {match.start(): match.end() for match in _QUOTED_PLAIN.finditer(text)} | quoted
    return found


def _may_hold_markup(text: str) -> bool:
    return any(sign in text for sign in "*&\\<")


def _shown(markup: str) -> str:
    """Return the one character that the markup shows; nothing for emphasis, and for what shows several."""
    if markup[0] in "%=":
        sign = markup.replace("=", "%")
        return urllib.parse.unquote(sign, "utf-8" if len(sign) > _LATIN_1 else "latin-1") if sign[1].isalnum() else ""
    if markup[0] == "\\":
        return _ESCAPES.get(markup) or html.unescape(f"&#x{markup[2:]};")[:1]
    character = html.unescape(markup.rstrip(";") + ";") if markup[0] == "&" else ""
    return character if len(character) == 1 else markup[0] if character else ""


def _latin(word: re.Match[str]) -> str:
    """Return a word with the letters that only look Latin read as Latin, if some of its letters are."""
    written = word[0]
    return written.translate(_LOOKALIKE_CODES) if any(sign < "\u0250" for sign in written) else written


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

_LOOKALIKES = dict(
    zip(
        "аеорсхуіѕјԁһАВЕКМНОРСТХУІЅЈοαιρυνκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcxyisjdhABEKMHOPCTXYISJoaipuvkABEZHIKMNOPTYX",
        strict=True,
    )
)
"""Cyrillic and Greek letters that are drawn like Latin ones."""
_LOOKALIKE_CODES = str.maketrans(_LOOKALIKES)
_MIXED = re.compile(r"[^\W\d_]{2,60}")

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
