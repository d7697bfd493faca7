"""Dates in every form people type: a form is drawn first, then the date is written in it."""

# ruff: noqa: PLR2004  # numbers here are shares: how often a form is drawn

import random
from collections.abc import Callable
from datetime import date

from filters.identifiers.training.values.wording import under_hundred, year

TODAY = date(2026, 6, 30)
"""The day the corpus was written, for ages: a clock would give other texts each day."""

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_SHORT = ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")
_SHORTER = ("jan", "fév", "mar", "avr", "mai", "jun", "jul", "aou", "sep", "oct", "nov", "dec")
_BARE = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SEASONS = (
    "été", "été", "printemps", "automne", "hiver", "hiver", "Noël", "Pâques", "rentrée", "Toussaint", "Pentecôte",
    "vendanges", "Ramadan",
)  # fmt: skip
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SHORT_DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")

Write = Callable[[date], str]


def _month(day: date) -> str:
    return _MONTHS[day.month - 1]


def _short(day: date) -> str:
    return _SHORT[day.month - 1]


def _shorter(day: date) -> str:
    return _SHORTER[day.month - 1]


def _bare(day: date) -> str:
    return _BARE[day.month - 1]


def _first(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _weekday(day: date) -> str:
    return _DAYS[day.weekday()]


def _short_weekday(day: date) -> str:
    return _SHORT_DAYS[day.weekday()]


def _english(day: date) -> str:
    return _ENGLISH[day.month - 1]


def _short_english(day: date) -> str:
    return "Sept" if day.month == 9 else _english(day)[:3]


def _ordinal(day: date) -> str:
    ending = "th" if day.day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending}"


def _day_in_words(day: date) -> str:
    return "premier" if day.day == 1 else under_hundred(day.day)


