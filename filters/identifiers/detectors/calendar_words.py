"""The words of French dates: months, weekdays, and numbers written out."""

import re
from collections.abc import Iterable, Iterator

from filters.identifiers.detectors.page import Page
from filters.identifiers.detectors.pattern import SPACE
from filters.identifiers.lexicon.folding import fold

MONTH = (
    r"[jJfFmMaAsSoOnNdD](?<![^\W\d_].)(?:(?<=[jJ])(?i:anv(?:ier)?|an|uin|uil(?:let|l)?|ul)|"
    r"(?<=[fF])(?i:[ée]v(?:r(?:ier)?)?)|"
    r"(?<=[mM])(?i:ars?|ai)|(?<=[aA])(?i:vr(?:il)?|o[uû]t?)|(?<=[sS])(?i:ept(?:embre)?|ep)|(?<=[oO])(?i:ct(?:obre)?)|"
    r"(?<=[nN])(?i:ov(?:embre)?)|(?<=[dD])(?i:[ée]c(?:embre)?))(?![^\W\d_])"
)
"""A month, written whole or cut short; it opens with a character class, for speed, and stands apart from letters."""

ENGLISH_MONTH = (
    r"[jJfFmMaAsSoOnNdD](?<![^\W\d_].)(?:(?<=[jJ])(?i:an(?:uary)?|une?|uly?)|(?<=[fF])(?i:eb(?:ruary)?)|"
    r"(?<=[mM])(?i:ar(?:ch)?|ay)|(?<=[aA])(?i:pr(?:il)?|ug(?:ust)?)|(?<=[sS])(?i:ep(?:t(?:ember)?)?)|"
    r"(?<=[oO])(?i:ct(?:ober)?)|(?<=[nN])(?i:ov(?:ember)?)|(?<=[dD])(?i:ec(?:ember)?))(?![^\W\d_])"
)
"""A month in English, as exports and pasted articles write it; believed beside a year only."""

ENGLISH_CAPITAL = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Aug|Sept?|Oct|Nov|Dec"
)
"""A month in English that a day beside it makes a date of, without a year: only with its capital."""
ENGLISH_SIGNS = ("jan", "feb", "march", "april", "may", "june", "july", "aug", "sep", "oct", "nov", "dec")

ANY_MONTH = re.compile(f"{MONTH}|{ENGLISH_MONTH}")
"""A month in either language: looked for once for all that opens with one."""


def _slips(month: str) -> Iterator[str]:
    """Yield the month with one letter forgotten, doubled, added, replaced, or exchanged with its neighbour."""
    for place in range(len(month) + 1):
        before, after = month[:place], month[place:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in "abcdefghijklmnopqrstuvwxyz":
            yield before + letter + after[1:]
            yield before + letter + after


_LONG_MONTHS = frozenset({"janvier", "fevrier", "avril", "juillet", "septembre", "octobre", "novembre", "decembre"})
_OTHER_WORDS = frozenset({"april", "levrier"})
_MISSPELT = frozenset(slip for month in _LONG_MONTHS for slip in _slips(month)) - _LONG_MONTHS - _OTHER_WORDS


def is_misspelt_month(word: str) -> bool:
    """Return whether the word is a long French month but for one slip of the fingers: `janiver`, `setpembre`."""
    return fold(word) in _MISSPELT


def is_whole_month(word: str) -> bool:
    """Return whether the word is a month that is not cut short: `oct` and `sept` are other words as well."""
    return fold(word) in _LONG_MONTHS | {"mars", "mai", "juin", "aout"}


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
_LONE_YEAR = re.compile(
    rf"[dDmM](?<!\w.)(?:(?<=[dD])(?i:eux[ \-]mille)|(?<=[mM])(?i:il(?:le)?[ \-]neuf[ \-]cents?))"
    rf"(?:[ \-]{{1,2}}(?i:et|{_UNIT}|{_TEEN}|vingts?|trente|quarante|cinquante|soixante)){{0,5}}(?!\w)"
    rf"(?! (?:cas|patients?|euros|cellules|copies|[mk]?[gl]\b|ui\b|unit[ée]s|fois|kilos?|m[èe]tres|calories))"
)
_ANNOUNCED = re.compile(r"(?:\ben|\bdepuis|\bann[ée]e|\bd[ée]but|\bfin|\bjusqu'en|\bvers|\bl'an) $", re.IGNORECASE)
_SPELLED_MONTH = rf"(?:z[ée]ro[ \-](?:{_UNIT})|dix|onze|douze)"
_FIGURES = re.compile(
    rf"[lLdD](?<!\w.)[eEuU] (?P<value>(?i:(?:premier|z[ée]ro[ \-](?:{_UNIT})|(?:dix|vingt|trente)(?:[ \-](?:et[ \-])?"
    rf"(?:{_UNIT}))?|{_TEEN}|{_UNIT})[ ,]{{1,2}}{_SPELLED_MONTH}(?:[ ,]{{1,2}}{_NUMBER}"
    rf"(?:[ \-]{{1,2}}{_NUMBER}){{0,9}})?))"
    rf"(?!\w)"
)
"""A day dictated figure by figure: `le douze zéro trois cinquante et un`."""


def dates_in_letters(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where a date is spelled out: a day, a year or both in words, around a month."""
    stop = len(text) if end is None else end
    if isinstance(text, Page) and end is None:
        months: Iterable[re.Match[str]] = text.matches(_FULL_MONTH, ANY_MONTH)
    else:
        months = _FULL_MONTH.finditer(text, start, stop)
    for month in months:
        day = _DAY.search(text[max(start, month.start() - 24) : month.start()])
        year = _YEAR.match(text, month.end(), min(stop, month.end() + 80))
        if year and not _THOUSAND.search(year[0]):
            year = None
        year = year or (_DIGIT_YEAR.match(text, month.end()) if day else None)
        if day or year:
            opening = month.start() - len(day[0]) if day else month.start()
            yield opening, year.end() if year else month.end()
    for figures in _FIGURES.finditer(text, max(0, start - 3), stop):
        yield figures.span("value")
    if "mil" not in text.lower():  # no year in words is without it, and few texts have one
        return
    for year in _LONE_YEAR.finditer(text, start, stop):
        if year[0][0] in "mM" or _ANNOUNCED.search(text[max(0, year.start() - 10) : year.start()]):
            yield year.span()
