"""Gold written by hand: `[NOM:Lefèvre]` in plain text becomes a text and its spans."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from filters.identifiers.entity import Label

FOLDER = Path(__file__).with_name("documents")
"""The project's own set: notes, records and prompts, each document opened by a line `=== id`."""

_MARK = re.compile(rf"\[({'|'.join(sorted(Label, key=len, reverse=True))}):([^\[\]]+)\]")
_HEAD = re.compile(r"^=== (\S+)\n", re.MULTILINE)


class GoldSpan(TypedDict):
    """One identifier, in characters of the text."""

    start: int
    end: int
    label: str


class Row(TypedDict):
    """One document of gold."""

    id: str
    text: str
    spans: list[GoldSpan]


def convert(marked: str) -> tuple[str, list[GoldSpan]]:
    """Return the text without marks, and the spans that they were."""
    pieces: list[str] = []
    spans: list[GoldSpan] = []
    last = length = 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        start = length + len(before)
        spans.append({"start": start, "end": start + len(match[2]), "label": match[1]})
        pieces += [before, match[2]]
        length = start + len(match[2])
        last = match.end()
    return "".join([*pieces, marked[last:]]), spans


def documents(source: str) -> Iterator[Row]:
    """Yield the documents of a file, each opened by a line `=== id`."""
    parts = _HEAD.split(source)[1:]
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        text, spans = convert(body.strip("\n"))
        yield {"id": name, "text": text, "spans": spans}


def written() -> dict[str, list[Row]]:
    """Return the project's documents, by the name of their file."""
    return {path.stem: list(documents(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.txt"))}
