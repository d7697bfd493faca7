"""The former number of a health professional (ADELI), and the health insurance's number of the same build (N° AM)."""

import re

from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_JOIN = rf"-?{SPACE}{{0,2}}"
_LABELLED = re.compile(
    r"(?:\badeli\b|\bn[°o]? ?a\.?m\b\.?|\bn[°o]? ?(?:de )?(?:facturation|prescripteur|ps)\b|identifiant (?:am|"
    r"facturation)|"
    r"num[ée]ro (?:am|de facturation|du prescripteur|prescripteur|assurance maladie))[^0-9\n]{0,25}$"
)
_DIRECTORY = re.compile(r"1\.2\.250\.1\.71\.4\.2\.1\W|\bidnps\b|asip-sante-ps")


class Adeli(ShapeRecognizer):
    """Finds ADELI: nine characters after a label, or ten with the leading 0 of the CDA and HL7 forms."""

    label = Label.ADELI
    shapes = (
        Shape(
            name="labelled",
            pattern=re.compile(rf"[0-9](?<!\w.){_JOIN}[0-9AB](?:{_JOIN}\d){{7}}(?!\w)"),
            score=0.2,
            context=_LABELLED,
            after=re.compile(r"^ ?\(?adeli\b|^\^[^|\n]{0,80}\badeli\b"),
            with_context=0.95,
        ),
        Shape(
            name="with its type digit",
            pattern=re.compile(r"0(?<!\w.)\d[0-9AB]\d{7}(?!\w)"),
            score=0.2,
            context=re.compile(rf"(?:{_DIRECTORY.pattern})|{_LABELLED.pattern}"),
            after=re.compile(rf"^\^[^|\n]{{0,80}}(?:{_DIRECTORY.pattern}|\badeli\b)"),
            with_context=0.96,
        ),
    )
