"""The journal in a real database: durable, grouped, closed to failure."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.audit.event import Ending, Line
from gateway.audit.sql import SqlTrail, lines, verify
from gateway.audit.sql.table import journal
from gateway.conversation import Usage
from gateway.database import hold
from gateway.errors import AuditUnavailableError, QuotaExceededError, UpstreamTimeoutError
from policies.decision import RefusedError
from tests.fakes.databases import execute
from tests.fakes.journal import ALLOWED, CALLER, FACTS, REFUSED, answered, journal_in

pytestmark = pytest.mark.usefixtures("engine")

SECRET = "DUVAL Monique 1 42 03 75 116 001 85"


async def recorded(trail: SqlTrail) -> list[Line]:
    return [each.line async for each in lines(trail.database)]


async def kinds(trail: SqlTrail) -> list[str]:
    async with trail.database.engine.connect() as other:
        return list((await other.execute(select(journal.c.kind).order_by(journal.c.seq))).scalars())


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_a_request_is_one_line(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        heard: list[Line] = []
        trail.subscribe(heard.append)
        output_id = await answered(trail)
        (line,) = await recorded(trail)
    assert line.output_id == output_id
    assert (line.role, line.service, line.use, line.route, line.tier, line.review, line.system) == (
        "medecin", "cardiologie", "compte_rendu", "demo", "D1", "R2", "Démo 1",
    )  # fmt: skip
    assert (line.masked, line.placeholders_unknown, line.usage) == ({"NOM": 2}, 1, Usage(10, 20))
    assert (line.ending, line.failure, line.declared) == (Ending.ANSWERED, None, True)
    assert [each.output_id for each in heard] == [output_id]
    assert list(heard[0].stages_ms) == ["upstream"]


async def test_nothing_identifying_is_written(tmp_path: Path) -> None:
    """Would catch a case identifier, a credential or an error's text that reaches the database's files."""
    async with journal_in(tmp_path) as trail:
        with contextlib.suppress(ValueError):
            async with trail.record(CALLER, ALLOWED, FACTS, stream=False, case=SECRET):
                raise ValueError(SECRET)
        (line,) = await recorded(trail)
        written = everything_in(tmp_path)
    assert (line.ending, line.failure) == (Ending.FAILED, "unexpected")
    assert len(line.case or "") == len(line.caller) == 32
    for identifying in (SECRET, "DUVAL", CALLER.key_id):
        assert identifying.encode() not in written


async def test_the_same_case_is_the_same_hash_and_no_other(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        assert trail.keyed_hash("case", "A1") == trail.keyed_hash("case", " A1 ")
        assert trail.keyed_hash("case", "A1") != trail.keyed_hash("case", "A2")
        assert trail.keyed_hash("case", "A1") != trail.keyed_hash("caller", "A1")


@pytest.mark.parametrize(
    ("error", "ending", "failure"),
    [
        (RefusedError(REFUSED), Ending.REFUSED, None),
        (QuotaExceededError("requests", 3), Ending.LIMITED, None),
        (UpstreamTimeoutError("late"), Ending.FAILED, "UpstreamTimeoutError"),
        (asyncio.CancelledError(), Ending.CANCELLED, None),
        (KeyError("whatever"), Ending.FAILED, "unexpected"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_the_ending_tells_what_passed(
    tmp_path: Path, error: BaseException, ending: Ending, failure: str | None
) -> None:
    async with journal_in(tmp_path) as trail:
        with pytest.raises(type(error)):
            async with trail.record(CALLER, ALLOWED, FACTS, stream=False, case=None):
                raise error
        (line,) = await recorded(trail)
    assert (line.ending, line.failure) == (ending, failure)


async def test_a_caller_that_goes_away_is_still_recorded(tmp_path: Path) -> None:
    """Would catch a client that leaves no line by closing its connection at the right moment."""
    async with journal_in(tmp_path) as trail:

        async def stream() -> AsyncIterator[int]:
            async with trail.record(CALLER, ALLOWED, FACTS, stream=True, case=None):
                yield 1
                yield 2

        events = stream()
        await anext(events)
        await events.aclose()  # type: ignore[attr-defined]

        inside = asyncio.Event()

        async def request() -> None:
            async with trail.record(CALLER, ALLOWED, FACTS, stream=False, case=None):
                inside.set()
                await asyncio.Event().wait()

        task = asyncio.get_running_loop().create_task(request())
        await inside.wait()
        task.cancel()
        await asyncio.wait([task])
        opening = asyncio.get_running_loop().create_task(request())
        await asyncio.sleep(0)  # the opening entry is queued, and not yet written
        opening.cancel()
        await asyncio.wait([opening])
    async with journal_in(tmp_path) as trail:
        assert [line.ending for line in await recorded(trail)] == [Ending.CANCELLED] * 3


async def test_a_request_that_never_ends_reads_as_interrupted(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        context = trail.record(CALLER, ALLOWED, FACTS, stream=False, case=None)
        await context.__aenter__()
        assert [line.ending for line in await recorded(trail)] == [Ending.INTERRUPTED]


async def test_requests_that_come_together_share_commits(tmp_path: Path) -> None:
    """Would catch one fsync for each entry, which is what a journal costs."""
    async with journal_in(tmp_path) as trail:
        await asyncio.gather(*(answered(trail) for _ in range(64)))
        assert trail.commits < 64
        assert len(await recorded(trail)) == 64
        assert (await verify(trail.database, trail.heads, trail.public_key)).sound


async def test_an_answer_waits_for_the_disk(tmp_path: Path) -> None:
    """Would catch an answer that leaves before its line can survive a crash."""
    async with journal_in(tmp_path) as trail:
        async with trail.record(CALLER, ALLOWED, FACTS, stream=False, case=None):
            assert await kinds(trail) == ["opened"]
        assert await kinds(trail) == ["opened", "closed"]


async def test_without_a_journal_nothing_passes_and_then_it_works_again(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        await answered(trail)
        context = trail.record(CALLER, ALLOWED, FACTS, stream=False, case=SECRET)
        await context.__aenter__()
        await execute(trail.database, "ALTER TABLE journal RENAME TO elsewhere")
        with pytest.raises(AuditUnavailableError) as caught:
            await context.__aexit__(None, None, None)
        assert str(caught.value) == "the record cannot be closed"
        with pytest.raises(AuditUnavailableError):
            await answered(trail)
        await execute(trail.database, "ALTER TABLE elsewhere RENAME TO journal")
        await answered(trail)
        endings = [line.ending for line in await recorded(trail)]
        assert endings == [Ending.ANSWERED, Ending.INTERRUPTED, Ending.ANSWERED]
        assert (await verify(trail.database, trail.heads, trail.public_key)).sound


async def test_a_locked_database_is_not_waited_for_without_end(tmp_path: Path) -> None:
    async with journal_in(tmp_path, patience=0.01) as trail, trail.database.engine.begin() as other:
        await hold(other, journal)
        with pytest.raises(AuditUnavailableError) as caught:
            await answered(trail)
    assert str(caught.value) == "the journal is too slow"


async def test_a_listener_that_fails_stops_nothing(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        heard: list[Line] = []

        def broken(_: Line) -> None:
            raise RuntimeError

        trail.subscribe(broken)
        trail.subscribe(heard.append)
        await answered(trail)
        assert len(heard) == 1


async def test_a_closed_journal_refuses(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        pass
    with pytest.raises(AuditUnavailableError):
        await answered(trail)
