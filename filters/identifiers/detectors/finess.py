"""The number of a health facility in the national register (FINESS), and its prefixed forms in pasted messages."""

import re

from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_JOIN = rf"-?{SPACE}{{0,2}}"
_STRUCTURE = r"1\.2\.250\.1\.71\.4\.2\.2\W|asip-sante-st|\bfine[jg]\b|\bidnst\b"
_CONTEXT = re.compile(
    rf"\bfiness\b[^0-9\n]{{0,40}}$|\bfiness\b[^\n;]{{0,12}}\d{{9}}[^0-9\n]{{0,30}}$|{_STRUCTURE}|"
    r"\b(?:entit[ée] juridique|ej|et|entit[ée] g[ée]ographique|n[°o] ?(?:d')?[ée]tablissement)(?: n[°o])? ?[:=] ?$"
)
_AFTER = re.compile(rf"^ ?\(?finess\b|^\^[^|\n]{{0,80}}(?:finess|{_STRUCTURE})")


class Finess(ShapeRecognizer):
    """Finds FINESS. Its Luhn key holds for one random number in ten: alone, nine digits are not believed."""

    label = Label.FINESS
    shapes = (
        Shape(
            name="labelled",
            pattern=re.compile(rf"[0-9](?<!\w.){_JOIN}[0-9AB](?:{_JOIN}\d){{7}}(?!\w)"),
            score=0.2,
            context=_CONTEXT,
            after=_AFTER,
            with_context=0.95,
        ),
        Shape(
            name="with its type digit",
            pattern=re.compile(r"[13](?<!\w.)\d[0-9AB]\d{7}(?:/[\w.\-]{1,30})?(?!\w)"),
            score=0.2,
            context=_CONTEXT,
            after=_AFTER,
            with_context=0.95,
        ),
    )
