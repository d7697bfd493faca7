"""Taking events, counting days, and deleting what is old."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.database import Database, hold, upsert
from gateway.outbound.counting.event import Event
from gateway.outbound.counting.periods import Calendar, earliest, kept_from, month_of, shifted
from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sessions import DayCount, Mark, count
from gateway.outbound.counting.sql import table
from gateway.outbound.counting.sql.settling import due_months, keep, settled
from gateway.outbound.counting.taking import TakenElsewhereError

AT_ONCE: Final = 5000
"""Rows in one statement."""

LARGEST_DELETION: Final = 20_000
"""Events in one transaction: the journal, which may share the database, must not wait for longer than its patience."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a purge has deleted, and from which day on attempts are kept."""

    events: int
    days: int
    kept_from: dt.date


class SqlCounts:
    """Counts in SQL. Errors are the database's own: whoever calls says what they mean."""

    def __init__(
        self, database: Database, calendar: Calendar, rules: Rules, now: Callable[[], dt.datetime] | None = None
    ) -> None:
        """`now` is for tests."""
        self.database, self.calendar, self.rules = database, calendar, rules
        self._now = now or (lambda: dt.datetime.now(dt.UTC))

    @property
    def today(self) -> dt.date:
        """Return the day that it is in the hospital."""
        return self.calendar.day(int(self._now().timestamp()))

    async def taken(self, batch: str) -> int:
        """Return how far a file of the spool was taken."""
        query = select(table.batches.c.taken).where(table.batches.c.batch == batch)
        async with self.database.unhurried.connect() as connection:
            return (await connection.execute(query)).scalar_one_or_none() or 0

    async def take(self, batch: str, start: int, end: int, events: Sequence[Event]) -> int:
        """Take events, as `Takes` says."""
        async with self.database.unhurried.begin() as connection:
            first = await _lock(connection)
            await self._advance(connection, batch, start, end)
            limit = earliest(self.today, self.rules.raw_days)
            limit = max(limit, first + dt.timedelta(days=1)) if first else limit
            dated = [(self.calendar.day(event.at), event) for event in events]
            rows = [{"day": day, **event._asdict()} for day, event in dated if day >= limit]
            for place in range(0, len(rows), AT_ONCE):
                await connection.execute(insert(table.events), rows[place : place + AT_ONCE])
            touched = {day for day, _ in dated if day >= limit}
            await _touch(connection, touched)
            if touched:
                later = update(table.batches).where(table.batches.c.batch == batch)
                await connection.execute(later.values(last_day=max(touched)))
            return len(dated) - len(rows)

    async def count(self) -> None:
        """Count every day to which events came since it was counted, then settle what may be shown of its month."""
        moved = table.days.c.revision != table.days.c.counted
        async with self.database.unhurried.connect() as connection:
            stale = (await connection.execute(select(table.days.c.day, table.days.c.revision).where(moved))).all()
        for row in sorted(stale, key=lambda row: row.day):
            counted = await self._counted(row.day)
            async with self.database.unhurried.begin() as connection:
                first = await _lock(connection)
                # Where another process has purged meanwhile, what was read may be half a day: the first count stands.
                if first is None or row.day > first:
                    await _replace(connection, row.day, row.revision, counted)
        await self._settle()

    async def purge(self) -> Kept:
        """Count, then delete the events that are too old to be kept one by one, and the counts that are too old.

        May be interrupted anywhere. Never deletes what was not counted; that is for the next time.
        """
        await self.count()
        oldest = shifted(month_of(self.today), -self.rules.aggregate_months)
        async with self.database.unhurried.begin() as connection:
            limit = await self._horizon(connection)
            await connection.execute(delete(table.automatic).where(table.automatic.c.day < limit))
            done = func.coalesce(table.batches.c.last_day, limit) < limit
            await connection.execute(delete(table.batches).where(done))
            days = await connection.execute(delete(table.days).where(table.days.c.day < oldest))
            await connection.execute(delete(table.daily).where(table.daily.c.day < oldest))
            await connection.execute(delete(table.people).where(table.people.c.start < oldest))
            await connection.execute(delete(table.months).where(table.months.c.month < oldest))
        old = select(table.events.c.id).where(table.events.c.day < limit).limit(LARGEST_DELETION)
        gone = 0
        while True:
            async with self.database.unhurried.begin() as connection:
                some = (await connection.execute(delete(table.events).where(table.events.c.id.in_(old)))).rowcount
            gone += some
            if not some:
                return Kept(gone, days.rowcount, limit)

    async def note_change(self, day: dt.date, mode: str) -> None:
        """Keep that the policy's mode is another from `day` on; nothing happens where that is known."""
        async with self.database.unhurried.begin() as connection:
            noting = upsert(connection, table.changes).values(day=day, mode=mode)
            await connection.execute(noting.on_conflict_do_nothing())

    async def _settle(self) -> None:
        """Settle the months that are due."""
        async with self.database.unhurried.connect() as connection:
            first = await _first(connection)
            due = await due_months(connection, self.today)
            found = [
                (one, await settled(connection, one, self.rules.smallest_cell) if one.whole(first) else None)
                for one in due
            ]
        for one, what in found:
            async with self.database.unhurried.begin() as connection:
                first = await _lock(connection)
                if what is None or one.whole(first):
                    await keep(connection, one, what)

    async def _horizon(self, connection: AsyncConnection) -> dt.date:
        """Return the first day whose events stay, and have nobody take or count any from before."""
        first = await _lock(connection)
        stale = table.days.c.revision != table.days.c.counted
        uncounted = (await connection.execute(select(func.min(table.days.c.day)).where(stale))).scalar_one()
        limits = [kept_from(self.today, self.rules.raw_days)]
        limits += [uncounted - dt.timedelta(days=1)] if uncounted else []
        limits += [one.month for one in await due_months(connection, self.today) if one.whole(first)]
        limit = max(min(limits), first or dt.date.min)
        values = {"kept_from": limit}
        kept = upsert(connection, table.horizon).values(id=1, **values)
        await connection.execute(kept.on_conflict_do_update(index_elements=["id"], set_=values))
        return limit

    async def _advance(self, connection: AsyncConnection, batch: str, start: int, end: int) -> None:
        known = upsert(connection, table.batches).values(batch=batch, taken=0).on_conflict_do_nothing()
        await connection.execute(known)
        here = (table.batches.c.batch == batch) & (table.batches.c.taken == start)
        if not (await connection.execute(update(table.batches).where(here).values(taken=end))).rowcount:
            raise TakenElsewhereError

    async def _counted(self, day: dt.date) -> DayCount:
        midnight = self.calendar.midnight(day)
        columns = [table.events.c[name] for name in Mark._fields]
        before = midnight - self.rules.session_seconds
        query = (
            select(*columns)
            .where(table.events.c.day.between(day - dt.timedelta(days=1), day), table.events.c.at >= before)
            .order_by(table.events.c.pseudonym, table.events.c.service, table.events.c.at, table.events.c.id)
        )
        async with self.database.unhurried.connect() as connection:
            return count((Mark(*row) for row in (await connection.execute(query)).all()), midnight, self.rules)


