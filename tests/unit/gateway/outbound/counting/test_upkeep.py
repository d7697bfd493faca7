"""The rounds of the gateway, and all that is on disk after them."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from gateway.metrics import Metrics
from gateway.outbound.counting.periods import Span
from gateway.outbound.counting.pseudonyms import Keys
from gateway.outbound.counting.sql import SqlCounts, read
from gateway.outbound.counting.upkeep import Upkeep, months_left, note_changes
from tests.fakes.attempts import Clock, at, attempt, counts_in, sink_in

USERS = ("solene.lebihan", "MARGOT.PENCRAN@HOPITAL.EXAMPLE", "HOPITAL\\tanguy")
SOURCES = ("10.20.30.40", "2001:db8::5e1e", "192.0.2.77")
HOSTS = ("chatgpt.com", "api.openai.com", "candidat-inconnu.ai")


def upkeep(counts: SqlCounts, folder: Path, metrics: Metrics | None = None) -> Upkeep:
    told = metrics.count_outbound if metrics else lambda _attempts, _notes: None
    return Upkeep(counts, folder / "spool", Keys(folder / "keys"), told)


def found_in(folder: Path, needles: Iterable[str]) -> list[str]:
    """Return which texts are anywhere in the files of a folder, or in a name of one, in any usual encoding."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    whole = b"\n".join([file.read_bytes() for file in files] + [str(file).encode() for file in files]).lower()
    return [text for text in needles if any(text.lower().encode(form) in whole for form in ("utf-8", "utf-16-le"))]


async def test_no_user_no_address_and_no_host_is_anywhere_on_disk(tmp_path: Path) -> None:
    """Would catch: a name, an address or a host in the spool, the keys, the database or its log, at any moment.

    Also where an intake hands over a host in place of a service's id, and a table of departments the address itself.
    """
    clock = Clock()
    sink = sink_in(tmp_path, clock)
    sink._departments = lambda source: source
    attempts = [
        attempt(clock.at, user, host, source=source, engine=source)
        for user in (*USERS, "")
        for source in SOURCES
        for host in (*HOSTS, "chatgpt")
    ]
    needles = [*USERS, *SOURCES, *HOSTS, "lebihan", "pencran", "tanguy"]
    async with counts_in(tmp_path, clock) as counts:
        assert sink.add(attempts) == 48
        assert found_in(tmp_path, needles) == []
        tended = upkeep(counts, tmp_path)
        await tended.round()
        assert found_in(tmp_path, needles) == []
        sink.close()
        clock.at += dt.timedelta(days=1)
        await tended.round()
        await read(counts, Span(dt.date(2026, 11, 1), dt.date(2026, 11, 1)))
        assert found_in(tmp_path, needles) == []
    assert found_in(tmp_path, ["chatgpt"]) == ["chatgpt"]


async def test_once_purged_no_pseudonym_is_left_and_no_key(tmp_path: Path) -> None:
    """Would catch: a pseudonym in a free page of the database, or in its log, after its attempts were deleted."""
    clock = Clock()
    async with counts_in(tmp_path, clock) as counts:
        with sink_in(tmp_path, clock) as sink:
            sink.add([attempt(clock.at, user) for user in USERS])
        await take(counts, tmp_path)
        with closing(sqlite3.connect(tmp_path / "counts.db")) as database:
            pseudonyms = [row[0] for row in database.execute("SELECT pseudonym FROM outbound_events")]
        assert len(pseudonyms) == len(set(pseudonyms)) == 3
        clock.at = at(2, month=1).replace(year=2027)
        await take(counts, tmp_path)
    assert found_in(tmp_path, pseudonyms) == []
    assert list((tmp_path / "keys").iterdir()) == []


async def take(counts: SqlCounts, folder: Path) -> None:
    tended = upkeep(counts, folder)
    await tended.round()


async def test_a_round_is_told_to_the_metrics(tmp_path: Path) -> None:
    metrics = Metrics([], [])
    async with counts_in(tmp_path) as counts:
        with sink_in(tmp_path) as sink:
            sink.add([attempt(), attempt(service="nobody_knows"), attempt(service="")])
            sink.error()
        await upkeep(counts, tmp_path, metrics).round()
    shown = metrics.render().decode()
    assert 'ecluse_outbound_attempts_total{verdict="block"} 3.0' in shown
    assert "ecluse_outbound_helper_errors_total 1.0" in shown


async def test_rounds_go_on_whatever_the_database_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: one locked database, after which nothing is ever counted again."""
    async with counts_in(tmp_path) as counts:
        tended = upkeep(counts, tmp_path)
        tended.seconds = 0.001
        rounds, again = 0, asyncio.Event()

        async def failing() -> None:
            nonlocal rounds
            rounds += 1
            if rounds > 1:
                again.set()
            raise sqlite3.OperationalError("database is locked")

        monkeypatch.setattr(Upkeep, "round", lambda _self: failing())
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            going = group.create_task(tended.run())
            await again.wait()
            going.cancel()


async def test_keys_that_ought_to_be_gone_are_named(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    keys.of(dt.date(2026, 9, 1))
    keys.of(dt.date(2026, 11, 1))
    assert months_left(keys, dt.date(2026, 11, 20)) == (dt.date(2026, 9, 1),)


async def test_steps_of_a_policy_are_kept(tmp_path: Path) -> None:
    async with counts_in(tmp_path) as counts:
        await note_changes(counts, [(dt.date(2026, 11, 3), "observe")])
        found = await read(counts, Span(dt.date(2026, 11, 1), dt.date(2026, 11, 1)))
        assert [change.mode for change in found.changes] == ["observe"]
