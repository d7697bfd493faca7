"""Messages made of segments, as in HL7 v2 and HPRIM Santé: cut into fields and components that know where they stand.

Segments end at a line end, or where the next one begins: chats and mails often glue a message into one line.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs that part a message, as its header declares them."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    subcomponent: str = "&"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message, and where it starts in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def empty(self) -> bool:
        """Whether it says nothing, or `""`, which deletes a value."""
        return not any(sign.isalnum() for sign in self.text)

    def cut(self, mark: str) -> list["Piece"]:
        """Return its parts."""
        parts, at = [], self.start
        for part in self.text.split(mark):
            parts.append(Piece(at, part))
            at += len(part) + 1
        return parts

    def stripped(self) -> Self:
        """Return it without the blanks around it."""
        bare = self.text.strip(' \t"')
        return type(self)(self.start + self.text.find(bare), bare)


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its name, its fields by their number in the standard, and the signs of its message."""

    name: str
    start: int
    end: int
    fields: dict[int, Piece]
    marks: Marks


_BREAK = re.compile(r"[\r\n\x0b\x1c]")
_USUAL = Marks()
_FEWEST = 2
"""Separators of the shortest segment that is believed: `PID|` alone is the header of a table."""


def segments(text: str, start: re.Pattern[str], names: Collection[str], marks: Marks = _USUAL) -> Iterator[Segment]:
    """Yield the segments that `start` finds and `names` knows, in order.

    `start` has the groups `name` and `sep`, and where a header declares its signs, `marks`: field, component,
    repetition, escape, subcomponent. In a header the first field is the separator itself.
    """
    found = []
    for match in start.finditer(text):
        if match["marks"]:
            signs = match["marks"]
            marks = Marks(signs[0], signs[1], signs[2], signs[4] if signs[4:] not in {"", signs[0]} else "&")
        if match["name"] in names and text[match.end("name")] == marks.field:
            found.append((match.start("name"), match["name"], bool(match["marks"]), marks))
    ends = [following[0] for following in found[1:]] + [len(text)] * bool(found)
    for (begin, name, header, signs_of), limit in zip(found, ends, strict=True):
        line_end = _BREAK.search(text, begin, limit)
        whole = Piece(begin, text[begin : line_end.start() if line_end else limit].rstrip())
        parts = whole.cut(signs_of.field)
        if len(parts) > _FEWEST:
            yield Segment(name, begin, whole.end, dict(enumerate(parts[1:], 1 + header)), signs_of)
