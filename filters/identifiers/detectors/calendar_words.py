"""The words of French dates: months, weekdays, and numbers written out."""

import re
from collections.abc import Iterator

from filters.identifiers.detectors.pattern import SPACE

MONTH = (
    r"[jJfFmMaAsSoOnNdD](?<![^\W\d_].)(?:(?<=[jJ])(?i:anv(?:ier)?|an|uin|uil(?:let|l)?|ul)|"
    r"(?<=[fF])(?i:[ée]v(?:r(?:ier)?)?)|"
    r"(?<=[mM])(?i:ars?|ai)|(?<=[aA])(?i:vr(?:il)?|o[uû]t?)|(?<=[sS])(?i:ept(?:embre)?|ep)|(?<=[oO])(?i:ct(?:obre)?)|"
    r"(?<=[nN])(?i:ov(?:embre)?)|(?<=[dD])(?i:[ée]c(?:embre)?))(?![^\W\d_])"
)
"""A month, written whole or cut short; it opens with a character class, for speed, and stands apart from letters."""

WEEKDAY = re.compile(
    r"(?<!\w)(?:lun|mar|mer|jeu|ven|sam|dim)(?:\.|di|credi|dredi|edi|anche)?[.,]{0,2}[ \u00a0]{1,2}(?:le )?$",
    re.IGNORECASE,
)

_UNIT = r"un|une|deux|trois|quatre|cinq|six|sept|huit|neuf"
_TEEN = r"dix|onze|douze|treize|quatorze|quinze|seize"
_NUMBER = rf"(?:{_UNIT}|{_TEEN}|vingts?|trente|quarante|cinquante|soixante|cents?|mille|mil|et)"
_DAY = re.compile(
    rf"(?<!\w)(?:premier|1er|(?:{_UNIT}|{_TEEN}|vingt|trente)(?:[ \-](?:et[ \-])?(?:{_UNIT})){{0,1}})[ "
    rf"\u00a0]{{1,2}}$",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"[ \u00a0]{{1,2}}(?:de l'an )?{_NUMBER}(?:[ \-]{{1,2}}{_NUMBER}){{0,9}}(?!\w)", re.IGNORECASE)
_FULL_MONTH = re.compile(
    r"[jJfFmMaAsSoOnNdD](?<!\w.)(?:(?<=[jJ])(?i:anvier|uin|uillet)|(?<=[fF])(?i:[ée]vrier)|(?<=[mM])(?i:ars|ai)|"
    r"(?<=[aA])(?i:vril|o[uû]t)|(?<=[sS])(?i:eptembre)|(?<=[oO])(?i:ctobre)|(?<=[nN])(?i:ovembre)|"
    r"(?<=[dD])(?i:[ée]cembre))(?!\w)"
)
_DIGIT_YEAR = re.compile(rf"{SPACE}{{1,2}}(?:19|20)\d\d(?!\d)")
_THOUSAND = re.compile(r"\bmil(?:le)?\b", re.IGNORECASE)


def dates_in_letters(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where a date is spelled out: a day, a year or both in words, around a month."""
    stop = len(text) if end is None else end
    for month in _FULL_MONTH.finditer(text, start, stop):
        day = _DAY.search(text[max(start, month.start() - 24) : month.start()])
        year = _YEAR.match(text, month.end(), min(stop, month.end() + 80))
        if year and not _THOUSAND.search(year[0]):
            year = None
        year = year or (_DIGIT_YEAR.match(text, month.end()) if day else None)
        if day or year:
            opening = month.start() - len(day[0]) if day else month.start()
            yield opening, year.end() if year else month.end()
