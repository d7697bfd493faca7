"""The rule that keeps a number from pointing at somebody. Pure.

A number that fewer than `smallest` people have made is not shown. Nor may it follow from those that are: by taking the
shown ones from a total, by asking for another grain or another span, or by asking again tomorrow. So what is shown of a
month is settled once, and every report adds up pieces of it:

- a day is shown once it is over, if enough people were there;
- days that are not are put together by week once the week is over, and those of such weeks by month once that is over;
  what is still too small then is shown nowhere, and is in no total;
- tables are of whole months that are over, of the days that are shown in one way or another; where a row is hidden, so
  is another one that enough people have made, so that their sum says nothing of either.

`gateway.usage` has the same rule for counts of requests; here, people are counted, whatever they did.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gateway.outbound.counting.periods import month_of, shifted, week_end, week_of


class Level(StrEnum):
    """In which company a day is shown."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The three numbers, exactly."""

    attempts: int
    sessions: int
    agents: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The three numbers as they may be shown: None is hidden."""

    attempts: int | None = None
    sessions: int | None = None
    agents: int | None = None
    small: bool = False
    """Whether they are hidden for being of too few people, and not to protect others."""
    partial: bool = False
    """Whether some months are left out, in which they are hidden."""

    @property
    def hidden(self) -> bool:
        """Return whether nothing is shown."""
        return self.attempts is None


NOTHING = Shown(0, 0, 0)
"""Nothing happened; that is no secret."""


@dataclass(frozen=True, slots=True)
class Day:
    """Who was there on a day, and how often; automatic clients left out."""

    people: frozenset[str]
    attempts: int


def levels(days: Mapping[dt.date, Day], today: dt.date, smallest: int) -> dict[dt.date, Level]:
    """Return how each day of one month may be shown, as of `today`."""
    found = dict.fromkeys(days, Level.NONE)

    def put(group: Collection[dt.date], level: Level) -> None:
        people = frozenset[str]().union(*(days[day].people for day in group))
        # One attempt each day would be a hidden number known exactly.
        telling = len(group) > 1 and sum(days[day].attempts for day in group) == len(group)
        if len(people) >= smallest and not telling:
            found.update(dict.fromkeys(group, level))

    def together(end: Callable[[dt.date], dt.date], start: Callable[[dt.date], dt.date], level: Level) -> None:
        left = [day for day, known in found.items() if known is Level.NONE and end(day) <= today]
        for first in {start(day) for day in left}:
            put([day for day in left if start(day) == first], level)

    together(lambda day: day + dt.timedelta(days=1), lambda day: day, Level.DAY)
    together(week_end, week_of, Level.WEEK)
    together(lambda day: shifted(month_of(day), 1), month_of, Level.MONTH)
    return found


def alone(numbers: Numbers, smallest: int) -> Shown:
    """Return numbers that no others can be worked out from."""
    if numbers.agents == 0:
        return NOTHING
    if numbers.agents < smallest:
        return Shown(small=True)
    return Shown(numbers.attempts, numbers.sessions, numbers.agents)


def column(rows: Mapping[str, Numbers], smallest: int) -> dict[str, Shown]:
    """Return the rows of a table whose total is known, such that no hidden one can be worked out."""
    shown = {name: alone(numbers, smallest) for name, numbers in rows.items()}
    small = [name for name, one in shown.items() if one.small]
    if not small:
        return shown
    # The one that says least is hidden first; a row where nothing happened would protect nothing.
    others = sorted((numbers.attempts, name) for name, numbers in rows.items() if numbers.agents >= smallest)
    hidden = list(small)
    while others and (len(hidden) == len(small) or _worked_out([rows[name] for name in hidden], smallest)):
        hidden.append(others.pop(0)[1])
        shown[hidden[-1]] = Shown()
    if _worked_out([rows[name] for name in hidden], smallest):
        # Nothing is left to be hidden with them: one stops saying how small it is.
        shown[small[-1]] = Shown()
    return shown


def _worked_out(hidden: Collection[Numbers], smallest: int) -> bool:
    """Return whether the sum of hidden rows leaves each a single value: the least that it can be, or the most."""
    least = sum(smallest if row.agents >= smallest else 1 for row in hidden)
    people = [row.agents for row in hidden]
    return (
        len(people) == 1
        or least in {sum(row.attempts for row in hidden), sum(row.sessions for row in hidden)}
        or (max(people) < smallest and sum(people) == len(people) * (smallest - 1))
    )
