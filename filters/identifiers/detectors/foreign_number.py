"""Numbers of people insured or living abroad, which visitors and border hospitals write down."""

import re

from stdnum.es import dni
from stdnum.it import codicefiscale

from filters.identifiers.detectors.pattern import Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_INSURED = re.compile(
    r"\b(?:ssn|social security|n[°o] ?national|niss|avs|ahv|s[ée]curit[ée] sociale|assur[ée]e?|insz)\b"
)
_EDGE = r"(?![\w-])"


class ForeignNumber(ShapeRecognizer):
    """Finds SECU and TEL in shapes that no French number has; the checksum of a country raises, and never gates."""

    label = Label.SECU
    shapes = (
        Shape(name="united states", pattern=re.compile(rf"\d(?<![\w-].)\d\d-\d\d-\d{{4}}{_EDGE}"), score=0.75),
        Shape(
            name="belgium",
            pattern=re.compile(rf"\d(?<![\w.-].)\d\.\d\d\.\d\d-\d{{3}}\.\d\d{_EDGE}"),
            score=0.85,
            context=_INSURED,
        ),
        Shape(name="switzerland", pattern=re.compile(rf"7(?<![\w.-].)56\.\d{{4}}\.\d{{4}}\.\d\d{_EDGE}"), score=0.95),
        Shape(
            name="italy",
            pattern=re.compile(r"\b[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]\b"),
            score=0.8,
            checksum=codicefiscale.is_valid,
        ),
        Shape(
            name="spain",
            pattern=re.compile(r"\b(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z]\b"),
            score=0.3,
            checksum=dni.is_valid,
            with_checksum=0.7,
            context=re.compile(r"\b(?:dni|nie|nif)\b"),
        ),
        Shape(
            name="north american telephone",
            pattern=re.compile(
                rf"[2-9](?<![\w-].)\d\d-\d{{3}}-\d{{4}}{_EDGE}|\((?<!\w.)[2-9]\d\d\) ?\d{{3}}-\d{{4}}{_EDGE}"
            ),
            score=0.75,
            label=Label.TEL,
        ),
    )
