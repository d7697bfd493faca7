"""Ages of ninety and more: so few people reach them that an age says who it is."""

import re

from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_UNIT = "deux|trois|quatre|cinq|six|sept|huit|neuf"


class Age(ShapeRecognizer):
    """Finds AGE_SUP_89: the number alone, so that `ans` still tells a reader what the placeholder is."""

    label = Label.AGE_SUP_89
    shapes = (
        Shape(
            name="in years",
            pattern=re.compile(
                rf"[19](?<![\w.,/].)(?<!\d-.)(?:(?<=9)\d|(?<=1)[0-2]\d)(?={SPACE}?(?:(?i:ans?|ann[ée]es|years?|"
                rf"y\.?o)\b|"
                rf"[aA]\b(?! (?:[ée]t[ée]|eu|[ée]vo)\b)|(?i:e|[èe]me) ann[ée]e))"
            ),
            score=0.85,
            against=re.compile(r"\b(?:depuis|pendant|durant|dans|il y a|survie (?:à|de)|suivi (?:de|sur)|/) ?$"),
        ),
        Shape(
            name="first of a range",
            pattern=re.compile(
                rf"[19](?<![\w.,/\-].)(?:(?<=9)\d|(?<=1)[0-2]\d)(?={SPACE}?(?:[\-–/]|à|ou|et|"
                rf"voire){SPACE}?\d{{2,3}}{SPACE}?(?i:ans)\b)"
            ),
            score=0.8,
        ),
        Shape(
            name="last of a range",
            pattern=re.compile(rf"9(?<=\d-.)(?<![.,/]\d\d-.)\d(?={SPACE}?(?i:ans)\b)"),
            score=0.8,
        ),
        Shape(
            name="after the sex",
            pattern=re.compile(rf"9(?<=[hfHF]/.)(?<!\w[hfHF]/.)\d(?!\w|[.,/%]\d?|{SPACE}?(?:%|mois|kg|cm|mm|/))"),
            score=0.6,
        ),
        Shape(
            name="said of somebody",
            pattern=re.compile(
                rf"[19](?<=[aàet\-] .)(?:(?<=9)\d|(?<=1)0\d)(?={SPACE}?(?:[.,;:!?)](?!\d)|$|\n|et\b|printemps|mais\b))"
            ),
            score=0.2,
            context=re.compile(
                r"\b(?:(?:elle|il|qui|patiente?|monsieur|madame|mamie|papi|mère|père) (?:a|aurait|avait|fait)|"
                r"me semble|"
                r"d[ée]c[ée]d[ée]e? à|morte? à|jusqu'à)(?: (?:bien|presque|d[ée]jà|d[ée]ja|plut[ôo]t|environ|"
                r"bient[ôo]t))? $"
            ),
            with_context=0.6,
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
                rf"[qQcCnN](?<!\w.)(?i:uatre[ \-]vingts?[ \-](?:dix(?:[ \-](?:sept|huit|neuf))?|onze|douze|treize|"
                rf"quatorze|"
                rf"quinze|seize)|onante(?:[ \-](?:et[ \-])?(?:une?|{_UNIT}))?|"
                rf"ent(?:[ \-](?:et[ \-])?(?:une?|{_UNIT}|dix|onze|douze))?)(?={SPACE}(?i:ans|printemps)\b)"
            ),
            score=0.85,
        ),
        Shape(
            name="in letters, announced",
            pattern=re.compile(
                r"[qQ](?<!\w.)(?i:uatre[ \-]vingts?[ \-](?:dix(?:[ \-](?:sept|huit|neuf))?|onze|douze|treize|quatorze|"
                r"quinze|seize))(?!\w|[ \-](?:mille|cent))"
            ),
            score=0.2,
            context=re.compile(r"\b[aâ]g[ée]e?s? (?:de )?$"),
        ),
        Shape(
            name="by its name", pattern=re.compile(r"[nNcC](?<!\w.)(?i:onag[ée]naires?|entenaires?)(?!\w)"), score=0.7
        ),
    )
