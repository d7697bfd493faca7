"""The header of HPRIM messages, whose lines have no label: code, NOM, PRENOM, address, birth date, NIR, in this order.

What later lines hold (address, town, dates, NIR) has a shape of its own, and is found by the other recognisers.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.pattern import Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_END = r"[ \t]{0,5}\r?\n"
_NAME = r"[^\W\d_][^\n\d:;|]{0,40}?"
_HEADER = re.compile(
    rf"^(?P<code>[\w\-]{{1,20}})?{_END}(?P<nom>{_NAME}){_END}(?P<prenom>{_NAME}){_END}(?:[^\n]{{0,80}}\n){{2}}"
    rf"(?:\d{{5}} [^\n]{{1,60}})?{_END}(?P<birth>\d\d/\d\d/\d{{2,4}}){_END}",
    re.MULTILINE,
)
_LABELS = {"code": Label.IPP, "nom": Label.NOM, "prenom": Label.PRENOM, "birth": Label.DATE_NAISSANCE}


class Hprim(ShapeRecognizer):
    """Finds IPP, NOM, PRENOM and DATE_NAISSANCE by their line."""

    label = Label.NOM
    _line = Shape(name="line of a header", pattern=_HEADER, score=0.95)

    def __init__(self) -> None:
        super().__init__(labels=_LABELS.values())

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield the lines of each header."""
        for header in _HEADER.finditer(text):
            for group, label in _LABELS.items():
                if header[group]:
                    yield Finding(*header.span(group), self._line.score, self._line, label)
