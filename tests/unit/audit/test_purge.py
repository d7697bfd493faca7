"""Retention: what is too old goes, and the journal says so and still verifies."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from gateway.audit.chain import Flaw
from gateway.audit.sql import RetentionError, SqlTrail, Verification, limit, lines, purge, verify
from gateway.audit.sql.table import journal
from tests.fakes.journal import answered, journal_in

FUTURE = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


async def checked(trail: SqlTrail) -> Verification:
    return await verify(trail.database, trail.heads, trail.public_key)


@pytest.mark.parametrize(
    ("today", "months", "expected"),
    [
        (dt.date(2026, 11, 23), 12, dt.date(2025, 11, 23)),
        (dt.date(2026, 11, 23), 6, dt.date(2026, 5, 23)),
        (dt.date(2026, 8, 31), 6, dt.date(2026, 2, 28)),
        (dt.date(2028, 8, 31), 6, dt.date(2028, 2, 29)),
        (dt.date(2026, 1, 1), 7, dt.date(2025, 6, 1)),
        (dt.date(2026, 12, 31), 12, dt.date(2025, 12, 31)),
    ],
)
def test_the_limit_is_so_many_months_ago(today: dt.date, months: int, expected: dt.date) -> None:
    assert limit(today, months) == dt.datetime.combine(expected, dt.time(), dt.UTC)


@pytest.mark.parametrize("months", [0, 5, 13])
def test_retention_stays_within_the_law(months: int) -> None:
    """Would catch a setting that keeps traces of people for longer, or logs for less, than the texts say."""
    with pytest.raises(RetentionError) as caught:
        limit(dt.date(2026, 11, 23), months)
    assert str(caught.value) == f"retention is 6 to 12 months, not {months}"


@pytest.mark.usefixtures("engine")
async def test_a_purge_is_no_alteration(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        for _ in range(3):
            await answered(trail)
        assert (await purge(trail, FUTURE, dry_run=True)).entries == 6
        assert (await checked(trail)).entries == 6
        assert (await purge(trail, FUTURE)).entries == 6
        report = await checked(trail)
        assert report.sound
        assert [(purge.of.seq, purge.count) for purge in report.purges] == [(6, 6)]
        assert [line async for line in lines(trail.database)] == []
        await answered(trail)
        assert (await checked(trail)).sound
    async with journal_in(tmp_path) as trail:
        await answered(trail)
        assert (await checked(trail)).sound


@pytest.mark.usefixtures("engine")
async def test_only_what_is_old_goes(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        await answered(trail)
        assert (await purge(trail, dt.datetime(2020, 1, 1, tzinfo=dt.UTC))).entries == 0
        assert (await checked(trail)).entries == 2


@pytest.mark.usefixtures("engine")
async def test_a_purge_of_several_chains_verifies_again_and_again(tmp_path: Path) -> None:
    """Would catch a stub that is deleted with the chain it stands in, while its own chain still begins after it."""
    async with journal_in(tmp_path) as first:
        await answered(first)
        async with journal_in(tmp_path) as second:
            await answered(second)
            for _ in range(3):
                await purge(second, FUTURE)
                assert (await checked(first)).sound
                await purge(first, FUTURE)
                assert (await checked(first)).sound
            await answered(first)
            await answered(second)
            report = await checked(first)
            assert report.sound
            assert len(report.purges) == 2


@pytest.mark.usefixtures("engine")
async def test_a_deletion_without_a_stub_is_seen(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        for _ in range(3):
            await answered(trail)
        async with trail.database.engine.begin() as connection:
            await connection.execute(delete(journal).where(journal.c.seq <= 2))
        assert [finding.flaw for finding in (await checked(trail)).findings] == [Flaw.MISSING]


@pytest.mark.usefixtures("engine")
async def test_a_stub_that_nobody_signed_hides_nothing(tmp_path: Path) -> None:
    """Would catch an administrator who deletes lines and stretches a true stub over them."""
    async with journal_in(tmp_path) as trail:
        await answered(trail)
        await purge(trail, FUTURE)
        await answered(trail)
        async with trail.database.engine.begin() as connection:
            stub = (await connection.execute(journal.select().where(journal.c.kind == "purged"))).one()
            forged = stub.body.replace('"upto":2', '"upto":3')
            await connection.execute(update(journal).where(journal.c.seq == stub.seq).values(body=forged))
        assert Flaw.UNSEALED in {finding.flaw for finding in (await checked(trail)).findings}
