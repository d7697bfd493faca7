"""From the spool into the database, exactly once, whatever stops in between."""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from gateway.outbound.counting import taking
from gateway.outbound.counting.event import Event, Note, written
from gateway.outbound.counting.sink import Sink
from gateway.outbound.counting.spool import Found
from gateway.outbound.counting.sql import SqlCounts
from gateway.outbound.counting.sql.table import batches, events
from gateway.outbound.counting.taking import Taken, TakenElsewhereError, take_in
from tests.fakes.attempts import attempt, counts_in, event, sink_in


class CrashError(Exception):
    """The process is gone."""


class Crashing:
    """Counts whose process ends before a transaction, or right after it."""

    def __init__(self, counts: SqlCounts, *, after: bool) -> None:
        self._counts, self._after = counts, after

    async def taken(self, batch: str) -> int:
        """Return how far a file was taken."""
        return await self._counts.taken(batch)

    async def take(self, batch: str, start: int, end: int, found: Sequence[Event]) -> int:
        """Crash."""
        if self._after:
            await self._counts.take(batch, start, end, found)
        raise CrashError


async def total(counts: SqlCounts) -> int:
    async with counts.database.engine.connect() as connection:
        return int((await connection.execute(select(func.count()).select_from(events))).scalar_one())


def kill(sink: Sink) -> None:
    """End a sink as SIGKILL would: its files are left as they are, without their lock."""
    if sink._file is not None:
        os.close(sink._file._descriptor)
        sink._file = None


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 7)),
        st.tuples(
            st.sampled_from(
                ["rotate", "kill", "torn", "take", "crash before", "crash after", "crash at delete", "two at once"]
            ),
            st.just(0),
        ),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.sampled_from([1, 90, 300, 2**20]))
def test_any_interleaving_counts_each_attempt_once(steps: list[tuple[str, int]], portion: int) -> None:
    """Would catch: any order of rotation, crash and taking in that loses an attempt or counts it twice."""

    async def play(folder: Path) -> None:
        added = 0
        async with counts_in(folder) as counts:
            sink = sink_in(folder)
            for step, number in steps:
                if step == "add":
                    added += sink.add([attempt(user=f"agent{added + each}") for each in range(number)])
                else:
                    sink = await _do(step, folder, counts, sink)
            sink.close()
            await take_in(folder / "spool", counts)
            await take_in(folder / "spool", counts)
            assert await total(counts) == added
            assert list((folder / "spool").glob("*.*")) == []

    # A line must fit: a portion without a whole line is taken for none.
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(taking, "PORTION", max(portion, 200)):
        asyncio.run(play(Path(folder)))


async def _do(step: str, folder: Path, counts: SqlCounts, sink: Sink) -> Sink:
    spool = folder / "spool"
    match step:
        case "rotate":
            sink.rotate()
        case "kill" | "torn":
            if step == "torn" and sink._file is not None:
                os.write(sink._file._descriptor, b'["e",17')
            kill(sink)
            return sink_in(folder)
        case "take":
            await take_in(spool, counts)
        case "crash at delete":
            with mock.patch.object(Found, "delete", side_effect=CrashError), suppress(CrashError):
                await take_in(spool, counts)
        case "two at once":
            await asyncio.gather(take_in(spool, counts), take_in(spool, counts))
        case _:
            with suppress(CrashError):
                await take_in(spool, Crashing(counts, after=step == "crash after"))
    return sink


@pytest.mark.usefixtures("engine")
async def test_what_is_being_written_is_taken_as_far_as_it_goes(tmp_path: Path) -> None:
    """Would catch: a quiet day of which nothing is counted before the file is full."""
    async with counts_in(tmp_path) as counts:
        sink = sink_in(tmp_path)
        sink.add([attempt(), attempt(service="claude")])
        found = await take_in(tmp_path / "spool", counts)
        assert found.attempts == {"block": 2}
        assert found.total == 2
        assert [file.suffix for file in (tmp_path / "spool").iterdir()] == [".open"]
        assert await take_in(tmp_path / "spool", counts) == Taken(notes=found.notes)
        sink.close()
        await take_in(tmp_path / "spool", counts)
        assert list((tmp_path / "spool").iterdir()) == []


@pytest.mark.usefixtures("engine")
async def test_a_file_restored_from_a_copy_is_not_counted_again(tmp_path: Path) -> None:
    async with counts_in(tmp_path) as counts:
        with sink_in(tmp_path) as sink:
            sink.add([attempt()])
        file = next((tmp_path / "spool").iterdir())
        copy = file.read_bytes()
        await take_in(tmp_path / "spool", counts)
        file.write_bytes(copy)
        await take_in(tmp_path / "spool", counts)
        assert await total(counts) == 1


async def test_lines_that_are_no_events_are_counted_as_such(tmp_path: Path) -> None:
    async with counts_in(tmp_path) as counts:
        with sink_in(tmp_path) as sink:
            sink.add([attempt()])
            sink.error(4)
        file = next((tmp_path / "spool").iterdir())
        file.write_bytes(b"solene.lebihan chatgpt.com\r\n" + file.read_bytes() + b"half a li")
        found = await take_in(tmp_path / "spool", counts)
        assert found.notes == {Note.BROKEN: 2, Note.ERROR: 4, Note.LATE: 0}
        assert await total(counts) == 1


@pytest.mark.usefixtures("engine")
async def test_an_instant_that_no_calendar_has_stops_nothing(tmp_path: Path) -> None:
    """Would catch: one line of another system user that ends all counting, and with it all deletion."""
    async with counts_in(tmp_path) as counts:
        with sink_in(tmp_path) as sink:
            sink.add([attempt()])
        file = next((tmp_path / "spool").iterdir())
        file.write_bytes(written(event()._replace(at=10**12)) + file.read_bytes())
        assert (await take_in(tmp_path / "spool", counts)).notes[Note.BROKEN] == 1
        assert await total(counts) == 1


async def test_only_plain_files_of_the_spool_are_read(tmp_path: Path) -> None:
    """Would catch: a link left in the spool that has the gateway read, or delete, a file of another folder."""
    spool = tmp_path / "spool"
    spool.mkdir()
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    (spool / "20261125T120000-0123456789abcdef.jsonl").symlink_to(secret)
    os.mkfifo(spool / "20261125T120000-0123456789abcde0.jsonl")
    (spool / "other.jsonl").write_text("x", encoding="utf-8")
    async with counts_in(tmp_path) as counts:
        assert (await take_in(spool, counts)).total == 0
        assert (await take_in(tmp_path / "absent", counts)).total == 0
    assert secret.read_text(encoding="utf-8") == "secret"
    assert len(list(spool.iterdir())) == 3


@pytest.mark.usefixtures("engine")
async def test_a_part_is_taken_by_one_process_only(tmp_path: Path) -> None:
    async with counts_in(tmp_path) as counts:
        await counts.take("file", 0, 10, [event()])
        with pytest.raises(TakenElsewhereError):
            await counts.take("file", 0, 10, [event()])
        assert await counts.taken("file") == 10
        assert await total(counts) == 1
        async with counts.database.engine.connect() as connection:
            assert len((await connection.execute(select(batches))).all()) == 1
