"""The data types of HL7 v2 that identify: which component holds a name, a number, a street, a day."""

import re
from collections.abc import Iterator

from filters.identifiers.detectors.structures.numbering import label_of
from filters.identifiers.detectors.structures.segments import Marks, Piece
from filters.identifiers.detectors.structures.structure import Field
from filters.identifiers.entity import Label

_NAME = {1: Label.NOM, 2: Label.PRENOM, 3: Label.PRENOM}
TYPES: dict[str, dict[int, Label]] = {
    "XPN": _NAME,
    "XCN": {1: Label.ID} | {number + 1: label for number, label in _NAME.items()},
    "XAD": {
        1: Label.ADRESSE,
        2: Label.ADRESSE,
        3: Label.VILLE,
        5: Label.ZIP,
        8: Label.ADRESSE,
        9: Label.ZIP,
        10: Label.ZIP,
    },
    "XTN": dict.fromkeys((1, 6, 7, 8, 12), Label.TEL) | {4: Label.MAIL},
    "XON": {1: Label.HOPITAL, 3: Label.ID, 10: Label.ID},
    "DLD": {1: Label.ID, 2: Label.DATE},
    "NDL": {2: Label.DATE, 3: Label.DATE},
    "DATE": {1: Label.DATE},
    "DOB": {1: Label.DATE_NAISSANCE},
    "VILLE": {1: Label.VILLE},
    "ORG": {1: Label.ORGANISATION},
    "SITE": {1: Label.ID, 2: Label.HOPITAL},
    **{label.value: {1: label} for label in (Label.IPP, Label.NDA, Label.SECU, Label.ID, Label.TEL)},
}
"""What each component holds, by its number; the components that are not here are codes."""

_NUMBERED = {"XON": {3, 10}} | {kind: {1} for kind in ("XCN", "IPP", "NDA", "SECU", "ID")}
"""Components whose label depends on who issued the number."""

_FAMILY = {"XPN": 1, "XCN": 2}
_DAYS = frozenset({Label.DATE, Label.DATE_NAISSANCE})
_YEAR = re.compile(r" ?\d{4}|\d{1,2}[/.\-]")
"""How a day opens; anything else there is a separator counted wrong, and left to the other recognisers."""
_LETTERS = re.compile(r"[^\W\d_][^\d]{1,80}")
_MOST_PARTS = 30
_OF_A_PERSON = {1: Label.ID, 2: Label.NOM, 3: Label.PRENOM, 4: Label.PRENOM}


def read(kind: str, field: Piece, marks: Marks) -> Iterator[Field]:
    """Yield what identifies in a field of this data type, in each of its repetitions."""
    for repetition in field.cut(marks.repetition):
        components = repetition.cut(marks.component)
        if kind == "NDL":
            yield from _values(components[0].cut(marks.subcomponent), _OF_A_PERSON)
        for number in TYPES[kind].keys() & set(range(1, len(components) + 1)):
            component = components[number - 1]
            label = _label(kind, number, repetition, components)
            if label in _DAYS and not _YEAR.match(component.text):
                continue
            yield from _values(component.cut(marks.subcomponent), dict.fromkeys(range(1, _MOST_PARTS), label))


def _label(kind: str, number: int, repetition: Piece, components: list[Piece]) -> Label:
    """Return what a component holds, which its neighbours and its writing may correct."""
    component, after = components[number - 1], components[number : number + 1]
    if number == _FAMILY.get(kind) and " " in component.text.strip() and all(piece.empty for piece in after):
        return Label.PERSONNE  # surname and first name in one component
    if number in _NUMBERED.get(kind, ()):
        return _numbered(component, repetition, kind)
    return Label.MAIL if "@" in component.text else TYPES[kind][number]


def _values(parts: list[Piece], labels: dict[int, Label]) -> Iterator[Field]:
    for number, part in enumerate(parts, 1):
        if number in labels and not part.empty:
            bare = part.stripped()
            yield Field(bare.start, bare.end, labels[number])


def _numbered(component: Piece, repetition: Piece, kind: str) -> Label:
    if kind == "XCN" and _LETTERS.fullmatch(component.text):
        return Label.PERSONNE
    default = Label.ID if kind in {"XCN", "XON"} else Label(kind)
    return label_of(component.text, repetition.text[component.end - repetition.start :], default)
