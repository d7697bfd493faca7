"""Dates of care: in figures with any separator, digit by digit, compact, in letters, in part or misspelt."""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.calendar_words import (
    ANY_MONTH,
    ENGLISH_CAPITAL,
    ENGLISH_MONTH,
    ENGLISH_SIGNS,
    MONTH,
    WEEKDAY,
    dates_in_letters,
    is_misspelt_month,
    is_whole_month,
)
from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.day import (
    LEFT,
    NO_UNIT,
    READING,
    SPAN_WORD,
    YEAR,
    is_a_day,
    is_in_the_calendar,
    is_no_numbering,
)
from filters.identifiers.detectors.lone_year import LONE_YEAR
from filters.identifiers.detectors.partial_date import PARTIAL
from filters.identifiers.detectors.pattern import SPACE, Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_PAIR = rf"(?:{SPACE}?\d)?"
_MARK = rf"{SPACE}?[/\-.|\u2010\u2011\u2013]{SPACE}?"
_FIGURE = "[0-9OolI]"
_TOLD = re.compile(r"(?:\b(?:en|depuis|d[ée]but|fin|courant|avant|apr[èe]s|vers)\s|\bmi[\- ]|\()$", re.IGNORECASE)
_MISREAD = str.maketrans("OolI", "0011")


def _is_compact(match: re.Match[str]) -> bool:
    number = re.sub(r"\D", "", match[0])
    day_first = is_a_day(int(number[:2]), int(number[2:4])) and number[4:6] in {"19", "20"}
    year_first = number[:2] in {"19", "20"} and is_a_day(int(number[6:8]), int(number[4:6]))
    return day_first or year_first


def _stands_alone(match: re.Match[str]) -> bool:
    """Return whether these eight single digits are a day, and no part of a longer row of single digits."""
    before, after = match.string[max(0, match.start() - 3) : match.start()], match.string[match.end() : match.end() + 4]
    return _is_compact(match) and not re.search(rf"(?<!\w)\d{SPACE}$", before) and not re.match(rf"{SPACE}\d\b", after)


def _is_misread(match: re.Match[str]) -> bool:
    """Return whether letters that a scanner took for digits, read as digits, give a day."""
    day, month, _ = re.split(r"[/.\-]", match[0].translate(_MISREAD))
    return not match[0].replace(match["mark"], "").isdigit() and is_a_day(int(day), int(month))


def _is_misspelt(match: re.Match[str]) -> bool:
    return is_misspelt_month(match["month"])


def _is_no_other_word(match: re.Match[str]) -> bool:
    """Return whether a month before two figures is one: `mai` and `sept` are other words as well."""
    if match[0][:3].lower() not in {"mai", "sep", "mar"} or match[0][:4].lower() == "mars":
        return re.search(r"(?<!\bmi)-$", match.string[max(0, match.start() - 4) : match.start()].lower()) is None
    return _TOLD.search(match.string[max(0, match.start() - 12) : match.start()]) is not None


