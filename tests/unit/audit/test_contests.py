"""Contests in the journal: the caller's own refusals, once, in time, and nothing that was typed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.audit.contest import Outcome, Reason
from gateway.audit.sql import SqlContests, SqlTrail, contests, lines, verify
from gateway.errors import AuditUnavailableError, ContestedAlreadyError, RefusalAbsentError
from policies.decision import RefusedError
from tests.fakes.journal import CALLER, FACTS, REFUSED, answered, journal_in

pytestmark = pytest.mark.usefixtures("engine")


async def refused(trail: SqlTrail) -> str:
    """Record a refusal, and return its id."""
    with pytest.raises(RefusedError) as caught:
        async with trail.record(CALLER, REFUSED, FACTS, stream=False, case=None) as record:
            REFUSED.require_allowed(record.output_id)
    assert caught.value.output_id is not None
    return caught.value.output_id


async def test_a_refusal_is_contested_once_and_settled_once(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        desk, refusal = SqlContests(trail), await refused(trail)
        made = await desk.contest(CALLER, refusal, Reason.FICTITIOUS)
        assert (made.refusal, made.code, made.article, made.reason) == (refusal, "hors_role", "5.1", "exercice_fictif")
        with pytest.raises(ContestedAlreadyError):
            await desk.contest(CALLER, refusal, Reason.OTHER)
        with pytest.raises(RefusalAbsentError):
            await desk.contest(CALLER, "\0", Reason.OTHER)
        (kept,) = (await contests(trail.database)).values()
        assert (kept.reason, kept.outcome) == (Reason.FICTITIOUS, None)
        assert kept.refused_at <= kept.contested_at
        assert await desk.settle(refusal, Outcome.WRONG, "uid:0")
        assert not await desk.settle(refusal, Outcome.UPHELD, "uid:0")
        assert (await contests(trail.database))[refusal].outcome is Outcome.WRONG
        with pytest.raises(ContestedAlreadyError):
            await desk.contest(CALLER, refusal, Reason.OTHER)
        assert len([each async for each in lines(trail.database)]) == 1
    async with journal_in(tmp_path) as trail:
        assert (await verify(trail.database, trail.heads, trail.public_key)).sound


async def test_nobody_learns_of_refusals_that_are_not_theirs(tmp_path: Path) -> None:
    """The leak caught: an answer that tells another key's refusal, an answered request and nothing at all apart."""
    async with journal_in(tmp_path) as trail:
        desk, refusal, answer = SqlContests(trail), await refused(trail), await answered(trail)
        for caller, id_ in ((replace(CALLER, key_id="other"), refusal), (CALLER, answer), (CALLER, "0" * 32)):
            with pytest.raises(RefusalAbsentError):
                await desk.contest(caller, id_, Reason.OTHER)
        await desk.contest(CALLER, refusal, Reason.OTHER)
        with pytest.raises(RefusalAbsentError):
            await desk.contest(replace(CALLER, key_id="other"), refusal, Reason.OTHER)
        assert not await desk.settle(answer, Outcome.WRONG, "uid:0")


@pytest.mark.parametrize(("days", "taken"), [(29, True), (31, False)])
async def test_a_refusal_is_contested_in_time(tmp_path: Path, days: int, *, taken: bool) -> None:
    async with journal_in(tmp_path) as trail:
        refusal = await refused(trail)
        desk = SqlContests(trail, lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=days))
        if taken:
            await desk.contest(CALLER, refusal, Reason.OTHER)
        else:
            with pytest.raises(RefusalAbsentError):
                await desk.contest(CALLER, refusal, Reason.OTHER)


async def test_only_what_was_contested_since_is_read(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        await SqlContests(trail).contest(CALLER, await refused(trail), Reason.OTHER)
        now = dt.datetime.now(dt.UTC)
        assert len(await contests(trail.database, now - dt.timedelta(minutes=1))) == 1
        assert await contests(trail.database, now + dt.timedelta(minutes=1)) == {}


async def test_a_contest_that_cannot_be_written_is_not_taken(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        refusal = await refused(trail)
    with pytest.raises(AuditUnavailableError):
        await SqlContests(trail).contest(CALLER, refusal, Reason.OTHER)
