"""Which number it is, by what the structure says of who issued it: object identifiers, type codes, and its shape."""

import re

from filters.identifiers.entity import Label

_AUTHORITIES: tuple[tuple[re.Pattern[str], Label], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), label)
    for pattern, label in (
        (r"1\.2\.250\.1\.213\.1\.4\.\d|\bINS(?:-NIR|-NIA|-C)?\b|\bNI[RA]\b|\b(?:NH|SS|NSS)\b", Label.SECU),
        (r"1\.2\.250\.1\.71\.4\.2\.2\b|finess", Label.FINESS),
        (r"adeli", Label.ADELI),
        (r"1\.2\.250\.1\.71\.4\.2\.1\b|rpps|idnps|asip-sante-ps", Label.RPPS),
        (r"\b(?:PI|MR|IPP|NIP)\b", Label.IPP),
        (r"\b(?:AN|VN|NDA|IEP)\b|encounter", Label.NDA),
        (r"\b(?:PPN|DL|NI|CZ|BC|MI|EI|PRN)\b", Label.ID),
    )
)
_NATIONAL = re.compile(r"[1-478]\d{4}[0-9][0-9AB]\d{6}(?:\d\d)?|\d{22}")
_PROFESSIONAL = re.compile(r"8?1[01]\d{9}")


def label_of(value: str, authority: str, default: Label) -> Label:
    """Return the label of a number; `authority` is whatever the structure says around it."""
    for pattern, label in _AUTHORITIES:
        if pattern.search(authority):
            return label
    bare = value.replace(" ", "")
    if _NATIONAL.fullmatch(bare):
        return Label.SECU
    if default is Label.ID and _PROFESSIONAL.fullmatch(bare):
        return Label.RPPS
    return default
