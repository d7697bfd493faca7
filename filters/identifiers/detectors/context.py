"""What stands around a value: the label word before it, its field in a pasted message, what follows it.

Labels are looked for on the same line, or on the line above when the value opens its line, as forms print them.
Field names (`date_naissance`, `birthDate`, `"ddn": "…"`) read as words; a field of an HL7 v2 segment reads as its
position (`pid-7: `), because there the position is the label.
"""

import re
import unicodedata

from filters.identifiers.detectors.page import Page

_WINDOW = 90
_LONGEST_LINE = 2000
"""Segments of pasted messages are long, but a text without any line end must not be read back to its start."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"\w")
_SEGMENT = re.compile(r"[\x0b ]?([A-Z][A-Z0-9]{2})\|")

CODES = re.compile(
    r"(?:\((?:01|10|11|17|21|240)\) ?|\b(?:lots?|gtin|ean|udi|cip ?\d{0,2}|ucd|lpp|ccam|isbn|issn|doi|pmid|ndc|"
    r"version|"
    r"code[- ]barres?|s[ée]rie|r[ée]f\.?|r[ée]f[ée]rence|sn|s/n|mod[èe]le|nct|eudract)\b[^a-z]{0,12})$"
)
"""Left sides that say the number is a product's, not a person's."""


def left_of(text: str, start: int) -> str:
    """Return what stands before `start`, in lower case, with field names split into words."""
    if not isinstance(text, Page):
        return _left_of(text, start)
    left = text.left.get(start)
    if left is None:
        left = text.left[start] = _left_of(text, start)
    return left


def _left_of(text: str, start: int) -> str:
    floor = max(0, start - _LONGEST_LINE)
    line = max(text.rfind("\n", floor, start), text.rfind("\r", floor, start)) + 1
    segment = _SEGMENT.match(text, line) if line or start < _LONGEST_LINE else None
    if segment and segment.end() <= start:
        return _field_name(segment[1], text[line:start])
    left = text[max(line, start - _WINDOW) : start]
    if line and not _WORD.search(left):
        above = text[max(0, start - _WINDOW) : line].rstrip()
        left = above[max(above.rfind("\n"), above.rfind("\r")) + 1 :] + " " + left
    words = _CAMEL.sub(" ", left).replace("_", " ")
    if not words.isascii():
        words = words.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
        words = unicodedata.normalize("NFC", words)
    return words.lower()


def right_of(text: str, end: int) -> str:
    """Return what follows `end` on its line, in lower case."""
    return text[end : end + _WINDOW].split("\n", 1)[0].lower()


def _field_name(segment: str, before: str) -> str:
    """Return the name of a segment's field, `pid-3: `; only its first component carries the plain name."""
    field = before.count("|") + (segment == "MSH")
    last = before[before.rfind("|") + 1 :]
    component = last[last.rfind("~") + 1 :].count("^")
    return f"{segment.lower()}-{field}.{component + 1}: " if component else f"{segment.lower()}-{field}: "
