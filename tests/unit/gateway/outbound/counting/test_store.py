"""Counts in the database: exact, whenever they are made, and gone when they are to be."""

import asyncio
import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, func, select

from gateway.outbound.counting.disclosure import Level
from gateway.outbound.counting.event import Event
from gateway.outbound.counting.periods import Grain, Span
from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sql import SqlCounts, read, table
from tests.fakes.attempts import CALENDAR, NOON, Clock, at, counts_in, crowd, event, taken

pytestmark = pytest.mark.usefixtures("engine")

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)


async def rows(counts: SqlCounts, of: Table) -> list[Any]:
    async with counts.database.engine.connect() as connection:
        return list((await connection.execute(select(of))).all())


async def daily(counts: SqlCounts) -> dict[dt.date, tuple[int, int]]:
    """Return attempts and sessions by day."""
    sums = select(table.daily.c.day, func.sum(table.daily.c.attempts), func.sum(table.daily.c.sessions))
    async with counts.database.engine.connect() as connection:
        found = await connection.execute(sums.group_by(table.daily.c.day))
        return {day: (attempts, sessions) for day, attempts, sessions in found}


async def test_a_day_is_counted_by_all_that_it_is_asked_by(tmp_path: Path) -> None:
    async with counts_in(tmp_path, Clock(at(26))) as counts:
        again = event(at(25, 10, 10))
        other = event(at(25, 10), 2, "claude", verdict="observe", engine="icap", department="urgences")
        await taken(counts, [event(at(25, 10)), again, other])
        await counts.count()
        found = {(row.service, row.department, row.verdict, row.engine): row for row in await rows(counts, table.daily)}
        one, two = found["chatgpt", "cardiologie", "block", "squid"], found["claude", "urgences", "observe", "icap"]
        assert (one.day, one.attempts, one.sessions, one.agents) == (dt.date(2026, 11, 25), 2, 1, 1)
        assert (two.attempts, two.sessions, two.agents) == (1, 1, 1)


async def test_late_attempts_are_counted_where_they_belong(tmp_path: Path) -> None:
    """Would catch: a log that comes a day late and is counted twice, or joins two sessions to three."""
    async with counts_in(tmp_path, Clock(at(26))) as counts:
        await taken(counts, [event(at(25, 0, 10)), event(at(24, 23, 20))])
        await counts.count()
        assert await daily(counts) == {dt.date(2026, 11, 24): (1, 1), dt.date(2026, 11, 25): (1, 1)}
        await taken(counts, [event(at(24, 23, 45))])
        await counts.count()
        assert await daily(counts) == {dt.date(2026, 11, 24): (2, 1), dt.date(2026, 11, 25): (1, 0)}


async def test_processes_that_take_and_count_at_once_lose_nothing(tmp_path: Path) -> None:
    """Would catch: two gateways on one database, of which the second writes over what the first has counted."""
    async with counts_in(tmp_path, Clock(at(26))) as one, counts_in(tmp_path, Clock(at(26))) as two:
        for turn in range(4):
            work = [taken(each, [event(at(25, 10, turn), who)]) for who, each in enumerate((one, two, one, two))]
            await asyncio.gather(*work, one.count(), two.count())
        await one.count()
        assert (await daily(one))[dt.date(2026, 11, 25)][0] == 16


async def test_what_is_too_old_is_refused_and_told(tmp_path: Path) -> None:
    async with counts_in(tmp_path, Clock(at(26))) as counts:
        assert await taken(counts, [event(at(27, month=10)), event(at(28, month=10))]) == 1
        assert [row.day for row in await rows(counts, table.events)] == [dt.date(2026, 10, 28)]


async def test_attempts_are_purged_after_their_days_and_counts_after_their_months(tmp_path: Path) -> None:
    """Would catch: attempts kept one by one for longer than staff were told, or counts that go with them."""
    clock = Clock(at(25))
    async with counts_in(tmp_path, clock, Rules(aggregate_months=2)) as counts:
        await taken(counts, crowd(at(24), 7))
        assert (await counts.purge()).events == 0
        before = await daily(counts)
        clock.at = at(24, month=12)
        assert (await counts.purge()).events == 0
        clock.at = at(25, month=12)
        kept = await counts.purge()
        assert (kept.events, kept.kept_from) == (7, dt.date(2026, 11, 25))
        assert await rows(counts, table.events) == await rows(counts, table.batches) == []
        assert await daily(counts) == before == {dt.date(2026, 11, 24): (7, 7)}
        clock.at = dt.datetime(2027, 2, 1, 12, tzinfo=dt.UTC)
        await counts.purge()
        for one in (table.daily, table.days, table.people, table.months):
            assert await rows(counts, one) == []


async def test_automatic_clients_are_forgotten_with_their_attempts(tmp_path: Path) -> None:
    """Would catch: a list of pseudonyms that outlives the attempts it was made of."""
    clock = Clock(at(25))
    rules = Rules(noisy_per_hour=1, noisy_hours=1)
    async with counts_in(tmp_path, clock, rules) as counts:
        await taken(counts, [event(at(24, hour, minute)) for hour in (8, 9) for minute in (0, 1)])
        await counts.purge()
        assert len(await rows(counts, table.automatic)) == 1
        clock.at = at(26, month=12)
        await counts.purge()
        assert await rows(counts, table.automatic) == []
        assert [row.automatic for row in await rows(counts, table.daily)] == [True]


