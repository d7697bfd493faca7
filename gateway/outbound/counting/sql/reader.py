"""What a report is made of: exact counts, not to be shown before `disclosure` has passed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.outbound.counting.disclosure import Level, Numbers
from gateway.outbound.counting.periods import Grain, Span, month_of
from gateway.outbound.counting.sql.store import SqlCounts
from gateway.outbound.counting.sql.table import AUTOMATIC, BY, TOTAL, changes, daily, days, months, people


@dataclass(frozen=True, slots=True)
class Change:
    """From which day on the policy's mode was another."""

    day: dt.date
    mode: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that is over."""

    level: Level
    numbers: Numbers


@dataclass(slots=True)
class Settled:
    """A span of months, as settled."""

    today: dt.date
    days: dict[dt.date, DayRow] = field(default_factory=dict)
    people: dict[tuple[Grain, dt.date], int] = field(default_factory=dict)
    """Distinct people of the weeks and months that are over, over the days that are shown."""
    tables: dict[tuple[dt.date, str], dict[str, Numbers]] = field(default_factory=dict)
    """By month that is over and what it is by."""
    automatic: dict[dt.date, Numbers] = field(default_factory=dict)
    """Automatic clients, by month that is over."""
    partial: bool = False
    changes: tuple[Change, ...] = ()


async def read(counts: SqlCounts, span: Span) -> Settled:
    """Return what was counted of whole months, automatic clients apart; counts first what has yet to be counted."""
    await counts.count()
    found = Settled(counts.today)
    async with counts.database.unhurried.connect() as connection:
        await _days(connection, span, found)
        await _people(connection, span, found)
        flags = select(months.c.partial).where(months.c.month >= span.first, months.c.month <= span.last)
        found.partial = any((await connection.execute(flags)).scalars())
        steps = select(changes).where(changes.c.day < span.end).order_by(changes.c.day, changes.c.mode)
        found.changes = tuple(Change(row.day, row.mode) for row in await connection.execute(steps))
    return found


async def _days(connection: AsyncConnection, span: Span, found: Settled) -> None:
    sums = (
        select(daily.c.day, func.sum(daily.c.attempts), func.sum(daily.c.sessions))
        .where(_inside(daily.c.day, span), daily.c.day < found.today, ~daily.c.automatic)
        .group_by(daily.c.day)
    )
    totals = {day: (int(attempts), int(sessions)) for day, attempts, sessions in await connection.execute(sums)}
    for row in await connection.execute(select(days).where(_inside(days.c.day, span), days.c.day < found.today)):
        if row.day in totals:
            attempts, sessions = totals[row.day]
            found.days[row.day] = DayRow(Level(row.level), Numbers(attempts, sessions, row.agents))


async def _people(connection: AsyncConnection, span: Span, found: Settled) -> None:
    named: dict[tuple[dt.date, str], dict[str, int]] = {}
    clients: dict[dt.date, int] = {}
    for row in await connection.execute(select(people).where(_inside(people.c.start, span))):
        if row.by == TOTAL:
            found.people[Grain(row.grain), row.start] = row.agents
        elif row.by == AUTOMATIC:
            clients[row.start] = row.agents
        else:
            named.setdefault((row.start, row.by), {})[row.name] = row.agents
    for by in BY:
        for (month, name), (attempts, sessions) in (await _sums(connection, span, BY[by])).items():
            if (agents := named.get((month, by))) is not None:
                # A row that came after its people could be counted is of somebody; hidden, it protects the others.
                numbers = Numbers(attempts, sessions, agents.get(name, 1))
                found.tables.setdefault((month, by), {})[name] = numbers
    apart = select(daily.c.day, daily.c.attempts, daily.c.sessions).where(_inside(daily.c.day, span), daily.c.automatic)
    noisy: dict[dt.date, list[int]] = {month: [0, 0] for month in clients}
    for day, attempts, sessions in await connection.execute(apart):
        if (total := noisy.get(month_of(day))) is not None:
            total[0] += attempts
            total[1] += sessions
    found.automatic = {month: Numbers(total[0], total[1], clients[month]) for month, total in noisy.items()}


async def _sums(
    connection: AsyncConnection, span: Span, by: ColumnElement[str]
) -> Mapping[tuple[dt.date, str], tuple[int, int]]:
    """Return attempts and sessions by month and row, over the days that are shown in one way or another."""
    query = (
        select(daily.c.day, by, func.sum(daily.c.attempts), func.sum(daily.c.sessions))
        .join(days, days.c.day == daily.c.day)
        .where(_inside(daily.c.day, span), ~daily.c.automatic, days.c.level != Level.NONE.value)
        .group_by(daily.c.day, by)
    )
    found: dict[tuple[dt.date, str], tuple[int, int]] = {}
    for day, name, attempts, sessions in await connection.execute(query):
        before = found.get((month_of(day), name), (0, 0))
        found[month_of(day), name] = (before[0] + int(attempts), before[1] + int(sessions))
    return found


def _inside(column: ColumnElement[Any], span: Span) -> ColumnElement[bool]:
    return and_(column >= span.first, column < span.end)
