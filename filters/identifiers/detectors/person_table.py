"""People in tables: the header says `Nom` or `Prénom`, the column holds the names, whatever separates the cells."""

import re
from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.column import cells_under
from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span

_HEADERS = (
    (
        re.compile(r"^(?:nom (?:et )?prenoms?|prenoms? (?:et )?nom|patient(?:e|s)?|identite|nom complet|medecin)$"),
        Label.PERSONNE,
    ),
    (re.compile(r"^(?:patient )?noms?(?: .{1,20})?$|^last ?name$"), Label.NOM),
    (re.compile(r"^(?:patient )?prenoms?(?: .{1,20})?$|^first ?name$"), Label.PRENOM),
)
_VALUE = re.compile(r"[^\W\d_][^\d|;:@/]{0,50}")


class PersonTable(WordRecognizer):
    """Finds NOM, PRENOM and PERSONNE by the header of their column."""

    labels: ClassVar = (Label.NOM, Label.PRENOM, Label.PERSONNE)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield the cells under a header of names, down to the first line of another shape."""
        for start, value, label in cells_under(text, _HEADERS):
            if _VALUE.fullmatch(value):
                yield Span(start, start + len(value), label, 0.88, self.name)