FULL = (
    Shape(
        name="in figures",
        pattern=re.compile(rf"[0-9]{LEFT}{_PAIR}{_MARK}\d{_PAIR}{_MARK}[12](?:{SPACE}?\d){{3}}(?!\d|[/|]\d)"),
        score=0.9,
        plausible=is_in_the_calendar,
    ),
    Shape(
        name="year first",
        pattern=re.compile(rf"[12]{LEFT}\d{{3}}{_MARK}\d\d?{_MARK}\d\d?(?!\d|[/|\-]\d)"),
        score=0.9,
        plausible=is_in_the_calendar,
    ),
    Shape(
        name="year cut short",
        pattern=re.compile(
            rf"[0-9]{LEFT}(?<![A-Za-z].){_PAIR}(?P<mark>{SPACE}?[/\-.]{SPACE}?)\d{_PAIR}(?P=mark)\d{SPACE}?\d(?!\d|"
            rf"[/\-]\d|[.,]\d|"
            rf"{SPACE}\d(?![\da-zèé:/])){NO_UNIT}"
        ),
        score=0.75,
        plausible=is_no_numbering,
        against=READING,
    ),
    Shape(
        name="day and month name",
        pattern=re.compile(
            rf"[0-9](?<!\d.)(?<!\d[.,].)(?:(?<=[0-3]){SPACE}?\d)?(?:{SPACE}?(?:er|ER|ier|"
            rf"°))?{SPACE}{{0,2}}[\-./]?{SPACE}?(?:de "
            rf")?{MONTH}\.?"
            rf"(?:{SPACE}{{0,2}}[\-./,]?{SPACE}?(?:de l'ann[ée]e |de )?(?:[12](?:{SPACE}?\d){{3}}|"
            rf"['’]?\d\d{NO_UNIT})(?!\w))?(?!\w)"
        ),
        score=0.9,
        plausible=lambda match: 1 <= int(re.sub(r"\D", "", match[0][:3]) or 0) <= 31,  # noqa: PLR2004 (days of a month)
    ),
    Shape(
        name="month name and year",
        pattern=re.compile(
            rf"{MONTH}(?:\.?{SPACE}{{0,2}}[\-./,]?{SPACE}?(?:de l'ann[ée]e |de )?(?:{YEAR}|(?:(?<=[\-/.])|"
            rf"(?<=[a-zA-Z])|['’])\d\d{NO_UNIT})(?!\w)"
            rf"|(?={SPAN_WORD}{MONTH}\.?{SPACE}?{YEAR}(?!\d)))"
        ),
        opening=ANY_MONTH,
        score=0.85,
    ),
    Shape(
        name="month after its preposition",
        pattern=re.compile(MONTH),
        opening=ANY_MONTH,
        score=0.2,
        context=_TOLD,
        with_context=0.6,
        plausible=lambda match: is_whole_month(match[0]),
    ),
    Shape(
        name="month name and short year",
        pattern=re.compile(rf"{MONTH}\.?{SPACE}(?:0\d|1\d|2\d|9\d)(?!\w|[.,/:\-]\d){NO_UNIT}"),
        opening=ANY_MONTH,
        score=0.6,
        plausible=_is_no_other_word,
    ),
    Shape(
        name="misspelt month",
        pattern=re.compile(
            rf"[0-9](?<![\w.,/].)(?:(?<=[0-3])\d)?(?:er)?[ \-./]?(?P<month>[A-Za-zà-ÿÀ-Ý]{{4,10}})(?![\w])\.?"
            rf"(?:[ \-./]?(?:{YEAR}|\d\d(?<=[ \-/]\d\d))(?!\w){NO_UNIT})?"
        ),
        score=0.75,
        plausible=_is_misspelt,
    ),
    Shape(
        name="English month",
        pattern=re.compile(
            rf"[0-9](?<![\w.,/].)(?:(?<=[0-3])\d)?(?:st|nd|rd|"
            rf"th)?[ \-/]?{ENGLISH_MONTH}[.,]?[ \-/]{{0,2}}(?:{YEAR}(?!\w)|"
            rf"\d\d(?<=[\-/]\d\d)(?!\w))"
        ),
        score=0.85,
    ),
    Shape(
        name="English month first",
        pattern=re.compile(rf"{ENGLISH_MONTH}\.? (?:\d\d?(?:st|nd|rd|th)?,? )?{YEAR}(?!\w)"),
        opening=ANY_MONTH,
        score=0.8,
    ),
    Shape(
        name="English day and month",
        pattern=re.compile(rf"[0-9](?<![\w.,/].)(?:(?<=[0-3])\d)?(?:st|nd|rd|th)?(?: of)? (?:{ENGLISH_CAPITAL})(?!\w)"),
        score=0.7,
        requires=ENGLISH_SIGNS,
    ),
    Shape(
        name="English month and day",
        pattern=re.compile(
            rf"(?<!\w)(?:{ENGLISH_CAPITAL})\.? (?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\w|[.,:/]\d){NO_UNIT}"
        ),
        score=0.7,
        requires=ENGLISH_SIGNS,
    ),
    Shape(
        name="misread figures",
        pattern=re.compile(
            rf"{_FIGURE}(?<![\w.,/].){_FIGURE}?(?P<mark>[/.\-]){_FIGURE}{{1,2}}(?P=mark)[12Il]{_FIGURE}{{3}}(?![\w/])"
        ),
        score=0.75,
        plausible=_is_misread,
    ),
    Shape(
        name="digit by digit",
        pattern=re.compile(rf"[0-9](?<![\w.,].)(?:{SPACE}{{1,2}}\d){{7}}(?!\d)"),
        score=0.8,
        plausible=_stands_alone,
    ),
    Shape(
        name="compact",
        pattern=re.compile(r"[0-3](?<!\w.)(?<![.,].)\d{7}(?:(?!\w)|(?=T\d{4}))(?![.,]\d)"),
        score=0.6,
        plausible=_is_compact,
        against=CODES,
    ),
    Shape(
        name="with spaces",
        pattern=re.compile(
            rf"[0-3](?<![\w.,/].)(?<!\d .)\d(?P<mark>{SPACE})[01]\d(?P=mark){YEAR}(?!\w|[.,]\d){NO_UNIT}"
        ),
        score=0.7,
        plausible=lambda match: is_a_day(int(match[0][:2]), int(match[0][3:5])),
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


class Date(ShapeRecognizer):
    """Finds DATE; hours, durations and ages stay, since a model needs them and they name nobody."""

    label = Label.DATE
    shapes = (*FULL, *PARTIAL, *LONE_YEAR)
    _spelled = Shape(name="in letters", pattern=re.compile(MONTH), score=0.9)

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield dates with the weekday before them, and those spelled out."""
        for found in super().find(text):
            day = WEEKDAY.search(text[max(0, found.start - 14) : found.start])
            yield Finding(found.start - len(day[0]), found.end, found.score, found.shape) if day else found
        for start, end in dates_in_letters(text):
            yield Finding(start, end, self._spelled.score, self._spelled)
