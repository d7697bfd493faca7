"""Dates of care: in figures with any separator, digit by digit, compact, in letters; a lone year with a reason."""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.calendar_words import MONTH, WEEKDAY, dates_in_letters
from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.pattern import SPACE, Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_LEFT = r"(?<!\d.)(?<!\d[.,/|\-].)"
_PAIR = rf"(?:{SPACE}?\d)?"
_MARK = rf"{SPACE}?[/\-.|\u2010\u2011\u2013]{SPACE}?"
_YEAR = r"(?:19|20)\d\d"
_NO_UNIT = (
    rf"(?!{SPACE}?(?:[mM][lLgGmM]\b|kcal|cal\b|ui\b|UI\b|u\b|g\b|kg|cm|cc\b|µ|%|[/*x×]{SPACE}?\d|pas\b|m[èe]tres?|heures?|"
    rf"h\b|h\d|euros?|€|"
    r"patients?|cas\b|cellules|copies|leuco|plaq|pn[ne]\b|el[ée]ments|[ée]l[ée]ments|ans\b|mois\b|jours?\b|j\b|ml/))"
)
_READING = re.compile(
    r"(?:\b(?:ta|pa|tension|apgar|glasgow|gcs|score|version|v|art|article|§|fig(?:ure)?|ratio|eva|en|acuit[ée]|av|od|og|"
    r"oms|lot)\b[ .:=àn°]{0,4}|\bv)$|" + CODES.pattern
)
_EVENT = re.compile(
    r"\b(?:avc|ait|idm|sca|ep|embolies?|tvp|phl[ée]bite|oap|pt[ghe]|pac|dai|pm|pacemaker|stents?|pontages?|greffes?|"
    r"transplantation|c[ée]sarienne|accouchement|fcs?|ivg|proth[èe]se|pose|ablation|cures?|chirurgie|op[ée]r[ée]e?|"
    r"op[ée]ration|chimioth[ée]rapie|radioth[ée]rapie|fractures?|infarctus|cancer|k|m[ée]lanome|lymphome|leuc[ée]mie|"
    r"cataracte|hernie|appendicite|p[ée]ritonite|tentative|ts|hospitalisation|diagnostiqu[ée]e?|d[ée]couverte?|"
    r"d[ée]c[èe]s|d[ée]c[ée]d[ée]e?|retraite|accident|avp|\w{2,20}(?:ectomie|plastie|tomie|stomie|scopie|d[èe]se))"
    r"(?: (?!hba|has\b|esc\b|gold\b|esmo|nccn|aha\b|acc\b|eso\b|sf|afu\b|inca\b)[a-zà-ÿ'\-]{1,14}){0,3},? ?[(:]? ?$"
)
"""Events of a history that a year alone dates: `AVC 2012`, `cancer du sein (2010)`, never `ESC 2021`."""

_SHORT_YEAR_READING = re.compile(_READING.pattern.replace("|en|", "|"))

_DAY_FIRST, _LAST_DAY, _LAST_MONTH = 3, 31, 12
_OLDEST, _LATEST = 1850, 2150


def _is_a_day(day: int, month: int) -> bool:
    return 1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH


def _numbers(match: re.Match[str]) -> list[str]:
    return [re.sub(r"\D", "", part) for part in re.split(r"[/\-.|\u2010\u2011\u2013]", match[0])]


def _is_in_the_calendar(match: re.Match[str]) -> bool:
    """Return whether day, month and year can be, in French or English order."""
    first, second, third = _numbers(match)
    if len(first) == 4:  # noqa: PLR2004 (a year has four digits)
        return _is_a_day(int(third), int(second)) and _OLDEST <= int(first) <= _LATEST
    year_can_be = len(third) == 2 or _OLDEST <= int(third) <= _LATEST  # noqa: PLR2004 (the same, cut short)
    return year_can_be and (_is_a_day(int(first), int(second)) or _is_a_day(int(second), int(first)))


def _is_no_numbering(match: re.Match[str]) -> bool:
    """Return the same for a two-digit year, where `2.1.10` may be a chapter and `1-2-3` a range."""
    first, second, _ = _numbers(match)
    slashed = "/" in match[0]
    return (slashed or len(first) + len(second) >= _DAY_FIRST) and _is_in_the_calendar(match)


def _is_compact(match: re.Match[str]) -> bool:
    number = re.sub(r"\D", "", match[0])
    day_first = _is_a_day(int(number[:2]), int(number[2:4])) and number[4:6] in {"19", "20"}
    year_first = number[:2] in {"19", "20"} and _is_a_day(int(number[6:8]), int(number[4:6]))
    return day_first or year_first


