"""DICOM headers as text: `(0010,0010) PN [NOM^PRENOM]` of dcmdump, `PN: 'NOM^PRENOM'` of pydicom, `PatientName: …`.

Descriptions and comments are left to the other recognisers; codes, classes and sizes are no identifiers.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.structures.structure import Field, Structure
from filters.identifiers.entity import Label

_LINE = re.compile(
    r"\((?P<tag>[0-9a-fA-F]{4}, ?[0-9a-fA-F]{4})\) ?(?P<words>[A-Za-z][\w' ()/\-]{1,60}?)??[ :]{1,40}"
    r"(?P<vr>AE|AS|CS|DA|DS|DT|IS|LO|LT|PN|SH|ST|TM|UI|UT|US|OW|SQ)\b[ :=]{0,4}"
    r"(?:\[(?P<bracketed>[^\]\n]{0,400})\]?|'(?P<quoted>[^'\n]{0,400})'?|(?P<bare>[^\s#][^\n#]{0,400}))"
)
_KEYWORD = re.compile(
    r"(?<!\w)(?P<keyword>(?:Patient|Institution|Referring|Performing|Physician|Operator|Requesting|Study|Series|Accession|"
    r"Acquisition|Content|Other|Requested|Responsible|Device|SOP|Admission|Scheduled|NamesOf|Instance|ReadingPhysician|"
    r"NameOf)[A-Za-z]{0,40})[\"']?[ \t]{0,40}[:=][ \t]{0,10}[\"'\[]?(?P<value>[^\n\"'\]]{1,400})"
)
_TAGS = {
    "00100020": Label.IPP,
    "00100030": Label.DATE_NAISSANCE,
    "00101000": Label.ID,
    "00101040": Label.ADRESSE,
    "00102154": Label.TEL,
    "00080050": Label.ID,
    "00080080": Label.HOPITAL,
    "00080081": Label.ADRESSE,
    "00080092": Label.ADRESSE,
    "00080094": Label.TEL,
    "00200010": Label.ID,
    "00181000": Label.ID,
    "00380010": Label.NDA,
    "00401001": Label.ID,
    "00400009": Label.ID,
    "00402016": Label.ID,
    "00402017": Label.ID,
}
_KEYWORDS = {
    "PatientID": Label.IPP,
    "PatientBirthDate": Label.DATE_NAISSANCE,
    "PatientAddress": Label.ADRESSE,
    "PatientTelephoneNumbers": Label.TEL,
    "OtherPatientIDs": Label.ID,
    "AccessionNumber": Label.ID,
    "InstitutionName": Label.HOPITAL,
    "InstitutionAddress": Label.ADRESSE,
    "StudyID": Label.ID,
    "AdmissionID": Label.NDA,
    "DeviceSerialNumber": Label.ID,
    "RequestedProcedureID": Label.ID,
    "StudyInstanceUID": Label.ID,
    "SeriesInstanceUID": Label.ID,
    "SOPInstanceUID": Label.ID,
    **dict.fromkeys(("StudyDate", "SeriesDate", "AcquisitionDate", "ContentDate", "InstanceCreationDate"), Label.DATE),
    **dict.fromkeys(("AcquisitionDateTime", "ScheduledProcedureStepStartDate", "AdmittingDate"), Label.DATE),
}
_BY_KIND = {"DA": Label.DATE, "DT": Label.DATE, "UI": Label.ID}
_CODES = frozenset({"AE", "CS", "DS", "IS", "TM", "US", "OW", "SQ", "UI"})
_CLASSES = "1.2.840.10008."
"""Where the standard's own identifiers begin: classes and syntaxes, the same for everybody."""
_SHORTEST_UID = 20
_OLD = re.compile(r"0?(?P<years>9\d|1[0-3]\d)Y")
_NAMES = re.compile(r"(?:Name|NameOf|NamesOf|Physician\w{0,20}|OperatorsName)(?:s)?$")
_BLANKS = re.compile(r"[^\W_]")


class Dicom(Structure):
    """Finds the identifying elements of a header."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield the values of lines by tag, then by keyword."""
        for line in _LINE.finditer(text):
            group = "bracketed" if line["bracketed"] is not None else "quoted" if line["quoted"] is not None else "bare"
            tag = line["tag"].replace(",", "").replace(" ", "").lower()
            yield Field(line.start(), line.start(group), None)
            yield from _element(line.start(group), line[group], _TAGS.get(tag), line["vr"])
        for line in _KEYWORD.finditer(text):
            keyword = line["keyword"]
            kind = "PN" if _NAMES.search(keyword) and keyword not in _KEYWORDS else ""
            if kind or keyword in _KEYWORDS or keyword == "PatientAge":
                yield Field(*line.span("keyword"), None)
                yield from _element(line.start("value"), line["value"], _KEYWORDS.get(keyword), kind)


def _element(start: int, written: str, label: Label | None, kind: str) -> Iterator[Field]:
    """Yield what an element holds, by its tag or by its value representation."""
    bare = written.strip(" ,;\\")
    start += written.find(bare)
    old = _OLD.fullmatch(bare)
    if not _BLANKS.search(bare):
        return
    if old:
        yield Field(start + old.start("years"), start + old.end("years"), Label.AGE_SUP_89)
    elif kind == "PN":
        yield from _person(start, bare)
    elif label is None and kind in _BY_KIND and not (kind == "UI" and _is_class(bare)):
        yield Field(start, start + len(bare), _BY_KIND[kind])
    elif label is not None or kind in _CODES:
        yield Field(start, start + len(bare), label)


def _person(start: int, written: str) -> Iterator[Field]:
    """Yield NOM^PRENOM^AUTRES^Titre; a name without carets is one in free writing."""
    if "^" not in written:
        yield Field(start, start + len(written), Label.PERSONNE)
        return
    for number, part in enumerate(written.split("^")):
        if _BLANKS.search(part):
            label = (Label.NOM, Label.PRENOM, Label.PRENOM)[number] if number <= 2 else None  # noqa: PLR2004 (titles)
            yield Field(start, start + len(part), label)
        start += len(part) + 1


def _is_class(identifier: str) -> bool:
    return identifier.startswith(_CLASSES) or not identifier[:1].isdigit() or len(identifier) < _SHORTEST_UID