_WHOLE: tuple[tuple[int, Write], ...] = (
    (30, lambda d: f"{d:%d/%m/%Y}"),
    (10, lambda d: f"{d:%d/%m/%y}"),
    (4, lambda d: f"{d.day}/{d.month}/{d:%Y}"),
    (4, lambda d: f"{d.day}/{d.month}/{d:%y}"),
    (3, lambda d: f"{d.day}/{d:%m/%Y}"),
    (4, lambda d: f"{d:%d-%m-%Y}"),
    (3, lambda d: f"{d:%d-%m-%y}"),
    (5, lambda d: f"{d:%d.%m.%Y}"),
    (3, lambda d: f"{d:%d.%m.%y}"),
    (2, lambda d: f"{d.day}.{d.month}.{d:%y}"),
    (5, lambda d: f"{d:%Y-%m-%d}"),
    (2, lambda d: f"{d:%Y/%m/%d}"),
    (2, lambda d: f"{d:%d%m%Y}"),
    (1, lambda d: f"{d:%d%m%y}"),
    (1, lambda d: f"{d:%Y%m%d}"),
    (2, lambda d: f"{d:%d %m %Y}"),
    (2, lambda d: f"{d:%d %m %y}"),
    (1, lambda d: f"{d:%d / %m / %Y}"),
    (1, lambda d: " ".join(f"{d:%d%m%Y}")),
    (1, lambda d: f"{d:%d/%m}/ {d:%Y}"),
    (16, lambda d: f"{_first(d)} {_month(d)} {d:%Y}"),
    (3, lambda d: f"{_first(d)} {_month(d).capitalize()} {d:%Y}"),
    (3, lambda d: f"{_first(d)} {_month(d).upper()} {d:%Y}"),
    (4, lambda d: f"{_first(d)} {_bare(d)} {d:%Y}"),
    (1, lambda d: f"{d:%d} {_month(d)} {d:%y}"),
    (2, lambda d: f"{_first(d)} {_short(d)}. {d:%Y}"),
    (2, lambda d: f"{_first(d)} {_short(d)} {d:%Y}"),
    (1, lambda d: f"{d:%d} {_shorter(d)} {d:%y}"),
    (1, lambda d: f"{d:%d}-{_shorter(d)}-{d:%Y}"),
    (1, lambda d: f"{d:%d}{_shorter(d)}{d:%Y}"),
    (1, lambda d: f"{d:%d}{_shorter(d).upper()}{d:%y}"),
    (1, lambda d: f"{_first(d)}-{_month(d)}-{d:%Y}"),
    (1, lambda d: f"{_day_in_words(d)} {_month(d)} {year(d.year)}"),
    (1, lambda d: f"le {_day_in_words(d)} {_month(d)} {year(d.year)}"),
)
_CARE: tuple[tuple[int, Write], ...] = (
    *_WHOLE,
    (5, lambda d: f"{_weekday(d)} {_first(d)} {_month(d)} {d:%Y}"),
    (4, lambda d: f"{_weekday(d)} {_first(d)} {_month(d)}"),
    (2, lambda d: f"{_weekday(d).capitalize()} {_first(d)} {_month(d).capitalize()}"),
    (3, lambda d: f"{_weekday(d)} {d:%d/%m}"),
    (2, lambda d: f"{_short_weekday(d)}. {d.day}/{d:%m}"),
    (2, lambda d: f"{_short_weekday(d)} {d:%d/%m/%y}"),
    (1, lambda d: f"{_weekday(d)} {d:%d/%m/%Y}"),
    (16, lambda d: f"{d:%d/%m}"),
    (5, lambda d: f"{d.day}/{d.month}"),
    (2, lambda d: f"{d:%d-%m}"),
    (2, lambda d: f"{d:%d.%m}"),
    (10, lambda d: f"{_first(d)} {_month(d)}"),
    (2, lambda d: f"{_first(d)} {_month(d).capitalize()}"),
    (3, lambda d: f"{_first(d)} {_bare(d)}"),
    (2, lambda d: f"{_first(d)} {_short(d)}."),
    (2, lambda d: f"{_first(d)} {_short(d)}"),
    (1, lambda d: f"{d:%d}{_shorter(d)}"),
    (1, lambda d: f"{_day_in_words(d)} {_month(d)}"),
    (5, lambda d: f"{_month(d)} {d:%Y}"),
    (3, lambda d: f"{d:%m/%Y}"),
    (1, lambda d: f"{d:%m/%y}"),
    (1, lambda d: f"{d:%d%m}"),
)
_MONTH_AND_YEAR: tuple[tuple[int, Write], ...] = (
    (12, lambda d: f"{_month(d)} {d:%Y}"),
    (3, lambda d: f"{_month(d).capitalize()} {d:%Y}"),
    (2, lambda d: f"{_month(d).upper()} {d:%Y}"),
    (4, lambda d: f"{_bare(d)} {d:%Y}"),
    (7, lambda d: f"{d:%m/%Y}"),
    (2, lambda d: f"{d.month}/{d:%Y}"),
    (2, lambda d: f"{d:%m/%y}"),
    (1, lambda d: f"{d:%m-%Y}"),
    (1, lambda d: f"{d:%m.%Y}"),
    (1, lambda d: f"{d:%Y-%m}"),
    (2, lambda d: f"{_short(d)}. {d:%Y}"),
    (2, lambda d: f"{_short(d)} {d:%y}"),
    (2, lambda d: f"{_month(d)} {d:%y}"),
    (1, lambda d: f"{_month(d)} '{d:%y}"),
    (1, lambda d: f"{_shorter(d)}{d:%Y}"),
    (1, lambda d: f"{_shorter(d)}{d:%y}"),
    (1, lambda d: f"{_month(d)} {year(d.year)}"),
)
_MONTH_ALONE: tuple[tuple[int, Write], ...] = (
    (12, _month),
    (4, _bare),
    (2, lambda d: _month(d).capitalize()),
    (1, lambda d: f"{_short(d)}."),
    (1, _short),
)
_DAY_ALONE: tuple[tuple[int, Write], ...] = (
    (8, _first),
    (1, lambda d: f"{d:%d}"),
    (5, lambda d: f"{_weekday(d)} {_first(d)}"),
    (2, lambda d: f"{_short_weekday(d)} {d.day}"),
    (1, lambda d: f"{_short_weekday(d)}. {d:%d}"),
)
_WEEKDAY_AND_FIGURES: tuple[tuple[int, Write], ...] = (
    (5, lambda d: f"{_short_weekday(d)} {d.day}/{d.month}"),
    (3, lambda d: f"{_short_weekday(d)} {d:%d/%m}"),
    (2, lambda d: f"{_short_weekday(d)}. {d:%d/%m}"),
    (2, lambda d: f"{_short_weekday(d).capitalize()} {d:%d/%m}"),
    (1, lambda d: f"{_short_weekday(d).capitalize()} {d.day}.{d.month}"),
    (1, lambda d: f"{_weekday(d).capitalize()} {d.day}/{d.month}"),
)
_ENGLISH_WHOLE: tuple[tuple[int, Write], ...] = (
    (5, lambda d: f"{d.day} {_english(d)} {d:%Y}"),
    (3, lambda d: f"{_english(d)} {d.day}, {d:%Y}"),
    (2, lambda d: f"{_ordinal(d)} {_english(d)} {d:%Y}"),
    (2, lambda d: f"{_short_english(d)} {d.day}, {d:%Y}"),
    (2, lambda d: f"{d.day} {_short_english(d)} {d:%Y}"),
    (1, lambda d: f"{d:%d}-{_short_english(d)}-{d:%Y}"),
    (1, lambda d: f"{_english(d)} {_ordinal(d)}, {d:%Y}"),
    (1, lambda d: f"{_ordinal(d)} of {_english(d)} {d:%Y}"),
)
_ENGLISH_CARE: tuple[tuple[int, Write], ...] = (
    *_ENGLISH_WHOLE,
    (6, lambda d: f"{d.day} {_english(d)}"),
    (4, lambda d: f"{_english(d)} {d.day}"),
    (3, lambda d: f"{_short_english(d)} {d.day}"),
    (2, lambda d: f"{d.day} {_short_english(d)}"),
    (2, lambda d: f"{_english(d)} {_ordinal(d)}"),
    (1, lambda d: f"{_ordinal(d)} of {_english(d)}"),
    (2, lambda d: f"{_english(d)} {d:%Y}"),
    (1, lambda d: f"{_short_english(d)} {d:%Y}"),
)
_COMPACT: tuple[tuple[int, Write], ...] = (
    (8, lambda d: f"{d:%d%m%Y}"),
    (3, lambda d: f"{d:%d%m%y}"),
    (2, lambda d: f"{d:%Y%m%d}"),
)
_ISO: tuple[tuple[int, Write], ...] = ((9, lambda d: f"{d:%Y-%m-%d}"), (1, lambda d: f"{d:%Y/%m/%d}"))