def _stands_alone(match: re.Match[str]) -> bool:
    """Return whether these eight single digits are a day, and no part of a longer row of single digits."""
    before, after = match.string[max(0, match.start() - 3) : match.start()], match.string[match.end() : match.end() + 4]
    return _is_compact(match) and not re.search(rf"(?<!\w)\d{SPACE}$", before) and not re.match(rf"{SPACE}\d\b", after)


def _is_day_and_month(match: re.Match[str]) -> bool:
    """Return whether `12/03` can be a day: thirds and quarters are written with single digits."""
    day, month = _numbers(match)
    return len(day) + len(month) >= _DAY_FIRST and _is_a_day(int(day), int(month))


_SPAN_WORD = rf"{SPACE}?(?:au|et|ou|à|-|–|,|/|puis){SPACE}?(?:le )?"

FULL = (
    Shape(
        name="in figures",
        pattern=re.compile(rf"[0-9]{_LEFT}{_PAIR}{_MARK}\d{_PAIR}{_MARK}[12](?:{SPACE}?\d){{3}}(?!\d|[/|]\d)"),
        score=0.9,
        plausible=_is_in_the_calendar,
    ),
    Shape(
        name="year first",
        pattern=re.compile(rf"[12]{_LEFT}\d{{3}}{_MARK}\d\d?{_MARK}\d\d?(?!\d|[/|\-]\d)"),
        score=0.9,
        plausible=_is_in_the_calendar,
    ),
    Shape(
        name="year cut short",
        pattern=re.compile(
            rf"[0-9]{_LEFT}(?<![A-Za-z].){_PAIR}(?P<mark>{SPACE}?[/\-.]{SPACE}?)\d{_PAIR}(?P=mark)\d{SPACE}?\d(?!\d|[/\-]\d|[.,]\d|"
            rf"{SPACE}\d(?!\d)){_NO_UNIT}"
        ),
        score=0.75,
        plausible=_is_no_numbering,
        against=_READING,
    ),
    Shape(
        name="day and month name",
        pattern=re.compile(
            rf"[0-9](?<!\d.)(?<!\d[.,].)(?:(?<=[0-3]){SPACE}?\d)?(?:er|ER|ier)?{SPACE}{{0,2}}[\-./]?{SPACE}?(?:de "
            rf")?{MONTH}\.?"
            rf"(?:{SPACE}{{0,2}}[\-./,]?{SPACE}?(?:de l'ann[ée]e |de )?(?:[12](?:{SPACE}?\d){{3}}|"
            rf"['’]?\d\d{_NO_UNIT})(?!\w))?(?!\w)"
        ),
        score=0.9,
        plausible=lambda match: 1 <= int(re.sub(r"\D", "", match[0][:3]) or 0) <= _LAST_DAY,
    ),
    Shape(
        name="month name and year",
        pattern=re.compile(
            rf"{MONTH}(?:\.?{SPACE}{{0,2}}[\-./,]?{SPACE}?(?:de l'ann[ée]e |de )?(?:{_YEAR}|(?:(?<=[\-/.])|"
            rf"(?<=[a-zA-Z])|['’])\d\d{_NO_UNIT})(?!\w)"
            rf"|(?={_SPAN_WORD}{MONTH}\.?{SPACE}?{_YEAR}(?!\d)))"
        ),
        score=0.85,
    ),
    Shape(
        name="digit by digit",
        pattern=re.compile(rf"[0-9](?<![\w.,].)(?:{SPACE}{{1,2}}\d){{7}}(?!\d)"),
        score=0.8,
        plausible=_stands_alone,
    ),
    Shape(
        name="compact",
        pattern=re.compile(r"[0-3](?<!\w.)(?<![.,].)\d{7}(?!\w)(?![.,]\d)"),
        score=0.6,
        plausible=_is_compact,
        against=CODES,
    ),
    Shape(
        name="with spaces",
        pattern=re.compile(
            rf"[0-3](?<![\w.,/].)(?<!\d .)\d(?P<mark>{SPACE})[01]\d(?P=mark){_YEAR}(?!\w|[.,]\d){_NO_UNIT}"
        ),
        score=0.7,
        plausible=lambda match: _is_a_day(int(match[0][:2]), int(match[0][3:5])),
    ),
    Shape(
        name="time stamp",
        pattern=re.compile(
            r"[12](?<!\w.)[09]\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|"
            r"2[0-3])[0-5]\d(?:[0-5]\d)?(?:\.\d{1,4})?"
            r"(?:[+\-]\d{4})?(?!\w)"
        ),
        score=0.75,
        against=CODES,
    ),
)
"""Shapes that name a day or a month of a year: birth dates are written so too."""

