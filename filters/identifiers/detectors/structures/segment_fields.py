"""The fields of one segment, by the table of its format: what identifies, what is free, and what only holds codes."""

import re
from collections.abc import Collection, Iterator, Mapping

from filters.identifiers.detectors.structures.hl7_types import TYPES, read
from filters.identifiers.detectors.structures.segments import Piece, Segment
from filters.identifiers.detectors.structures.structure import Field, plain_around
from filters.identifiers.entity import Label

Layout = tuple[int, Mapping[int, str]]
"""The last field that the standard gives to a segment, and the kind of those that are no codes, by their number."""

_OF_A_PERSON: Collection[str] = frozenset({"PID", "PV1", "MRG", "NK1", "GT1", "IN1", "ROL"})
_NO_CODE = re.compile(r"[A-Z]{0,2}\d{7,20}")
"""A number this long is no code of a table: somebody counted the separators wrong."""
_PROFESSIONAL = re.compile(r"\d{9,12}\^[^\W\d_][^^|\d]{0,60}\^[^\W\d_]")
_CODE = re.compile(r"[\w.\-&]{0,60}")
_SITE_CODE = re.compile(r"[A-Z\d]{0,6}|(?:\d+\.)+\d+")
"""A facility that is no name: an acronym, an object identifier. A longer number may be that of a national register."""
_DAY = re.compile(r"(?:19|20)\d{6}(?:\d{4,6}(?:\.\d{1,4})?(?:[+\-]\d{4})?)?")


def layouts(written: Mapping[str, tuple[int, str]]) -> dict[str, Layout]:
    """Return the layouts that a table writes as `kind number number, kind number`; the kind `?` is free text."""
    return {
        name: (last, {int(number): part.split()[0] for part in kinds.split(",") for number in part.split()[1:]})
        for name, (last, kinds) in written.items()
    }


def fields_of(segment: Segment, layout: Layout) -> Iterator[Field]:
    """Yield what identifies in a segment, and the rest of its standard fields as codes."""
    last, kinds = layout
    end = max((piece.end for number, piece in segment.fields.items() if number <= last), default=0)
    name_end = segment.start + len(segment.name)
    yield from plain_around(segment.start, max(end, name_end), _kept(segment, last, kinds))


def _kept(segment: Segment, last: int, kinds: Mapping[int, str]) -> Iterator[Field]:
    """Yield what identifies, and without a label what this format says nothing about."""
    for number, piece in segment.fields.items():
        kind = kinds.get(number, "") if segment.name != "OBX" or number != 5 else _observed(segment)  # noqa: PLR2004
        if piece.empty:
            continue
        if kind == "?" or (kind == "HD" and not _CODE.fullmatch(piece.text)):
            yield Field(piece.start, piece.end, None)
            continue
        if kind == "SITE_HD":
            yield from _named_site(piece, segment)
            continue
        if kind not in TYPES and segment.name in _OF_A_PERSON and _PROFESSIONAL.match(piece.text):
            kind = "XCN"
        found = list(read(kind, piece, segment.marks)) if kind in TYPES else []
        if kind in {"DATE", "DOB"} and not found:
            found = [Field(piece.start, piece.end, None)]
        yield from found
        if number > last:
            yield from _days(piece, segment, found)
        elif kind == "PL":
            yield from _facility(piece, segment)
        elif segment.name in _OF_A_PERSON:
            yield from _misplaced(piece, segment, found)


def _observed(segment: Segment) -> str:
    """Return what an observation holds, by the type that its second field declares."""
    declared = segment.fields.get(2)
    kind = declared.text.strip() if declared else ""
    return {"DT": "DATE", "TS": "DATE", "DTM": "DATE"}.get(kind, kind if kind in {"XPN", "XCN", "XAD", "XTN"} else "?")


def _components(piece: Piece, segment: Segment) -> Iterator[Piece]:
    for repetition in piece.cut(segment.marks.repetition):
        yield from repetition.cut(segment.marks.component)


def _days(piece: Piece, segment: Segment, found: list[Field]) -> Iterator[Field]:
    """Yield the days of fields that are no part of the standard."""
    for component in _components(piece, segment):
        if _DAY.fullmatch(component.text) and not _is_found(component, found):
            yield Field(component.start, component.end, Label.DATE)


def _misplaced(piece: Piece, segment: Segment, found: list[Field]) -> Iterator[Field]:
    """Yield the long numbers that stand where a code is expected."""
    for component in _components(piece, segment):
        for part in component.cut(segment.marks.subcomponent):
            if _NO_CODE.fullmatch(part.text) and not _is_found(part, found):
                yield Field(part.start, part.end, Label.ID)


def _facility(piece: Piece, segment: Segment) -> Iterator[Field]:
    """Yield the parts of a location that are no code: a facility may be named in full, and is then left to others."""
    for component in _components(piece, segment):
        if not _CODE.fullmatch(component.text):
            yield Field(component.start, component.end, None)


def _named_site(piece: Piece, segment: Segment) -> Iterator[Field]:
    """Yield what names or numbers the facility that sends or receives, in any component, rather than codes it."""
    for component in _components(piece, segment):
        if not _SITE_CODE.fullmatch(component.text):
            yield Field(component.start, component.end, Label.HOPITAL)


def _is_found(part: Piece, found: list[Field]) -> bool:
    return any(field.start < part.end and part.start < field.end for field in found)
