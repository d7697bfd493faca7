"""What a model needs of masked dates and cannot compute: ages, and days between dates.

Dates are read by a strict parser: what is partial, impossible or ambiguous is not computed. Nothing is said relative
to today but ages, and never more finely than in months: a provider knows on which day it is asked, so that "two days
ago" would give the date away. Above 89 years an age is not exact. No shifted date is ever made.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise

from filters.identifiers.entity import Label
from filters.identifiers.placeholders import Placeholder

MOST_FACTS = 20
"""Longest list of ages, and of intervals, that is worth the model's attention."""

OLDEST_SAID = 89
"""Above it, an age alone may identify."""

_MONTHS_SAID_UNDER = 3
_DAYS_SAID_UNDER = 60
_OLDEST_EVER = 110
_LONGEST_DATE = 40
_YEARS = range(1900, 2100)

_MONTHS = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars", "mar"),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil", "jul"),
    ("aout", "aou"),
    ("septembre", "sept", "sep"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)\b[.,]?\s*)?"
_SEPARATOR = r"\s*[/.\-|\s]\s*"
_FORMS = (
    re.compile(rf"(?:le\s+)?{_WEEKDAY}(?P<d>\d{{1,2}}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<y>\d{{4}}|\d{{2}})"),
    re.compile(rf"(?P<y>\d{{4}}){_SEPARATOR}(?P<m>\d{{1,2}}){_SEPARATOR}(?P<d>\d{{1,2}})"),
    re.compile(
        rf"(?:le\s+)?{_WEEKDAY}(?P<d>\d{{1,2}})(?:\s*er)?\s*[/.\-\s]?\s*(?P<name>[a-z]{{3,9}})\.?\s*[/.\-\s]?\s*"
        r"(?P<y>\d{4}|\d{2})"
    ),
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>(?:19|20)\d{2})"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
)
_SPACED_DIGITS = re.compile(r"\d(?:\s+\d){7}")


def read_date(text: str, today: dt.date, *, birth: bool = False) -> dt.date | None:
    """Return the one day that `text` writes, or None where it writes no day, or more than one could be meant.

    `today` places two-digit years: in this century unless that is to come, so a birth year that fits both a child and
    somebody over a hundred is not understood.
    """
    folded = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    folded = folded.casefold().strip()
    if len(folded) > _LONGEST_DATE:
        return None
    if _SPACED_DIGITS.fullmatch(folded):
        folded = re.sub(r"\s+", "", folded)
    days = {day for form in _FORMS if (match := form.fullmatch(folded)) and (day := _day(match, today, birth=birth))}
    return days.pop() if len(days) == 1 else None


def facts(values: Mapping[Placeholder, str], today: dt.date) -> list[str]:
    """Return short French sentences: ages, then intervals between dates; empty where nothing can be said."""
    dates: dict[Placeholder, dt.date] = {}
    births: dict[Placeholder, dt.date] = {}
    for placeholder, value in values.items():
        if placeholder.variant == 0 and placeholder.label in (Label.DATE, Label.DATE_NAISSANCE):
            birth = placeholder.label is Label.DATE_NAISSANCE
            day = read_date(value, today, birth=birth)
            if day is not None:
                (births if birth else dates)[placeholder] = day
    return [*_listed("Âges", _ages(births, dates, today)), *_listed("Intervalles", _intervals(dates))]


def _day(match: re.Match[str], today: dt.date, *, birth: bool) -> dt.date | None:
    groups = match.groupdict()
    month = _MONTH_NUMBERS.get(groups["name"]) if groups.get("name") else int(groups["m"])
    year = _year(groups["y"], today, birth=birth)
    if month is None or year not in _YEARS:
        return None
    try:
        return dt.date(year, month, int(groups["d"]))
    except ValueError:
        return None


def _year(digits: str, today: dt.date, *, birth: bool) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 (two-digit years)
        return year
    if not birth:
        # An appointment may be for next year.
        return 2000 + year if 2000 + year <= today.year + 1 else 1900 + year
    if 2000 + year > today.year:
        return 1900 + year
    return 2000 + year if today.year - (1900 + year) > _OLDEST_EVER else 0


def _ages(births: Mapping[Placeholder, dt.date], dates: Mapping[Placeholder, dt.date], today: dt.date) -> Iterable[str]:
    for placeholder, birth in births.items():
        years = _whole_years(birth, today)
        if years < 0:
            continue
        said = f"{placeholder} : {_age(birth, today, exact=False)}"
        # Under an age that may not be said, an older one and an interval would tell it all the same.
        earlier = {day: date for date, day in dates.items() if birth <= day <= today} if years <= OLDEST_SAID else {}
        if earlier:
            day = max(earlier)
            said += f", {_age(birth, day, exact=True)} au {earlier[day]}"
        yield said


def _age(birth: dt.date, day: dt.date, *, exact: bool) -> str:
    years = _whole_years(birth, day)
    if years > OLDEST_SAID:
        return f"> {OLDEST_SAID} ans"
    if years >= _MONTHS_SAID_UNDER:
        return f"{years} ans"
    if exact and (day - birth).days < _DAYS_SAID_UNDER:
        return f"{(day - birth).days} j"
    months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)
    return f"{months} mois" if months else "moins d’un mois"


def _whole_years(birth: dt.date, day: dt.date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _intervals(dates: Mapping[Placeholder, dt.date]) -> Iterable[str]:
    ordered = sorted(dates.items(), key=lambda item: (item[1], item[0].number))
    return (f"{later} = {earlier} + {(end - start).days} j" for (earlier, start), (later, end) in pairwise(ordered))


def _listed(title: str, said: Iterable[str]) -> list[str]:
    every = list(said)
    if not every:
        return []
    left_out = len(every) - MOST_FACTS
    more = f" ; {left_out} autres non calculés" if left_out > 0 else ""
    return [f"{title} : {' ; '.join(every[:MOST_FACTS])}{more}."]
