"""Approvals are kept so that nobody who can only write to the database can make one."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from config.charter import SHIPPED
from gateway.database import Database
from gateway.governance.approvals import Active, Approval, ApprovalsUnavailableError, counting, people
from gateway.governance.sql import SqlApprovals
from policies.loader import read_charter
from tests.fakes.databases import url_in

KEY = b"k" * 32
TEXT = read_charter(SHIPPED, ["demo"]).result()
NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)
FIRST, SECOND = Approval("d1", "a1", "dpo", NOW), Approval("d1", "b2", "dsi", NOW)


@pytest.fixture
async def database(tmp_path: Path, engine: str) -> AsyncIterator[Database]:
    del engine
    made = Database(url_in(tmp_path))
    await made.start()
    yield made
    await made.close()


async def altered(database: Database, statement: str) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text(statement))


async def test_approvals_come_back_as_they_were_given(database: Database) -> None:
    kept = SqlApprovals(database, KEY)
    await kept.approve(FIRST)
    await kept.approve(SECOND)
    assert set(await kept.of("d1")) == {FIRST, SECOND}
    assert await kept.of("d2") == ()
    assert people([FIRST, FIRST]) == 1


async def test_who_approves_again_has_approved_now(database: Database) -> None:
    """Would catch: a charter that nobody can approve any more, since they did so years ago."""
    kept = SqlApprovals(database, KEY)
    await kept.approve(FIRST)
    again = replace(FIRST, role="dsi", at=NOW + dt.timedelta(days=1))
    await kept.approve(again)
    assert await kept.of("d1") == (again,)


def test_only_what_was_approved_since_a_charter_is_active_counts() -> None:
    """Would catch: one person who brings back what two have replaced."""
    later = replace(SECOND, at=NOW + dt.timedelta(seconds=1))
    assert counting([FIRST, later], Active("d0", TEXT, NOW)) == (later,)
    assert counting([FIRST, later], None) == (FIRST, later)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE charter_approvals SET digest = 'd2'",
        "UPDATE charter_approvals SET person = 'z9', digest = 'd2'",
        "INSERT INTO charter_approvals SELECT 'd2', person, role, at, seal FROM charter_approvals",
    ],
)
async def test_an_approval_that_was_made_in_the_database_does_not_count(database: Database, statement: str) -> None:
    """Would catch: an approval that is carried over to another charter."""
    kept = SqlApprovals(database, KEY)
    await kept.approve(FIRST)
    await altered(database, statement)
    assert await kept.of("d2") == ()


async def test_another_key_seals_nothing_here(database: Database) -> None:
    await SqlApprovals(database, b"x" * 32).approve(FIRST)
    assert await SqlApprovals(database, KEY).of("d1") == ()


async def test_the_last_activated_charter_comes_back_whole(database: Database) -> None:
    kept = SqlApprovals(database, KEY)
    assert await kept.active() is None
    await kept.activate(Active("d1", TEXT, NOW))
    newer = Active("d2", TEXT.model_copy(update={"version": "2"}), NOW + dt.timedelta(microseconds=1))
    await kept.activate(newer)
    assert await kept.active() == newer


async def test_an_altered_charter_is_not_served(database: Database) -> None:
    """Would catch: a role that is opened by writing into the database."""
    kept = SqlApprovals(database, KEY)
    await kept.activate(Active("d1", TEXT, NOW))
    await altered(database, "UPDATE charter_activations SET text = replace(text, 'D0', 'D2')")
    with pytest.raises(ApprovalsUnavailableError):
        await kept.active()


async def test_a_database_that_is_gone_is_said(tmp_path: Path) -> None:
    absent = Database(f"sqlite+aiosqlite:///{tmp_path / 'absent' / 'ecluse.db'}")
    kept = SqlApprovals(absent, KEY)
    for work in (kept.of("d1"), kept.active(), kept.activate(Active("d1", TEXT, NOW))):
        with pytest.raises(ApprovalsUnavailableError):
            await work
    await absent.close()
