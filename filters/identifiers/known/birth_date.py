"""How a birth date is written: in figures in any order, with the month in words, in words altogether, cut short."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import product

from filters.identifiers.entity import Label
from filters.identifiers.known.form import Form
from filters.identifiers.known.numerals import spelled, spelled_year
from filters.identifiers.known.reading import Reading

_MONTH_WORDS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
_MONTHS = tuple(_MONTH_WORDS.split())
_OTHER_MONTHS = {"juin": ("jun",), "juillet": ("jul",)}
_SHORTEST_MONTH = 3
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")

_NUMBER = (
    r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|"
    r"quarante|cinquante|soixante|cents?|milles?|mil|et)"
)
_YEAR_AFTER = re.compile(
    r"[\W_]{0,4}(?:(?:de l.an(?:nee)?|de|en) )?"
    r"(?P<year>(?:1[89]|2[0o])[\do]{2}(?!\d)|[12](?: [\do]){3}(?! ?\d)|[\do]{2}(?!\w)"
    rf"|{_NUMBER}(?:[\W_]{{0,3}}{_NUMBER}){{0,9}}(?![a-z]))"
)
_WHOLE_YEAR = re.compile(r"[12]\d{3}|(?:dix.{3,6}cent|mil|deuxmil)")
_DAY_BEFORE = re.compile(
    r"(?:(?<!\d)[0-3]?\d(?: ?er)?|premier|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|"
    r"quinze|seize|vingt|trente)(?: de)?[\W_]{0,3}$"
)
_BIRTH_BEFORE = re.compile(
    r"(?<![a-z])(?:nee?s?(?:\(e\))?|ne/nee|naissance|naiss|ddn|dob|natif|native)(?![a-z])"
    r"(?:[\W_]{1,3}(?:en|le|l|an|annee|de|vers|est)(?![a-z])){0,4}[\W_]{0,3}$"
)
_LOOK_BACK = 40
_FIGURES = 6
"""Fewer figures, or a two-digit year without its zeros, say nothing unless they stand apart."""


def is_date(text: str) -> bool:
    """Whether a text is a date of FHIR: a day, a month or a year."""
    return _DATE.fullmatch(text) is not None


def forms(birth_date: str) -> Iterator[Form]:
    """Yield how a birth date is written; nothing for what is no date."""
    match = _DATE.fullmatch(birth_date)
    if match is None:
        return
    year = match["year"]
    yield Form((year,), Label.DATE_NAISSANCE, gap=2, judge=_after_a_birth)
    if match["month"] is None:
        return
    month = int(match["month"])
    yield from _month_and_year(month, year, day_known=match["day"] is not None)
    if match["day"] is not None:
        day = int(match["day"])
        yield from _figures(day, month, year)
        yield from _month_in_words(day, month, year)


def _figures(day: int, month: int, year: str) -> Iterator[Form]:
    """Yield day, month and year in figures, in the four orders of the world."""
    for written, short, shown in product(_padded(day), _padded(month), (year, year[2:])):
        orders = ((written, short, shown), (short, written, shown), (shown, short, written), (shown, written, short))
        figures = len(written) + len(short) + len(shown)
        certain = figures == len("01012000")
        clear = figures > _FIGURES or (figures == _FIGURES and len(shown) == len("00"))
        for parts in dict.fromkeys(orders):
            yield Form(
                parts,
                Label.DATE_NAISSANCE,
                gap=5,
                whole=not certain,
                apart=not clear,
                judge=None if certain else _outside_a_row,
            )


def _month_in_words(day: int, month: int, year: str) -> Iterator[Form]:
    """Yield the day and the month in words or figures; the year that follows is read where they are found."""
    days = {*_padded(day), *spelled(day)}
    if day == 1:
        days |= {"1er", "01er", "premier"}
    judge = partial(_with_its_year, years=_years(year))
    for written, name in product(sorted(days), _month_names(month)):
        yield Form((written, name), Label.DATE_NAISSANCE, gap=3, judge=judge)
        yield Form((written, "de", name), Label.DATE_NAISSANCE, gap=2, judge=judge)


def _month_and_year(month: int, year: str, *, day_known: bool) -> Iterator[Form]:
    """Yield a month and its year; where the day is known, a month with another day is another date."""
    figures = _outside_a_row if day_known else None
    for parts in (*((written, year) for written in _padded(month)), (year, f"{month:02}")):
        yield Form(parts, Label.DATE_NAISSANCE, gap=3, apart=True, judge=figures)
    judge = partial(_month_of_its_year, years=_years(year), day_known=day_known)
    for name in _month_names(month):
        yield Form((name,), Label.DATE_NAISSANCE, gap=0, judge=judge)


def _month_names(month: int) -> tuple[str, ...]:
    """Return a month, whole and cut anywhere."""
    name = _MONTHS[month - 1]
    return (*(name[:end] for end in range(_SHORTEST_MONTH, len(name) + 1)), *_OTHER_MONTHS.get(name, ()))


def _padded(number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((f"{number:02}", str(number))))


def _years(year: str) -> frozenset[str]:
    return frozenset({year, year[2:]}) | spelled_year(int(year))


def _with_its_year(reading: Reading, start: int, end: int, years: frozenset[str]) -> tuple[int, int] | None:
    """Take in the year that follows a day; the same day of another year is another date."""
    following = _YEAR_AFTER.match(reading.folded, end)
    if following is None:
        return start, end
    year = _read(following["year"])
    if year in years:
        return start, following.end()
    return None if _WHOLE_YEAR.match(year) else (start, end)


def _month_of_its_year(
    reading: Reading, start: int, end: int, years: frozenset[str], *, day_known: bool
) -> tuple[int, int] | None:
    following = _YEAR_AFTER.match(reading.folded, end)
    if following is None or _read(following["year"]) not in years:
        return None
    other_day = day_known and _DAY_BEFORE.search(_before(reading, start))
    return None if other_day else (start, following.end())


def _read(year: str) -> str:
    """Return a year as it is compared: its figures, or its words."""
    together = "".join(filter(str.isalnum, year))
    return together.replace("o", "0") if any(map(str.isdigit, together)) else together


def _after_a_birth(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    return (start, end) if _BIRTH_BEFORE.search(_before(reading, start)) else None


def _outside_a_row(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Refuse figures that a longer row goes on with: a telephone number is written in pairs as well."""
    text = reading.folded
    mark = next((sign for sign in text[start:end] if not sign.isalnum()), "")
    before = mark and start > 1 and text[start - 1] == mark and text[start - 2].isdigit()
    after = mark and text[end : end + 1] == mark and text[end + 1 : end + 2].isdigit()
    return None if before or after else (start, end)


def _before(reading: Reading, start: int) -> str:
    return reading.folded[max(0, start - _LOOK_BACK) : start]
