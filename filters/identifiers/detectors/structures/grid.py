"""Tables as text: rows of cells between tabs, semicolons, commas or bars, quoted or not, empty or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SEPARATORS = "\t;|,"
_CELLS = {
    sign: re.compile(
        rf'(?:^|{mark})[ \t]{{0,40}}?(?:"(?P<quoted>(?:[^"\n]|""){{0,2000}})"[ \t]{{0,40}}(?=$|{mark})|'
        rf"(?P<bare>[^{mark}\n]{{0,2000}}))"
    )
    for sign in SEPARATORS
    for mark in [re.escape(sign)]
}
_RULE = re.compile(r"[\s|:+\-=]{3,2000}")
_FEWEST = 2
_SHORT_OF = 3
"""Cells that may be missing at the end of a row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell, without blanks, quotes and stars, and where."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


Row = list[Cell]


def grids(text: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the separator and the rows of each table: lines with one number of cells, two at least."""
    rows: list[Row] = []
    separator, at = "", 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        if not (rows and _RULE.fullmatch(bare)):
            row = _row(bare, separator, at) if rows else []
            if rows and _goes_on(row, len(rows[0])):
                rows.append(row)
            else:
                if len(rows) >= _FEWEST:
                    yield separator, rows
                separator = _separator(bare)
                rows = [_row(bare, separator, at)] if separator else []
        at += len(line)
    if len(rows) >= _FEWEST:
        yield separator, rows


def _goes_on(row: Row, width: int) -> bool:
    return _FEWEST <= len(row) <= width and len(row) >= width - _SHORT_OF


def _separator(line: str) -> str:
    """Return the sign that cuts a line into most cells; the first in doubt."""
    best = max(SEPARATORS, key=line.count)
    return best if best in line else ""


def _row(line: str, separator: str, at: int) -> Row:
    if separator == "|":
        opened = len(line) - len(line.lstrip(" |")) if line.lstrip().startswith("|") else 0
        inner = line.rstrip(" ")
        inner = inner[opened : -1 if inner.endswith("|") else len(inner)]
        if line.lstrip().startswith("||"):  # the first cell is empty
            opened = line.index("|") + 1
            inner = line.rstrip(" ")[opened:].removesuffix("|")
        line, at = inner, at + opened
    return [_cell(match, at) for match in _CELLS[separator].finditer(line)]


def _cell(match: re.Match[str], at: int) -> Cell:
    group = "quoted" if match["quoted"] is not None else "bare"
    written = match[group]
    bare = written.strip(" \t\"'*")
    return Cell(at + match.start(group) + written.find(bare), bare)
