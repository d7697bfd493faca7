"""One gateway on SQLite: its file locked, its disk full, its clock set anew. Nothing passes unrecorded or uncounted."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from gateway.audit.event import Ending
from tests.fakes.account import Account, account
from tests.fakes.faults import Clock, full, opened, small_disk, written
from tests.fakes.openai_server import RecordingUpstream, Says, recording_upstream
from tests.fakes.serving import SECONDS, Serving

pytestmark = [pytest.mark.xdist_group("faults-stores"), pytest.mark.asyncio(loop_scope="module")]

UNRECORDED = {"journal_indisponible", "marquage_indisponible"}
PEOPLE = 4


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    return Clock(tmp_path_factory.mktemp("clock"))


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    with small_disk(48) as folder:
        yield folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def upstream() -> AsyncIterator[RecordingUpstream]:
    async with recording_upstream() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(
    upstream: RecordingUpstream, clock: Clock, disk: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Serving]:
    file = written(tmp_path_factory.mktemp("house"), upstream.url, data_dir=str(disk / "data"))
    async with opened(file, clock.environment) as serving:
        yield serving


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the database as a backup that takes too long would."""
    with contextlib.closing(
        sqlite3.connect(file, isolation_level=None, timeout=SECONDS, check_same_thread=False)
    ) as database:
        database.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            database.execute("ROLLBACK")


@contextlib.asynccontextmanager
async def away(fault: contextlib.AbstractContextManager[None]) -> AsyncIterator[None]:
    """Have the fault begin and end in a thread: a lock waits for its turn while the model's server has to answer."""
    await asyncio.to_thread(fault.__enter__)
    try:
        yield
    finally:
        await asyncio.to_thread(fault.__exit__, None, None, None)


async def cut(callers: Account, fault: contextlib.AbstractContextManager[None]) -> None:
    """Have the fault come while people ask and a stream is under way: neither is answered unrecorded."""
    callers.upstream.reply_with(Says("Bonjour à tous, voici le texte.", hold_after=4))
    async with asyncio.TaskGroup() as group:
        streaming = group.create_task(callers.ask(stream=True))
        await asyncio.wait_for(callers.upstream.holding.wait(), SECONDS)
        callers.upstream.reply_with(Says("Bonjour à tous."))
        async with callers.crowd(PEOPLE):
            await callers.until(lambda heard: len(heard) > PEOPLE)
            async with away(fault):
                callers.upstream.release()
                await callers.until(
                    lambda heard: streaming.done() and sum(one.code in UNRECORDED for one in heard) > PEOPLE
                )
    assert {heard.code for heard in callers.heard} <= {"answered", *UNRECORDED}
    assert streaming.result().code in UNRECORDED
    await callers.answers_again()
    await callers.balanced(open_records=2 * PEOPLE)


async def test_a_locked_journal_stops_everybody_until_it_is_free(
    house: Serving, upstream: RecordingUpstream, disk: Path
) -> None:
    """Would catch: answers that leave while nobody can write them down, and a gateway that never writes again."""
    callers = await account([house], upstream)
    await cut(callers, locked(disk / "data" / "ecluse.db"))


async def test_a_full_disk_stops_everybody_until_there_is_room(
    house: Serving, upstream: RecordingUpstream, disk: Path
) -> None:
    """Would catch: a journal or the ends of its chains written in part, which verify as a forgery for ever after."""
    callers = await account([house], upstream)
    await cut(callers, full(disk))


async def test_a_clock_that_jumps_gives_no_quota_and_breaks_no_chain(
    house: Serving, upstream: RecordingUpstream, clock: Clock
) -> None:
    """Would catch: a minute's allowance anew with each correction of the clock, keys or chains that time undoes."""
    callers, others = await account([house], upstream, allowance=6), await account([house], upstream)
    async with callers.crowd(2, streams=False):
        for by in ("+3d", "-2d", "+1h", "+0"):
            clock.jump(by)
            await others.answers_again()
            await callers.until(lambda heard: len(heard) > PEOPLE)
    # On a machine that stands still for seconds the journal is late, and refuses: that is not the clock's doing.
    recorded = await callers.balanced(open_records=2)
    assert {heard.code for heard in callers.heard} - UNRECORDED == {"answered", "quota_depasse"}
    assert {Ending.ANSWERED, Ending.LIMITED} <= {line.ending for line in recorded}
    assert len(others.heard) <= 16, house.log.read_text("utf-8")[-4000:]
    assert all(0 <= line.duration_ms < SECONDS * 1000 for line in recorded)
