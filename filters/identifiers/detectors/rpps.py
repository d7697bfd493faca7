"""The number of a health professional in the national directory (RPPS), and its prefixed form in pasted messages."""

import re

from stdnum import luhn

from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer, digits
from filters.identifiers.entity import Label

_JOIN = rf"-?{SPACE}{{0,2}}"
_CONTEXT = re.compile(
    r"\brpps\b|\bidnps\b|\bid[ -]?nat|\bps\b|praticien|m[ée]decin|prescripteur|professionnel|docteur|\bdr\b|"
    r"1\.2\.250\.1\.71\.4\.2\.1\b|1\.2\.250\.1\.71\.4\.2\.1\"|asip-sante-ps|practitioner|"
    r"(?:rol-4|obr-16|obr-28|orc-12|orc-10|pv1-7|pv1-8|pv1-9|pv1-17|prt-5|evn-5|txa-5|txa-9): $"
)
_AFTER = re.compile(r"^[^|\n]{0,80}(?:\brpps\b|\bidnps\b|asip-sante-ps|1\.2\.250\.1\.71\.4\.2\.1\b)|^ ?\(rpps\)")


def has_key(written: str) -> bool:
    """Return whether the last eleven digits end with their Luhn key."""
    return bool(luhn.is_valid(re.sub(r"\D", "", written)[-11:]))


class Rpps(ShapeRecognizer):
    """Finds RPPS: eleven digits, twelve with the leading 8 of the CDA and HL7 forms, fifteen with a rank."""

    label = Label.RPPS
    shapes = (
        Shape(
            name="as issued",
            pattern=re.compile(r"1(?<!\w.)0[01]\d{8}(?!\w)"),
            score=0.45,
            checksum=has_key,
            with_checksum=0.8,
            context=_CONTEXT,
            after=_AFTER,
            with_context=0.95,
            against=CODES,
        ),
        Shape(
            name="eleven digits",
            pattern=re.compile(rf"[0-9](?<![\w+].)(?:{_JOIN}\d){{10}}(?!{_JOIN}\d)(?!\w)"),
            score=0.2,
            context=re.compile(rf"(?:{_CONTEXT.pattern})[^0-9\n]{{0,40}}$|1\.2\.250\.1\.71\.4\.2\.1\W"),
            after=_AFTER,
            with_context=0.93,
        ),
        Shape(
            name="with its type digit",
            pattern=re.compile(r"8(?<!\w.)1[0-9]\d{9}(?!\w)"),
            score=0.4,
            checksum=has_key,
            with_checksum=0.8,
            context=_CONTEXT,
            after=_AFTER,
            with_context=0.95,
            against=CODES,
        ),
        Shape(
            name="with a rank",
            pattern=re.compile(r"[48](?<!\w.)\d{11,14}(?!\w)"),
            score=0.2,
            context=_CONTEXT,
            after=_AFTER,
            with_context=0.92,
        ),
        Shape(
            name="typed after its label",
            pattern=re.compile(rf"[0-9](?<!\w.){_JOIN}{digits(7, join=_JOIN)}(?:{_JOIN}\d){{1,6}}(?!\w)"),
            score=0.2,
            context=re.compile(r"\brpps\b[^0-9\n;]{0,20}$"),
            with_context=0.93,
        ),
    )