async def test_nothing_is_purged_that_was_not_counted(tmp_path: Path) -> None:
    """Would catch: attempts that come between the counting and the purge, and are in no count at all."""
    clock = Clock(at(25))
    async with counts_in(tmp_path, clock) as counts:
        await taken(counts, [event(at(24))])
        await counts.count()
        await taken(counts, [event(at(24, 15))])
        clock.at = at(30, month=12)
        async with counts.database.engine.begin() as connection:
            assert await counts._horizon(connection) == NOVEMBER  # whose people are to be counted as well
        await counts.purge()
        assert await daily(counts) == {dt.date(2026, 11, 24): (2, 2)}
        assert await rows(counts, table.events) == []


async def test_the_people_of_a_month_are_counted_before_its_first_day_is_purged(tmp_path: Path) -> None:
    """Would catch: a month of 31 days whose people are those of 30."""
    clock = Clock(at(31, month=10))
    async with counts_in(tmp_path, clock) as counts:
        clock.at = at(1, month=10)
        await taken(counts, crowd(at(1, 9, month=10), 6))
        clock.at = at(31, 23, month=10)
        await taken(counts, crowd(at(31, 22, month=10), 6, first=4))
        await counts.purge()
        clock.at = at(1, 0, 5)
        assert (await counts.purge()).events == 6
        found = await read(counts, Span(OCTOBER, OCTOBER))
        assert found.people[Grain.MONTH, OCTOBER] == 9
        assert found.tables[OCTOBER, "service"]["chatgpt"].agents == 9
        assert not found.partial
        await taken(counts, crowd(at(31, 23, month=10), 1, first=50))
        found = await read(counts, Span(OCTOBER, OCTOBER))
        assert found.partial
        assert found.people[Grain.MONTH, OCTOBER] == 9
        assert found.tables[OCTOBER, "service"]["chatgpt"].attempts == 13


async def test_a_running_month_has_no_tables_yet(tmp_path: Path) -> None:
    """Would catch: the table of today less that of yesterday, which is a day by service."""
    async with counts_in(tmp_path, Clock(at(25))) as counts:
        await taken(counts, [*crowd(at(24), 9), *crowd(at(25, 8), 9)])
        found = await read(counts, Span(NOVEMBER, NOVEMBER))
        assert found.tables == {}
        assert {day: row.level for day, row in found.days.items()} == {dt.date(2026, 11, 24): Level.DAY}


async def test_changes_of_mode_outlive_the_policy(tmp_path: Path) -> None:
    async with counts_in(tmp_path, Clock(at(25))) as counts:
        for _ in range(2):
            await counts.note_change(dt.date(2026, 11, 3), "observe")
        await counts.note_change(dt.date(2026, 11, 17), "coach")
        found = await read(counts, Span(NOVEMBER, NOVEMBER))
        assert [(change.day.day, change.mode) for change in found.changes] == [(3, "observe"), (17, "coach")]


MOMENTS = st.builds(
    lambda day, minutes, who, service: event(
        dt.datetime(2026, 10, 25, tzinfo=NOON.tzinfo) + dt.timedelta(days=day, minutes=minutes), who, service
    ),
    st.integers(0, 9),
    st.sampled_from([0, 10, 29, 31, 60, 700, 1400, 1425, 1439]),
    st.integers(1, 6),
    st.sampled_from(["chatgpt", "claude"]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.lists(MOMENTS, min_size=1, max_size=8)),
        st.tuples(st.sampled_from(["count", "purge", "day"]), st.just(())),
    ),
    max_size=14,
)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=50, deadline=None)
@given(STEPS)
def test_counts_do_not_depend_on_when_they_are_made(steps: list[tuple[str, list[Event]]]) -> None:
    """Would catch: any order of taking, counting and purging that loses an attempt or a session, or makes one up."""

    async def play(folder: Path) -> None:
        clock = Clock(dt.datetime(2026, 11, 3, 12, tzinfo=NOON.tzinfo))
        accepted: list[Event] = []
        async with counts_in(folder, clock) as counts:
            for step, events in steps:
                if step == "take":
                    late = await taken(counts, events)
                    first = counts.today - dt.timedelta(days=29)
                    kept = [one for one in events if CALENDAR.day(one.at) >= first]
                    assert len(events) - late == len(kept)
                    accepted += kept
                elif step == "count":
                    await counts.count()
                elif step == "purge":
                    await counts.purge()
                else:
                    clock.at += dt.timedelta(days=7)
            await counts.count()
            assert await daily(counts) == _oracle(accepted)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder)))


def _oracle(events: list[Event]) -> dict[dt.date, tuple[int, int]]:
    attempts: dict[dt.date, int] = {}
    sessions: dict[dt.date, int] = {}
    instants = {(one.pseudonym, one.service, one.at) for one in events}
    for one in events:
        attempts[CALENDAR.day(one.at)] = attempts.get(CALENDAR.day(one.at), 0) + 1
    for who, service, moment in instants:
        begins = not any((who, service, moment - back) in instants for back in range(60, 1801, 60))
        sessions[CALENDAR.day(moment)] = sessions.get(CALENDAR.day(moment), 0) + begins
    return {day: (attempts[day], sessions[day]) for day in attempts}
