"""HPRIM Santé messages: segments as in HL7 v2, with `~` between components, a header `H` and a patient `P`.

Fields are those of HPRIM Santé 2.x, counted as in HL7: the name of the segment is no field.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.structures.segment_fields import fields_of, layouts
from filters.identifiers.detectors.structures.segments import Marks, segments
from filters.identifiers.detectors.structures.structure import Field, Structure

_START = re.compile(
    r"(?P<name>H(?<![\w|^~&\\].)(?=\|~)|P(?<![\w|^~&\\].)(?=\|\d{0,6}\|)|[AFOR](?<![\w|^~&\\].)(?:P|C|BR|BX|AC|EG|CT)(?=\|))"
    r"(?:(?<=H)(?P<marks>\|~[^\w\s]{2,3}))?"
)
_PATIENT_ALONE = re.compile(r"^P\|\d{0,4}\|[^\n]{0,400}~", re.MULTILINE)
_TABLE = layouts(
    {
        "H": (14, "? 3 4 7 11, SITE 5 10, XAD 6, TEL 8, DATE 14"),
        "P": (34, "IPP 2 3, NDA 4, XPN 5 6, DOB 7, XAD 10, XTN 12, XCN 13, ? 14 17 18 19 20 21 22, DATE 23, PL 25"),
        "AP": (20, "? 1 2 3 4 5 6 7 8 9 10 11 12"),
        "AC": (20, "? 1 2 3 4 5 6 7 8 9 10 11 12"),
        "OBR": (50, "ID 2 3, DATE 6 7 8 14 22, XCN 10 16 28 32, ? 13 18 19 20 21 31, XTN 17"),
        "OBX": (17, "? 5, DATE 14, XCN 16"),
        "FAC": (20, "ID 2, DATE 3 4, ? 5 6 7 8 9 10"),
    }
)
_MARKS = Marks(component="~", repetition="^")


class HprimSante(Structure):
    """Finds the identifying fields of H, P, OBR and OBX; results and comments go on to the other recognisers."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield the fields of every segment of a message, or of a patient's segment alone."""
        if "H|~" not in text and not _PATIENT_ALONE.search(text):
            return
        for segment in segments(text, _START, _TABLE, _MARKS):
            yield from fields_of(segment, _TABLE[segment.name])
