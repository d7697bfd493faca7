"""Settling what may be shown of a month, and how many people were there.

Reading comes first and takes its time; what it gave is written only where nothing has changed meanwhile, in a
transaction that holds nobody up. What was not written is due again the next time.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.database import upsert
from gateway.outbound.counting.disclosure import Day, Level, levels
from gateway.outbound.counting.periods import Grain, month_of, shifted, week_end, week_of
from gateway.outbound.counting.sql.table import AUTOMATIC, BY, TOTAL, automatic, daily, days, events, months, people

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Due:
    """A month of which days have ended, or were counted anew, since it was settled."""

    month: dt.date
    as_of: dt.date
    """The first day that is not over."""
    counted: int
    """What state its days were counted in."""

    def whole(self, first: dt.date | None) -> bool:
        """Return whether all its events are still there, where those before `first` are not."""
        return first is None or first <= self.month


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found of a month."""

    levels: dict[dt.date, Level]
    people: list[Row]


async def due_months(connection: AsyncConnection, today: dt.date) -> list[Due]:
    """Return the months to settle, the oldest first."""
    sums: dict[dt.date, int] = {}
    for day, counted in await connection.execute(select(days.c.day, days.c.counted).where(days.c.day < today)):
        sums[month_of(day)] = sums.get(month_of(day), 0) + counted
    known = {row.month: (row.settled, row.counted) for row in await connection.execute(select(months))}
    wanted = [Due(month, min(today, shifted(month, 1)), counted) for month, counted in sorted(sums.items())]
    return [due for due in wanted if known.get(due.month) != (due.as_of, due.counted)]


async def settled(connection: AsyncConnection, due: Due, smallest: int) -> Settled:
    """Return how the days of a month may be shown, and its people; all its events have to be there."""
    found = await _days(connection, due)
    shown = levels(found, due.as_of, smallest)
    rows = []
    for week in sorted({week_of(day) for day in shown}):
        if week_end(week) <= due.as_of:
            inside = [day for day, level in shown.items() if week_of(day) == week and level in {Level.DAY, Level.WEEK}]
            gathered = frozenset[str]().union(*(found[day].people for day in inside))
            rows.append(_row(Grain.WEEK, week, TOTAL, "", len(gathered)))
    if shifted(due.month, 1) <= due.as_of:
        rows += await _month(connection, due.month, [day for day, level in shown.items() if level is not Level.NONE])
    return Settled(shown, rows)


async def keep(connection: AsyncConnection, due: Due, found: Settled | None) -> None:
    """Write what was found, unless days of the month were counted anew meanwhile.

    None is a month of which events were purged. It stays as it was settled, though its attempts go on being counted:
    in which company its days are shown is known already, and its people cannot be counted any more.
    """
    if due not in await due_months(connection, due.as_of):
        return
    if found is not None:
        await connection.execute(update(days).where(_inside(days.c.day, due)).values(level=Level.NONE.value))
        for day, level in found.levels.items():
            await connection.execute(update(days).where(days.c.day == day).values(level=level.value))
        await connection.execute(
            delete(people).where(people.c.start >= due.month, people.c.start < shifted(due.month, 1))
        )
        if found.people:
            await connection.execute(insert(people), found.people)
    values = {"settled": due.as_of, "counted": due.counted, "partial": found is None}
    await connection.execute(
        upsert(connection, months)
        .values(month=due.month, **values)
        .on_conflict_do_update(index_elements=["month"], set_=values)
    )


async def _days(connection: AsyncConnection, due: Due) -> dict[dt.date, Day]:
    """Return the days on which anybody was there; automatic clients left out."""
    present: dict[dt.date, set[str]] = {}
    pairs = _persons(events.c.day, events.c.pseudonym).where(_inside(events.c.day, due)).distinct()
    for day, pseudonym in await connection.execute(pairs):
        present.setdefault(day, set()).add(pseudonym)
    sums = (
        select(daily.c.day, func.sum(daily.c.attempts))
        .where(_inside(daily.c.day, due), ~daily.c.automatic)
        .group_by(daily.c.day)
    )
    return {day: Day(frozenset(present.get(day, ())), int(total)) for day, total in await connection.execute(sums)}


async def _month(connection: AsyncConnection, month: dt.date, shown: Collection[dt.date]) -> list[Row]:
    """Count the people of a month that is over, by row of each table."""
    distinct = func.count(events.c.pseudonym.distinct())
    whole = (await connection.execute(_persons(distinct).where(events.c.day.in_(shown)))).scalar_one()
    rows = [_row(Grain.MONTH, month, TOTAL, "", whole)]
    for by in BY:
        query = _persons(events.c[by], distinct).where(events.c.day.in_(shown)).group_by(events.c[by])
        rows += [_row(Grain.MONTH, month, by, name, agents) for name, agents in await connection.execute(query)]
    noisy = select(func.count(automatic.c.pseudonym.distinct())).where(
        automatic.c.day >= month, automatic.c.day < shifted(month, 1)
    )
    clients = (await connection.execute(noisy)).scalar_one()
    return [*rows, _row(Grain.MONTH, month, AUTOMATIC, "", clients)]


def _persons(*columns: ColumnElement[Any]) -> Select[Any]:
    """Return a query of the events that are of no automatic client."""
    same = and_(
        automatic.c.day == events.c.day,
        automatic.c.pseudonym == events.c.pseudonym,
        automatic.c.service == events.c.service,
    )
    return select(*columns).select_from(events.outerjoin(automatic, same)).where(automatic.c.day.is_(None))


def _inside(column: ColumnElement[dt.date], due: Due) -> ColumnElement[bool]:
    """Return what holds for the days of a month that are over."""
    return and_(column >= due.month, column < due.as_of)


def _row(grain: Grain, start: dt.date, by: str, name: str, agents: int) -> Row:
    return {"grain": grain.value, "start": start, "by": by, "name": name, "agents": agents}
