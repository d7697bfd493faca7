"""Numbers in tables and exports: the header of a column is the label word of each of its cells."""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.column import cells_under
from filters.identifiers.detectors.pattern import Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_HEADERS = (
    (re.compile(r"^(?:n[°o]? ?)?(?:ipp|nip|id ?patient|patient ?id|(?:n[°o]|numero) patient)$"), Label.IPP),
    (
        re.compile(r"^(?:n[°o]? ?)?(?:nda|iep|(?:n[°o]|num|numero|id) ?(?:de |du )?(?:dossier|sejour|venue|visite))$"),
        Label.NDA,
    ),
    (
        re.compile(r"^(?:n[°o]? ?)?(?:nir|nss|ins|secu|securite sociale|(?:n[°o]|numero) (?:de )?secu.{0,20})$"),
        Label.SECU,
    ),
    (
        re.compile(r"^(?:ddn|dob|(?:date )?(?:de )?naiss(?:ance)?|ne\(?e?\)?(?: le)?|birth ?date)$"),
        Label.DATE_NAISSANCE,
    ),
    (re.compile(r"^(?:tel(?:ephone)?s?\.?|portable|mobile|phone)(?: .{1,20})?$"), Label.TEL),
)
_VALUE = re.compile(r"(?=(?:[^\d\n]{0,12}\d){3})[\w.+()/ \-]{3,30}")


class NumberTable(ShapeRecognizer):
    """Finds IPP, NDA, SECU, TEL and DATE_NAISSANCE by the header of their column."""

    label = Label.IPP
    _cell = Shape(name="cell", pattern=_VALUE, score=0.9)

    def __init__(self) -> None:
        super().__init__(labels=[label for _, label in _HEADERS])

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield the cells that hold digits under a header of numbers."""
        for start, value, label in cells_under(text, _HEADERS):
            if _VALUE.fullmatch(value):
                yield Finding(start, start + len(value), self._cell.score, self._cell, label)
