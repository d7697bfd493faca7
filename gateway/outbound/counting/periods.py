"""Days, weeks and months as the hospital's clocks show them. Pure."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

_SHAPE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

_QUARTER: Final = 900
"""Seconds: every zone in use is off from UTC by whole quarters of an hour, so all of a quarter is on one day."""

_REMEMBERED: Final = 10_000


class Grain(StrEnum):
    """How fine a trend is."""

    DAY = "day"
    WEEK = "week"
    """From Monday on, cut where a month ends: pseudonyms do not go from one month to the next, nor do counts."""
    MONTH = "month"


class Calendar:
    """Turns instants into days of one time zone; quick, since it is asked for each attempt."""

    def __init__(self, zone: str) -> None:
        """`zone` is an IANA name."""
        self._zone = ZoneInfo(zone)
        self._days: dict[int, dt.date] = {}

    def day(self, at: int) -> dt.date:
        """Return the day of an instant, in seconds of Unix time."""
        quarter = at // _QUARTER
        found = self._days.get(quarter)
        if found is None:
            if len(self._days) > _REMEMBERED:
                self._days.clear()
            found = self._days[quarter] = dt.datetime.fromtimestamp(quarter * _QUARTER, self._zone).date()
        return found

    def midnight(self, day: dt.date) -> int:
        """Return the first instant of a day."""
        return int(dt.datetime.combine(day, dt.time(), self._zone).timestamp())


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months, from `first` to `last`, each given by its first day."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a span ends after it begins")

    @property
    def months(self) -> Iterator[dt.date]:
        """Yield the first day of each of its months."""
        month = self.first
        while month <= self.last:
            yield month
            month = shifted(month, 1)

    @property
    def end(self) -> dt.date:
        """Return the first day that is not of this span any more."""
        return shifted(self.last, 1)


def month_of(day: dt.date) -> dt.date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


def shifted(month: dt.date, months: int) -> dt.date:
    """Return the first day of the month that many months after this one."""
    year, number = divmod(month.year * 12 + month.month - 1 + months, 12)
    return dt.date(year, number + 1, 1)


def month(text: str) -> dt.date:
    """Return the first day of the month written `2026-11`, or raise ValueError."""
    found = _SHAPE.fullmatch(text)
    if found is None or not dt.MINYEAR + 10 < int(found[1]) < dt.MAXYEAR:
        raise ValueError("a month is written 2026-11")
    return dt.date(int(found[1]), int(found[2]), 1)


def week_of(day: dt.date) -> dt.date:
    """Return the first day of the week of `day`, no earlier than that of its month."""
    return max(day - dt.timedelta(days=day.weekday()), month_of(day))


def week_end(day: dt.date) -> dt.date:
    """Return the first day after the week of `day`, no later than the next month."""
    return min(day + dt.timedelta(days=7 - day.weekday()), shifted(month_of(day), 1))


def start_of(day: dt.date, grain: Grain) -> dt.date:
    """Return the first day of the period that `day` is of."""
    return {Grain.DAY: day, Grain.WEEK: week_of(day), Grain.MONTH: month_of(day)}[grain]


def periods(span: Span, grain: Grain) -> tuple[dt.date, ...]:
    """Return the first days of all periods of a span, in order."""
    days = (span.first + dt.timedelta(days=each) for each in range((span.end - span.first).days))
    return tuple(dict.fromkeys(start_of(day, grain) for day in days))


def kept_from(today: dt.date, raw_days: int) -> dt.date:
    """Return the first day whose attempts are kept one by one: the whole days that lie less far back."""
    return today - dt.timedelta(days=raw_days)


def earliest(today: dt.date, raw_days: int) -> dt.date:
    """Return the first day of which attempts are still taken.

    A day later than what is kept, since a session may have begun on the day before: both have to be there.
    """
    return kept_from(today, raw_days) + dt.timedelta(days=1)
