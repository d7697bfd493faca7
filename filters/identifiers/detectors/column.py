"""Tables, whatever separates their cells: what the header of a column announces, and the cells under it."""

import re
from collections.abc import Iterator, Sequence

from filters.identifiers.entity import Label
from filters.identifiers.lexicon.folding import fold

Header = tuple[re.Pattern[str], Label]
"""What a header looks like, folded, and the label of the cells under it."""

_CELLS = {
    "|": re.compile(r"[^|\n]+"),
    "\t": re.compile(r"[^\t\n]+"),
    ";": re.compile(r"[^;\n]+"),
    ",": re.compile(r"[^,\n]+"),
}
_LONGEST_HEADER = 40


def cells_under(text: str, headers: Sequence[Header]) -> Iterator[tuple[int, str, Label]]:
    """Yield where each cell under one of the headers starts, its text, its label; a table ends with its shape."""
    columns: dict[int, Label] = {}
    separator, width, start = "", 0, 0
    for line in text.splitlines(keepends=True):
        cells = _cells(line, separator) if separator else []
        if separator and len(cells) == width:
            for index, label in columns.items():
                offset, value = cells[index]
                yield start + offset, value, label
        else:
            separator, width, columns = _header(line, headers)
        start += len(line)


def _cells(line: str, separator: str) -> list[tuple[int, str]]:
    """Return the cells of a line, stripped, with their offsets."""
    found = []
    for match in _CELLS[separator].finditer(line.rstrip("\r\n")):
        value = match[0].strip(" \"'*")
        if value or separator in "\t;,":
            found.append((match.start() + match[0].find(value), value))
    return found


def _header(line: str, headers: Sequence[Header]) -> tuple[str, int, dict[int, Label]]:
    """Return how the line separates its cells, how many they are, and which of them are announced."""
    for separator in _CELLS:
        if separator not in line:
            continue
        cells = _cells(line, separator)
        if len(cells) < 2 or any(len(value) >= _LONGEST_HEADER for _, value in cells):  # noqa: PLR2004 (one cell is a line)
            continue
        columns = {
            index: label
            for index, (_, value) in enumerate(cells)
            for label in [
                next((label for pattern, label in headers if pattern.match(fold(value).replace("_", " "))), None)
            ]
            if label is not None
        }
        if columns:
            return separator, len(cells), columns
    return "", 0, {}
