"""Numbers of passports, identity cards, driving licences and residence permits."""

import re

from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_PLACE = r"[^\d\n]{0,40}?(?:\b[a-z]{0,3})?$"
_DOCUMENT = re.compile(
    r"\b(?:passeports?|passport|cnie?|c\.n\.i\.?|cartes? (?:nationales? )?d'?[ ]?identit[ée]|pi[èe]ces? "
    r"d'identit[ée]|document d'identit[ée]|"
    r"permis(?: de conduire| de s[ée]jour)?|titres? (?:de s[ée]jour|d'identit[ée])|cartes? de (?:s[ée]jour|"
    r"r[ée]sident)|agdref|"
    r"n[°o]? ?(?:d')?[ée]tranger|num[ée]ro (?:d'|[ée]tranger)|r[ée]c[ée]piss[ée]|visa|driver'?s? licen[cs]e|livret "
    r"de famille|carte de combattant)\b" + _PLACE
)


class IdentityDocument(ShapeRecognizer):
    """Finds ID: the builds of identity documents are everybody's, so a word for the document must stand before."""

    label = Label.ID
    shapes = (
        Shape(
            name="passport or licence",
            pattern=re.compile(rf"[0-9](?<![\w.,].)\d{SPACE}?[A-Z]{{2}}{SPACE}?\d{{5}}(?!\w)"),
            score=0.45,
            context=_DOCUMENT,
            with_context=0.95,
        ),
        Shape(
            name="digits",
            pattern=re.compile(rf"[0-9](?<![\w.,/].)(?:{SPACE}?\d){{8,11}}(?!\w|[.,/]\d)"),
            score=0.2,
            context=_DOCUMENT,
            with_context=0.95,
        ),
        Shape(
            name="letters and digits",
            pattern=re.compile(r"[A-Z0-9](?<!\w.)(?=[A-Z0-9]{0,4}\d)(?=(?:[A-Z]{0,8}\d){2})[A-Z0-9]{7,13}(?!\w)"),
            score=0.2,
            context=_DOCUMENT,
            with_context=0.95,
        ),
    )