async def _lock(connection: AsyncConnection) -> dt.date | None:
    """Wait for every other writer, and return the first day that was not purged: from here on nobody changes it."""
    await hold(connection, table.horizon)
    return await _first(connection)


async def _first(connection: AsyncConnection) -> dt.date | None:
    """Return the first day that was not purged; None where nothing ever was."""
    return (await connection.execute(select(table.horizon.c.kept_from))).scalar_one_or_none()


async def _touch(connection: AsyncConnection, touched: set[dt.date]) -> None:
    """Have days counted again; the day after each as well, whose first session may have begun before midnight."""
    for day in sorted(touched):
        await connection.execute(
            upsert(connection, table.days)
            .values(day=day, revision=1, counted=0, agents=0, level="")
            .on_conflict_do_update(index_elements=["day"], set_={"revision": table.days.c.revision + 1})
        )
    following = {day + dt.timedelta(days=1) for day in touched} - touched
    again = update(table.days).where(table.days.c.day.in_(following))
    await connection.execute(again.values(revision=table.days.c.revision + 1))


async def _replace(connection: AsyncConnection, day: dt.date, revision: int, counted: DayCount) -> None:
    await connection.execute(delete(table.daily).where(table.daily.c.day == day))
    await connection.execute(delete(table.automatic).where(table.automatic.c.day == day))
    cells = [
        {
            "day": day,
            **cell._asdict(),
            "attempts": attempts,
            "sessions": counted.sessions[cell],
            "agents": len(counted.agents[cell]),
        }
        for cell, attempts in counted.attempts.items()
    ]
    if cells:
        await connection.execute(insert(table.daily), cells)
    noisy = [{"day": day, "pseudonym": who, "service": service} for who, service in counted.automatic]
    if noisy:
        await connection.execute(insert(table.automatic), noisy)
    seen = update(table.days).where(table.days.c.day == day)
    await connection.execute(seen.values(counted=revision, agents=counted.people))
