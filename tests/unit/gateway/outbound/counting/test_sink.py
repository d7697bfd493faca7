"""What engines hand over, and what is on disk of it."""

import datetime as dt
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from filters.outbound.attempt import Attempt
from gateway.outbound.counting import sink as module
from gateway.outbound.counting.event import Event, Note, read
from gateway.outbound.counting.sink import Sink
from gateway.outbound.counting.spool import SpoolFile
from tests.fakes.attempts import NOON, Clock, at, attempt, sink_in


def spooled(folder: Path) -> list[Event | tuple[Note, int]]:
    """Return every whole line of the spool."""
    lines = b"".join(file.read_bytes() for file in sorted((folder / "spool").iterdir()))
    return [read(line) for line in lines.splitlines()]


def events(folder: Path) -> list[Event]:
    return [one for one in spooled(folder) if isinstance(one, Event)]


def test_an_attempt_is_on_disk_once_add_is_done(tmp_path: Path) -> None:
    """Would catch: a daemon killed a moment later that takes counted attempts with it."""
    sink = sink_in(tmp_path)
    assert sink.add([attempt(), attempt(user="margot", source="10.20.30.41")]) == 2
    first, second = events(tmp_path)
    assert (first.at, first.service, first.department, first.verdict) == (
        int(NOON.timestamp()),
        "chatgpt",
        "cardiologie",
        "block",
    )
    assert second.department == "urgences"
    assert first.pseudonym != second.pseudonym
    sink.close()


def test_the_spool_is_for_its_owner_unless_its_folder_is_a_groups(tmp_path: Path) -> None:
    """Would catch: any account of the machine that reads who, under whichever name, goes where."""
    with sink_in(tmp_path / "own") as sink:
        sink.add([attempt()])
    folder = tmp_path / "shared" / "spool"
    folder.mkdir(parents=True)
    folder.chmod(0o2770)
    with sink_in(tmp_path / "shared") as sink:
        sink.add([attempt()])
    modes = [
        stat.S_IMODE(file.stat().st_mode) for one in ("own", "shared") for file in (tmp_path / one / "spool").iterdir()
    ]
    assert modes == [0o600, 0o640]
    assert stat.S_IMODE((tmp_path / "own" / "spool").stat().st_mode) == 0o700


def test_attempts_older_than_they_may_be_kept_are_not_written(tmp_path: Path) -> None:
    """Would catch: an old log taken in, which keeps people's attempts for longer than staff were told."""
    sink = sink_in(tmp_path)
    old, ahead = at(26, 23, 59, month=10), NOON + dt.timedelta(days=2)
    assert sink.add([attempt(old), attempt(ahead), attempt(at(27, 0, 0, month=10))]) == 1
    sink.close()
    assert len(events(tmp_path)) == 1
    assert sorted(one for one in spooled(tmp_path) if not isinstance(one, Event)) == [
        (Note.BROKEN, 1),
        (Note.LATE, 1),
    ]
    assert not (tmp_path / "keys" / "2027-01.key").exists()


def test_keys_of_purged_months_are_deleted_by_whoever_owns_them(tmp_path: Path) -> None:
    """Would catch: keys in a folder of the proxy's user, which the gateway may not delete, kept for ever."""
    clock = Clock(at(20, month=10))
    sink = sink_in(tmp_path, clock)
    sink.add([attempt(clock.at)])
    assert (tmp_path / "keys" / "2026-10.key").exists()
    clock.at = at(1, month=12)
    sink.add([attempt(clock.at)])
    assert [file.name for file in sorted((tmp_path / "keys").iterdir())] == ["2026-12.key"]
    sink.close()


def test_a_reader_that_gives_up_loses_nothing_of_what_it_read(tmp_path: Path) -> None:
    def broken() -> Iterator[Attempt]:
        yield attempt()
        raise ValueError("the log ends here")

    sink = sink_in(tmp_path)
    with pytest.raises(ValueError, match="ends here"):
        sink.add(broken())
    assert len(events(tmp_path)) == 1
    sink.close()


def test_a_full_disk_stops_no_engine_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: a full disk that takes web access down, or lines cut in half when there is room again."""
    sink = sink_in(tmp_path)
    room = [70, 0, 30, 0, 10**6, 10**6, 10**6]
    write = os.write

    def narrow(descriptor: int, lines: bytes) -> int:
        left = room.pop(0) if room else 10**6
        if not left:
            raise OSError(28, "No space left on device")
        return write(descriptor, bytes(lines)[:left])

    monkeypatch.setattr(os, "write", narrow)
    assert sink.add([attempt(user=f"agent{number}") for number in range(3)]) == 3
    sink.rotate()  # half a line stands at the end: the file goes on
    sink.tick()
    sink.close()
    assert len({one.pseudonym for one in events(tmp_path)}) == 3
    assert len(list((tmp_path / "spool").iterdir())) == 1


def test_what_finds_no_room_in_memory_either_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: attempts that are lost without anybody knowing that the counts are short of them."""
    monkeypatch.setattr(module, "LONGEST_WAIT", 200)
    monkeypatch.setattr(module, "AT_ONCE", 1)

    def full(_self: SpoolFile, _lines: bytes) -> int:
        raise OSError(28, "No space left on device")

    sink = sink_in(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(SpoolFile, "append", full)
        kept = sink.add([attempt()] * 10)
    sink.close()
    found = spooled(tmp_path)
    assert len(events(tmp_path)) == kept < 10
    assert (Note.LOST, 10 - kept) in found


def test_a_key_that_cannot_be_used_stops_no_engine(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "2026-11.key").write_bytes(b"short")
    (tmp_path / "keys" / "2026-11.key").chmod(0o600)
    with sink_in(tmp_path) as sink:
        assert sink.add([attempt()]) == 0
    assert spooled(tmp_path) == [(Note.LOST, 1)]


def test_errors_of_helpers_are_handed_over(tmp_path: Path) -> None:
    with sink_in(tmp_path) as sink:
        sink.error()
        sink.error(2)
    assert spooled(tmp_path) == [(Note.ERROR, 1), (Note.ERROR, 2)]


def test_a_file_ends_when_it_is_large_or_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100)
    sink = sink_in(tmp_path)
    sink.add([attempt()])
    assert [file.suffix for file in (tmp_path / "spool").iterdir()] == [".jsonl"]
    monkeypatch.setattr(module, "LARGEST", 10**9)
    sink.add([attempt()])
    monkeypatch.setattr(module, "OLDEST", 0.0)
    sink.tick()
    assert [file.suffix for file in (tmp_path / "spool").iterdir()] == [".jsonl"] * 2
    sink.close()


def test_threads_share_a_sink(tmp_path: Path) -> None:
    """Would catch: lines of two threads written into one another."""
    sink: Sink = sink_in(tmp_path)
    work = [
        threading.Thread(target=lambda: [sink.add([attempt()] * 3) for _ in range(50)])  # type: ignore[func-returns-value]
        for _ in range(4)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    sink.close()
    assert len(events(tmp_path)) == 600


def test_keys_are_forgotten_where_nobody_tries_anything(tmp_path: Path) -> None:
    """Would catch: the key of a month, kept for as long as no attempt comes to have it deleted."""
    clock = Clock()
    with sink_in(tmp_path, clock) as sink:
        sink.add([attempt()])
        clock.at += dt.timedelta(days=100)
        sink.tick()
    assert list((tmp_path / "keys").iterdir()) == []
