"""Vehicle registration plates, of today (SIV) and of before 2009 (FNI)."""

import re

from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_PAIR = "[A-HJ-NP-TV-Z]{2}"
_CONTEXT = re.compile(
    r"\b(?:plaques?|immatricul\w*|v[ée]hicules?|voitures?|camion\w*|scooter|moto|vsl|ambulances?|smur|vl|umh|vsav|"
    r"parking|stationn\w*|garé\w*)\b"
)


class Plate(ShapeRecognizer):
    """Finds ID: plates in hyphens, and the other forms near a word of vehicles."""

    label = Label.ID
    shapes = (
        Shape(
            name="today's, with hyphens",
            pattern=re.compile(rf"[A-HJ-NP-TV-Z](?<![\w\-].)[A-HJ-NP-TV-Z]-\d{{2,3}}-{_PAIR}(?![\w\-])"),
            score=0.65,
            context=_CONTEXT,
            with_context=0.93,
            against=CODES,
        ),
        Shape(
            name="today's, loosely written",
            pattern=re.compile(
                rf"[A-Z](?<![\w\-].)[A-Z]{SPACE}?-?{SPACE}?\d{{2,3}}{SPACE}?-?{SPACE}?[A-Z]{{2}}(?![\w\-])"
            ),
            score=0.2,
            context=_CONTEXT,
        ),
        Shape(
            name="today's, in lower case",
            pattern=re.compile(rf"[a-z](?<![\w\-].)[a-z](?:-|{SPACE})?\d{{3}}(?:-|{SPACE})?[a-z]{{2}}(?![\w\-])"),
            score=0.2,
            context=_CONTEXT,
            with_context=0.8,
        ),
        Shape(
            name="of before 2009",
            pattern=re.compile(
                rf"[0-9](?<![\w.,/].)\d{{0,3}}[ \-]?[A-Za-z]{{2,3}}[ \-]?(?:\d\d|2[AB]|97\d)(?!\w|[.,/]\d|"
                rf"{SPACE}?(?:mg|ans))"
            ),
            score=0.2,
            context=re.compile(rf"(?:{_CONTEXT.pattern})[^\d\n]{{0,30}}$"),
            with_context=0.85,
        ),
    )
