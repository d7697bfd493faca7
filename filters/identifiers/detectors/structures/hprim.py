"""The header of HPRIM Médecin messages, whose twelve lines have no label but their place.

Patient's code, NOM, PRENOM, two lines of address, postcode and town, birth date, NIR, file, day, sender, recipient.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.structures.numbering import label_of
from filters.identifiers.detectors.structures.structure import Field, Structure
from filters.identifiers.entity import Label

_END = r"[ \t]{0,5}\r?\n"
_NAME = r"[^\W\d_][^\n\d:;|]{0,40}?"
_DAY = r"\d\d/\d\d/\d{2,4}"
_HEADER = re.compile(
    rf"^(?P<code>[\w\-]{{1,20}})?{_END}(?P<nom>{_NAME}){_END}(?P<prenom>{_NAME}){_END}"
    rf"(?P<street>[^\n]{{0,80}}?){_END}(?P<more>[^\n]{{0,80}}?){_END}"
    rf"(?:(?P<zip>\d{{5}}) (?P<town>[^\n\d]{{1,60}}?))?{_END}(?P<birth>{_DAY}){_END}"
    rf"(?:(?P<nir>[\d AB]{{13,24}}?)?{_END}(?:(?P<file>[\w\-/]{{1,20}})?{_END}(?:(?P<day>{_DAY}){_END})?)?)?",
    re.MULTILINE,
)
_LABELS = {
    "code": Label.IPP,
    "nom": Label.NOM,
    "prenom": Label.PRENOM,
    "street": Label.ADRESSE,
    "more": Label.ADRESSE,
    "zip": Label.ZIP,
    "town": Label.VILLE,
    "birth": Label.DATE_NAISSANCE,
    "nir": Label.SECU,
    "file": Label.NDA,
    "day": Label.DATE,
}
_CORRESPONDENT = re.compile(
    rf"(?:\.?|(?:(?P<id>[A-Z]{{0,12}}\d\w{{0,14}})[ \t]{{1,4}})?"
    rf"(?P<who>(?:(?:Dr|DR|Pr|PR|M|Mme|MME|Docteur)\.?[ \t]{{1,3}})?{_NAME})?)[ \t]{{0,5}}(?:\r?\n|\Z)"
)
_CORRESPONDENTS = 3
_TITLE = re.compile(r"(?:dr|pr|m|mme|docteur)\b", re.IGNORECASE)


class Hprim(Structure):
    """Finds each line of the header by its place, and the correspondents after it."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield the lines of each header."""
        for header in _HEADER.finditer(text):
            for group, label in _LABELS.items():
                if header[group] and any(sign.isalnum() for sign in header[group]):
                    yield Field(*header.span(group), label)
            if header["day"]:
                yield from _correspondents(text, header.end())


def _correspondents(text: str, at: int) -> Iterator[Field]:
    """Yield who sent and who receives: a code, a title, a name; prose, which has neither, ends the header."""
    for _ in range(_CORRESPONDENTS):
        line = _CORRESPONDENT.match(text, at)
        if line is None or line.end() == at:
            return
        if line["id"]:
            yield Field(*line.span("id"), label_of(line["id"], "", Label.ID))
        if line["who"] and (line["id"] or _TITLE.match(line["who"])):
            yield Field(*line.span("who"), Label.PERSONNE)
        at = line.end()
