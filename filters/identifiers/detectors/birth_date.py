"""Birth dates: any date, year or short date that follows a word of birth, in prose, forms and pasted messages.

The masker computes an age from what is found here, so the word must be about this date: a date that merely comes
later in the sentence is left to the recogniser of dates.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.calendar_words import WEEKDAY, dates_in_letters
from filters.identifiers.detectors.context import left_of
from filters.identifiers.detectors.date import FULL
from filters.identifiers.detectors.pattern import SPACE, Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_NAME = r"[A-ZÀ-Ý][\w'’\-]{0,30}"
_LOWER = r"(?!(?:le|vue?|est|suivie?|admise?|a|qui|et)\b)[a-zà-ÿ][\w'’\-]{2,30}"
_BORN = (
    r"[nN](?<!\w.)(?:"
    rf"[éeÉE](?:[eE]|\([eE]\)|[.·][eE])?[sS]?{SPACE}{{1,2}}(?:le|LE|en|EN|un)\b"
    rf"|(?:é|É|ée|ÉE|ee|EE|é\(e\)|É\(E\)){SPACE}{{1,2}}(?:(?:à|a|de|À|A|DE|{_NAME}|"
    rf"{_LOWER}|\(\d{{2,5}}\)){SPACE}{{1,2}}){{1,7}}(?:,{SPACE}?)?(?:le|LE|en|EN)\b"
    rf"|(?:é|É|ée|ÉE|ee|EE|é\(e\)|É\(E\)){SPACE}{{0,2}}:?{SPACE}{{0,2}}(?=\d|(?i:lun|mar|mer|jeu|ven|sam|"
    rf"dim)[a-z.,]{{0,7}}{SPACE}))"
)
_FORM = (
    r"[dDbBnN](?:(?<!\w.)(?i:\.?d\.?n\b\.?|\.o\.b\b\.?|ob\b|orn\b)|(?i:ate[ _]?(?:de[ _]?)?naiss(?:ance)?|irth(?:[ "
    r"_]?(?:date|time|day))?|"
    r"aiss(?:ance|\.)))"
)
_WORD = re.compile(rf"{_BORN}|{_FORM}")
_NOT_A_BIRTHDAY = re.compile(
    r"(?:re|poids|taille|p[ée]rim[èe]tre|pc|pn|terme|apgar|lieu|ville|pays|nom|rang|cri|depuis|avant)(?: (?:de|à|à "
    r"la|la|sa))? ?$"
)
_NO_GAP = re.compile(r"\b(?:apgar|poids|taille|pc|terme|ph|ta|ipp|nir|t[ée]l|age|vue?|revue?)\b", re.IGNORECASE)
"""Words that announce another figure between the word of birth and it."""
_GAP = re.compile(r"(?:[^\d\n]|\((?=[^)\n]{1,12}\))[^)\n]{1,12}\)){0,45}?(?:\n[ \t|:]{0,4})?(?=\d)")
_REACH = 60

_SHORT = Shape(
    name="short",
    pattern=re.compile(rf"[0-3](?<!\w.)\d(?P<mark>{SPACE}?)[01]\d(?P=mark)\d\d(?!\w|[.,/]\d)"),
    score=0.9,
    plausible=lambda match: "01" <= match[0][:2] <= "31" and "01" <= re.sub(r"\D", "", match[0])[2:4] <= "12",
)
_SPACED = Shape(
    name="single figures",
    pattern=re.compile(
        rf"[0-3]?\d(?P<mark>[.\-]|{SPACE})(?:0?[1-9]|1[0-2])(?P=mark)(?:(?:18|19|20)\d\d|\d\d)(?!\w|[.,/]\d)"
    ),
    score=0.9,
)
_YEAR = Shape(
    name="year",
    pattern=re.compile(rf"(?:18|19|20)\d\d(?!\w|[.,/\-]\d|{SPACE}?(?:g\b|grammes|kg|cm))"),
    score=0.9,
)
_MONTH_YEAR = Shape(
    name="month and year", pattern=re.compile(r"(?:0?[1-9]|1[0-2])[/\-. ](?:19|20)\d\d(?!\d)"), score=0.9
)
_SHORT_YEAR = Shape(
    name="short year",
    pattern=re.compile(rf"\d\d(?<=[eE][nN] \d\d)(?!\w|[.,/\-]\d|{SPACE}?(?:SA\b|sa\b|sem))"),
    score=0.9,
)
_SHAPES = (*FULL, _MONTH_YEAR, _SHORT, _SPACED, _YEAR, _SHORT_YEAR)
_NAMED_MONTH = next(shape for shape in FULL if shape.name == "month name and year")
_FIELD = re.compile(r"(?:PID|NK1)\|(?:[^|\r\n]{0,250}\|){6,16}?(?=\d)")


class BirthDate(ShapeRecognizer):
    """Finds DATE_NAISSANCE, surer than the plain date that stands in the same place."""

    label = Label.DATE_NAISSANCE
    _spelled = Shape(name="in letters", pattern=_WORD, score=0.97)

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield the first date after each word of birth, and the birth field of HL7 segments."""
        for word in _WORD.finditer(text):
            if _NOT_A_BIRTHDAY.search(left_of(text, word.start())):
                continue
            yield from self._after(text, word.end())
        for segment in _FIELD.finditer(text):
            if left_of(text, segment.end()) in {"pid-7: ", "nk1-16: "}:
                yield from self._at(text, segment.end())

    def _after(self, text: str, position: int) -> Iterator[Finding]:
        gap = _GAP.match(text, position)
        gap = None if gap and _NO_GAP.search(gap[0]) else gap
        stop = gap.end() if gap else min(len(text), position + _REACH)
        spelled = next(dates_in_letters(text, position, min(len(text), stop + _REACH)), None)
        month = _NAMED_MONTH.pattern.search(text, position, stop + _REACH)
        if spelled and spelled[0] <= stop:
            yield Finding(*spelled, self._spelled.score, self._spelled)
        elif month and month.start() < stop:
            yield Finding(*month.span(), self._spelled.score, _NAMED_MONTH)
        elif gap:
            yield from self._at(text, stop)

    def _at(self, text: str, position: int) -> Iterator[Finding]:
        for shape in _SHAPES:
            date = shape.pattern.match(text, position)
            if date is not None and (shape.plausible is None or shape.plausible(date)):
                day = WEEKDAY.search(text[max(0, position - 14) : position])
                yield Finding(position - len(day[0]) if day else position, date.end(), self._spelled.score, shape)
                return
