"""HL7 v2 messages, whole or in lone segments: PID, PV1, NK1, ORC, OBR… and the French Z segments.

Fields and their types are those of HL7 2.5 and of the French extension of IHE PAM.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.structures.segment_fields import fields_of, layouts
from filters.identifiers.detectors.structures.segments import segments
from filters.identifiers.detectors.structures.structure import Field, Structure

_START = re.compile(
    r"(?P<name>[A-Z](?<![\w|^~&\\].)[A-Z0-9]{2})(?:(?<=MSH|FHS|BHS)(?P<marks>[^\w\s]{4,5})|(?=[^\w\s]))"
)
_SEGMENTS: dict[str, tuple[int, str]] = {
    "MSH": (25, "HD 3 5, SITE_HD 4 6, DATE 7, ? 8"),
    "EVN": (7, "DATE 2 3 6, XCN 5"),
    "PID": (
        39,
        "IPP 2 3 4 21, XPN 5 6 9, DOB 7, XAD 11, ? 12, XTN 13 14, NDA 18, SECU 19, ID 20, VILLE 23, DATE 29 33",
    ),
    "PD1": (21, "XON 3, XCN 4"),
    "MRG": (7, "IPP 1 2 4, NDA 3 5 6, XPN 7"),
    "PV1": (52, "PL 3 6 11 37 40 42 43, NDA 5 19 50, XCN 7 8 9 17 52, DATE 25 44 45"),
    "PV2": (49, "PL 1, ? 3 4 5 12 20, DATE 8 9 14 17 26 28 29 33 34 35 46 47, XCN 13, XON 23"),
    "NK1": (39, "XPN 2 30, XAD 4 32, XTN 5 6 31, DATE 8 9, ? 10, ID 12 33, ORG 13, DOB 16, XPN 26, SECU 37"),
    "GT1": (
        57,
        "IPP 2, XPN 3 4 42 45, XAD 5 17, XTN 6 7 18 46, DOB 8, SECU 12, DATE 13 14, XPN 16, ID 19 29, ORG 21 51",
    ),
    "IN1": (53, "ID 3 8 10 36 49, ORG 4 9 11, XAD 5 19 44, XPN 6 16, XTN 7, DATE 12 13 24 26 29, ? 14, DOB 18, XCN 30"),
    "IN2": (72, "ID 1 6 8, SECU 2, ORG 3, XPN 7 40, XTN 63 64, ? 22"),
    "IN3": (25, "ID 1 2, XCN 3 14 25, DATE 6 7 9 10 11 17, XTN 16 19 20 22"),
    "ACC": (11, "DATE 1, ? 3 8, XCN 7, XAD 11"),
    "AL1": (6, "? 3 5, DATE 6"),
    "ROL": (12, "ID 1, XCN 4, DATE 5 6, XAD 11, XTN 12"),
    "PRT": (15, "ID 1, XCN 5, XON 8, PL 9, ? 10, DATE 11 12, XAD 14, XTN 15"),
    "ORC": (31, "ID 2 3 4 8, ? 7 16, DATE 9 15, XCN 10 11 12 19, PL 13, XTN 14 23, XON 21, XAD 22 24, DATE 27"),
    "OBR": (50, "ID 2 3 18 19 20 21, DATE 6 7 8 14 22 36, XCN 10 16 28, ? 13 26 27 29 31 39, XTN 17, NDL 32 33 34 35"),
    "OBX": (25, "? 4 5, DATE 12 14 19, XCN 16 25, ID 18, XON 23, XAD 24"),
    "SPM": (29, "ID 2 3, ? 14 15, DATE 17 18 19"),
    "TXA": (23, "DATE 4 6 7 8, XCN 5 9 10 11, ID 12 13 14 15, ? 16 21, XCN 22 23"),
    "DG1": (21, "? 4, DATE 5 19, XCN 16, ID 20 21"),
    "PR1": (20, "? 4, DATE 5, XCN 8 11 12, ID 19"),
    "SCH": (27, "ID 1 2 4 26 27, ? 3 5 6 7 8 9 11, XCN 12 16 20, XTN 13 17 21, XAD 14 18 22, PL 15 19 23"),
    "AIP": (12, "XCN 3, DATE 6"),
    "NTE": (4, "? 3"),
    "QRD": (12, "DATE 1, ID 4, XCN 8, ? 9 10 11"),
    "ZBE": (0, "ID 1, DATE 2 3"),
    "ZFA": (0, "DATE 2 4"),
    "ZFV": (0, "DLD 1, XAD 6"),
    "ZFP": (0, ""),
    "ZFM": (0, ""),
    "ZFD": (0, "DATE 1"),
}
"""Per segment the last field that the standard gives, and what each field holds; `?` is free text, or unknown.

The other fields up to the last hold codes. A French segment is never closed so: its writers add fields.
"""
_TABLE = layouts(_SEGMENTS)
_HPRIM = "H|~^"
"""How a message of HPRIM Santé opens, whose segments have the same names and other signs."""


class Hl7(Structure):
    """Finds every identifying field of the segments that it knows; `OBX-5` and notes go on to the other recognisers."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield the fields of every segment."""
        if ("|" in text or "MSH" in text) and _HPRIM not in text:
            for segment in segments(text, _START, _TABLE):
                yield from fields_of(segment, _TABLE[segment.name])
