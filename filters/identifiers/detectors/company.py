"""The number of a company or of its establishment (SIREN, SIRET), and its number for the value added tax."""

import re

from stdnum.fr import siret

from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer, digits
from filters.identifiers.entity import Label

_JOIN = rf"[.\-]?{SPACE}{{0,2}}"


class Company(ShapeRecognizer):
    """Finds ID: SIREN, SIRET and French VAT numbers after their label."""

    label = Label.ID
    shapes = (
        Shape(
            name="SIRET",
            pattern=re.compile(rf"[0-9](?<!\w.){_JOIN}{digits(13, join=_JOIN)}(?!\w)"),
            score=0.2,
            checksum=lambda written: " " in written and siret.is_valid(written),
            with_checksum=0.55,
            context=re.compile(r"\bsiret\b[^0-9\n]{0,25}$"),
            with_context=0.94,
        ),
        Shape(
            name="SIREN",
            pattern=re.compile(rf"[0-9](?<!\w.){_JOIN}{digits(8, join=_JOIN)}(?!\w)"),
            score=0.2,
            context=re.compile(r"\b(?:siren|rcs(?: [a-zà-ÿ\-]{2,25})?)\b[^0-9\n]{0,15}$"),
            with_context=0.94,
        ),
        Shape(
            name="VAT",
            pattern=re.compile(rf"F(?<!\w.)R{SPACE}?[0-9A-Z]{{2}}{SPACE}?{digits(9, join=SPACE + '?')}(?!\w)"),
            score=0.4,
            context=re.compile(r"\btva\b|vat\b"),
        ),
    )
