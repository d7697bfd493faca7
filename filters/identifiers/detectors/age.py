"""Ages of ninety and more: so few people reach them that an age says who it is."""

import re

from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_AGE = r"(?:9\d|1[0-2]\d)"


class Age(ShapeRecognizer):
    """Finds AGE_SUP_89: the number alone, so that `ans` still tells a reader what the placeholder is."""

    label = Label.AGE_SUP_89
    shapes = (
        Shape(
            name="in years",
            pattern=re.compile(
                rf"[19](?<![\w.,/\-].)(?:(?<=9)\d|(?<=1)[0-2]\d)(?={SPACE}?(?:ans?\b|a\b|années\b|years?\b|y\.?o\b))"
            ),
            score=0.85,
            against=re.compile(r"\b(?:depuis|pendant|durant|dans|il y a|survie (?:à|de)|suivi (?:de|sur)|/) ?$"),
        ),
        Shape(
            name="announced",
            pattern=re.compile(
                rf"[19](?<![\w.,/].)(?:(?<=9)\d|(?<=1)[0-2]\d)(?!\w|[.,/%]\d?|{SPACE}?(?:%|mois|jours|kg|cm|mm))"
            ),
            score=0.2,
            context=re.compile(r"(?:\b(?:[aâ]ge|[aâ]g[ée]e?s?(?: de)?)\b[\s:=\"'(]{0,5}|\bage in years\W{0,4})$"),
        ),
        Shape(
            name="in letters",
            pattern=re.compile(
                rf"[qQcC](?<!\w.)(?i:uatre[ \-]vingt[ \-](?:dix(?:[ \-](?:sept|huit|neuf))?|onze|douze|treize|"
                rf"quatorze|quinze|seize)|"
                rf"ent(?:[ \-](?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze))?)(?={SPACE}ans\b)"
            ),
            score=0.85,
        ),
        Shape(
            name="by its name", pattern=re.compile(r"[nNcC](?<!\w.)(?i:onag[ée]naires?|entenaires?)(?!\w)"), score=0.7
        ),
    )