def _spread(forms: tuple[tuple[int, Write], ...]) -> tuple[Write, ...]:
    return tuple(write for weight, write in forms for _ in range(weight))


_FORMS = {
    "": _spread(_CARE),
    "whole": _spread(_WHOLE),
    "month": _spread(_MONTH_AND_YEAR),
    "compacte": _spread(_COMPACT),
    "iso": _spread(_ISO),
    "month_alone": _spread(_MONTH_ALONE),
    "day_alone": _spread(_DAY_ALONE),
    "weekday": _spread(_WEEKDAY_AND_FIGURES),
    "english": _spread(_ENGLISH_CARE),
    "english_whole": _spread(_ENGLISH_WHOLE),
}


class Dates:
    """Draws dates and writes them."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def birth(self) -> date:
        """Return a day of birth: all ages, the old more often, as in a hospital."""
        drawn = self._rng.random()
        age = self._rng.triangular(40, 102, 76) if drawn < 0.6 else self._rng.uniform(0, 70 if drawn < 0.85 else 18)
        return date.fromordinal(TODAY.toordinal() - int(age * 365.25))

    def care(self) -> date:
        """Return a day of care, mostly of the last years, now and then of long ago or still to come."""
        drawn = self._rng.random()
        span = (-250, 2600) if drawn < 0.8 else (-1200, 9000) if drawn < 0.95 else (9000, 26000)
        return date.fromordinal(TODAY.toordinal() - self._rng.randint(*span))

    def written(self, day: date, form: str = "") -> str:
        """Return the day in a form drawn: any, or one of the forms that `_FORMS` names."""
        return self._rng.choice(_FORMS[form])(day)

    def year(self) -> str:
        """Return a year, rarely in two digits or in words."""
        number = self.care().year
        drawn = self._rng.random()
        return f"{number % 100:02d}" if drawn < 0.04 else year(number) if drawn < 0.05 else str(number)

    def season(self) -> str:
        """Return a part of a year as people remember it: a season, a feast, a winter over two years."""
        number = self.care().year
        season = self._rng.choice(_SEASONS)
        if season == "hiver" and self._rng.random() < 0.4:
            following = self._rng.choice((str(number + 1), f"{(number + 1) % 100:02d}"))
            return f"hiver {number}{self._rng.choice(('-', '/'))}{following}"
        return f"{season} {number}"

    def old_age_in_words(self) -> str:
        """Return an age over 89, as a letter spells it out."""
        age = 90 + int(self._rng.random() ** 2 * 15)
        return under_hundred(age) if age < 100 else f"cent {under_hundred(age - 100)}" if age > 100 else "cent"

    def old_age(self) -> str:
        """Return an age over 89."""
        age = 90 + int(self._rng.random() ** 2 * 19)
        return str(age) if self._rng.random() < 0.97 or age > 99 else under_hundred(age)