_PARTIAL = (
    Shape(
        name="month and year in figures",
        pattern=re.compile(
            rf"[0-9]{_LEFT}(?<![A-Za-z].)[0-9]?(?:{SPACE}?/|{SPACE}?-(?<=\d\d-){SPACE}?){SPACE}?{_YEAR}(?!\w|"
            rf"[/\-.,]\d)"
        ),
        score=0.7,
        plausible=lambda match: 1 <= int(_numbers(match)[0]) <= _LAST_MONTH,
        against=_SHORT_YEAR_READING,
    ),
    Shape(
        name="year and month in figures",
        pattern=re.compile(rf"[12]{_LEFT}(?:9|0)\d\d[\-/](?:0[1-9]|1[0-2])(?!\w|[/\-.,]\d)"),
        score=0.6,
        against=_READING,
    ),
    Shape(
        name="day and month in figures",
        pattern=re.compile(rf"[0-9]{_LEFT}(?<!\w.)\d?[/.\-]\d\d?(?!\w|[/\-.,]\d|{SPACE}?(?:mm|%|cm|mg|[èe]me))"),
        score=0.2,
        plausible=_is_day_and_month,
        context=re.compile(
            r"\b(?:le|du|au|depuis le|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|rdv|date|dat[ée] du) "
            r"?[:,]? ?$|"
            r"\b(?:le|du|au) \d\d?/\d\d?(?:,| et| au| puis| ou) ?(?:le |au )?$"
        ),
        with_context=0.7,
        against=CODES,
    ),
    Shape(
        name="first day of a range",
        pattern=re.compile(
            rf"[0-9]{_LEFT}(?<!\w.)\d?(?:er)?(?={_SPAN_WORD}\d\d?(?:er)?(?:{SPACE}{MONTH}|/\d\d?/\d\d))"
        ),
        score=0.7,
        plausible=lambda match: all(1 <= int(number) <= _LAST_DAY for number in re.findall(r"\d+", match[0])),
        against=re.compile(r"\b(?:ta|pa|entre|tension)\b[ :=]{0,3}$"),
    ),
    Shape(
        name="year with a reason",
        pattern=re.compile(rf"[12](?<![\w.,/].)(?:9\d\d|0\d\d)(?!\w|[.,]\d|[/\-]\d){_NO_UNIT}"),
        score=0.2,
        context=re.compile(
            r"(?:\b(?:en|depuis|ann[ée]es?|d[ée]but|fin|courant|[ée]t[ée]|hiver|printemps|automne|avant|apr[èe]s|"
            r"jusqu'en|vers|mi)|"
            r"\b(?:entre|de|des ann[ée]es) (?:19|20)\d\d (?:et|à)|\ben (?:19|20)\d\d(?:,| et| puis| ou)) ?$"
        ),
        after=re.compile(r"^ ?(?:à|-|–) ?(?:19|20)\d\d\b|^ et (?:en )?(?:19|20)\d\d\b"),
        with_context=0.7,
        against=CODES,
    ),
    Shape(
        name="year after an event",
        pattern=re.compile(rf"[12](?<![\w.,/].)(?:9\d\d|0\d\d)(?!\w|[.,]\d|[/\-]\d){_NO_UNIT}"),
        score=0.2,
        context=_EVENT,
        with_context=0.6,
        against=CODES,
    ),
    Shape(
        name="year that opens a line of history",
        pattern=re.compile(
            rf"^[ \t\-–•*·]{{0,6}}(?P<value>{_YEAR})(?={SPACE}{{0,2}}[:\-–,/]{SPACE}?[^\d\n])", re.MULTILINE
        ),
        score=0.7,
    ),
    Shape(
        name="year in brackets",
        pattern=re.compile(rf"\((?<=[a-zà-ÿ] .)(?<!al\. .)(?<!al .)(?P<value>{_YEAR})\)"),
        score=0.55,
        plausible=lambda match: (
            re.search(r"(?:^|\W)[a-zà-ÿ]{3,} $", match.string[max(0, match.start() - 30) : match.start()]) is not None
        ),
    ),
)


class Date(ShapeRecognizer):
    """Finds DATE; hours, durations and ages stay, since a model needs them and they name nobody."""

    label = Label.DATE
    shapes = (*FULL, *_PARTIAL)
    _spelled = Shape(name="in letters", pattern=re.compile(MONTH), score=0.9)

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield dates with the weekday before them, and those spelled out."""
        for found in super().find(text):
            day = WEEKDAY.search(text[max(0, found.start - 14) : found.start])
            yield Finding(found.start - len(day[0]), found.end, found.score, found.shape) if day else found
        for start, end in dates_in_letters(text):
            yield Finding(start, end, self._spelled.score, self._spelled)
