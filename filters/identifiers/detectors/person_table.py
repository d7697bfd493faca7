"""People in tables: the header says `Nom` or `Prénom`, the column holds the names, whatever separates the cells."""

import re
from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon.folding import fold

_CELLS = {
    "|": re.compile(r"[^|\n]+"),
    "\t": re.compile(r"[^\t\n]+"),
    ";": re.compile(r"[^;\n]+"),
    ",": re.compile(r"[^,\n]+"),
}
_HEADERS = (
    (
        re.compile(r"^(?:nom (?:et )?prenoms?|prenoms? (?:et )?nom|patient(?:e|s)?|identite|nom complet|medecin)$"),
        Label.PERSONNE,
    ),
    (re.compile(r"^noms?(?: .{1,20})?$|^last ?name$"), Label.NOM),
    (re.compile(r"^prenoms?(?: .{1,20})?$|^first ?name$"), Label.PRENOM),
)
_LONGEST_HEADER = 40
_VALUE = re.compile(r"[^\W\d_][^\d|;:@/]{0,50}")


class PersonTable(WordRecognizer):
    """Finds NOM, PRENOM and PERSONNE by the header of their column."""

    labels: ClassVar = (Label.NOM, Label.PRENOM, Label.PERSONNE)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield the cells under a header of names, down to the first line of another shape."""
        columns: dict[int, Label] = {}
        separator, width, start = "", 0, 0
        for line in text.splitlines(keepends=True):
            cells = _cells(line, separator) if separator else []
            if separator and len(cells) == width:
                yield from self._row(cells, columns, start)
            else:
                separator, width, columns = _header(line)
            start += len(line)

    def _row(self, cells: list[tuple[int, str]], columns: dict[int, Label], start: int) -> Iterator[Span]:
        for index, label in columns.items():
            offset, value = cells[index]
            if _VALUE.fullmatch(value):
                yield Span(start + offset, start + offset + len(value), label, 0.88, self.name)


def _cells(line: str, separator: str) -> list[tuple[int, str]]:
    """Return the cells of a line, stripped, with their offsets."""
    found = []
    for match in _CELLS[separator].finditer(line.rstrip("\r\n")):
        value = match[0].strip(" \"'*")
        if value or separator in "\t;,":
            found.append((match.start() + match[0].find(value), value))
    return found


def _header(line: str) -> tuple[str, int, dict[int, Label]]:
    """Return how the line separates its cells, how many they are, and which of them announce names."""
    for separator in _CELLS:
        if separator not in line:
            continue
        cells = _cells(line, separator)
        columns = {
            index: label
            for index, (_, value) in enumerate(cells)
            for label in [
                next((label for pattern, label in _HEADERS if pattern.match(fold(value).replace("_", " "))), None)
            ]
            if label is not None
        }
        if columns and len(cells) > 1 and all(len(value) < _LONGEST_HEADER for _, value in cells):
            return separator, len(cells), columns
    return "", 0, {}
