"""Files of log taken in: whatever happens to them, each line counts once."""

import datetime as dt
import gzip
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from filters.outbound.attempt import Attempt
from filters.outbound.intake import blocks
from filters.outbound.intake.ledger import Ledger, LedgerBrokenError, LedgerBusyError
from filters.outbound.intake.parser import Reason, ZoneNeededError
from filters.outbound.intake.taking import Intake, Taken

START = 1_795_690_000


class Counts:
    """A sink as it has to be: a batch that it knows is not counted again."""

    def __init__(self) -> None:
        self.users: list[str] = []
        self.batches: set[str] = set()
        self.before: Exception | None = None
        self.after: Exception | None = None

    def add(self, attempts: Sequence[Attempt], batch: str) -> None:
        """Count, and fail before or after it as told."""
        if self.before:
            raise self.before
        if batch not in self.batches:
            self.batches.add(batch)
            self.users += [attempt.user for attempt in attempts]
        if self.after:
            raise self.after


def lines(first: int, last: int, *, end: str = "\n") -> str:
    return "".join(
        f"{START + number}.000    120 10.0.0.7 TCP_DENIED/403 3900 CONNECT chatgpt.com:443 u{number} HIER_NONE/- -{end}"
        for number in range(first, last)
    )


def users(first: int, last: int) -> list[str]:
    return [f"u{number}" for number in range(first, last)]


@pytest.fixture
def sink() -> Counts:
    return Counts()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "access.log"


def take(path: Path, sink: Counts, *, engine: str = "squid", later: float = 0.0) -> Taken:
    """Take in a file, each time as another process would."""
    with Ledger(path.parent / "state" / "intake.json", b"k" * 32) as ledger:
        work = Intake(
            engine,
            lambda host: "chatgpt" if host == "chatgpt.com" else "",
            sink,
            ledger,
            now=lambda: path.stat().st_mtime + later,
        )
        return work.take(path)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make blocks of a few lines, so that every file here has many."""
    monkeypatch.setattr(blocks, "SIZE", 700)


def test_a_file_counts_once_and_what_is_added_to_it_counts_once(log: Path, sink: Counts) -> None:
    log.write_text(lines(0, 100))
    assert take(log, sink).tally.attempts == 100
    again = take(log, sink)
    assert (again.tally.lines, again.known) == (0, log.stat().st_size)
    with log.open("a") as file:
        file.write(lines(100, 150))
    assert take(log, sink).tally.lines == 50
    assert sink.users == users(0, 150)


@pytest.mark.parametrize("how", ["renamed", "copied", "packed"])
def test_a_rotated_file_is_the_same_and_the_new_one_is_another(log: Path, sink: Counts, how: str) -> None:
    log.write_text(lines(0, 100))
    take(log, sink)
    with log.open("a") as file:
        file.write(lines(100, 120))  # written between the last intake and the rotation
    rotated = log.with_name("access.log.1")
    if how == "renamed":
        log.rename(rotated)
    elif how == "copied":
        rotated.write_bytes(log.read_bytes())
    else:
        rotated.write_bytes(gzip.compress(log.read_bytes()))
    log.write_text(lines(120, 130))
    take(rotated, sink)
    take(log, sink)
    take(rotated, sink)
    assert sink.users == users(0, 130)


def test_a_short_file_that_grows_is_still_known(log: Path, sink: Counts) -> None:
    """Recognised by its first 4096 bytes, a file of one line would be another one with the second line."""
    for number in range(60):
        log.write_text(lines(0, number + 1))
        take(log, sink)
    assert sink.users == users(0, 60)


def test_another_file_that_begins_alike_is_counted(log: Path, sink: Counts) -> None:
    log.write_text(lines(0, 100))
    take(log, sink)
    log.write_text(lines(0, 50) + lines(500, 600))
    take(log, sink)
    assert sink.users == users(0, 100) + users(0, 50) + users(500, 600)


def test_a_shorter_copy_of_a_counted_file_adds_nothing(log: Path, sink: Counts) -> None:
    log.write_text(lines(0, 100))
    take(log, sink)
    log.write_text(lines(0, 60))
    take(log, sink)
    assert sink.users == users(0, 100)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_crash_on_either_side_of_the_count_changes_nothing(
    log: Path, sink: Counts, moment: str, pack: Callable[[bytes], bytes]
) -> None:
    """Killed between the count and writing so down, a batch was counted and is handed over again."""
    log.write_bytes(pack(lines(0, 100).encode()))
    for _ in range(3):
        setattr(sink, moment, OSError("killed"))
        with pytest.raises(OSError, match="killed"):
            take(log, sink)
        setattr(sink, moment, None)
    take(log, sink)
    assert sink.users == users(0, 100)


def test_a_batch_that_is_handed_over_again_ends_where_it_did(log: Path, sink: Counts) -> None:
    log.write_text(lines(0, 5))
    sink.after = OSError("killed")
    with pytest.raises(OSError, match="killed"):
        take(log, sink)
    sink.after = None
    with log.open("a") as file:
        file.write(lines(5, 20))
    take(log, sink)
    assert sink.users == users(0, 20)


def test_a_last_line_waits_for_its_end(log: Path, sink: Counts) -> None:
    whole = lines(0, 3)
    log.write_text(whole[:-20])
    assert take(log, sink).left > 0
    assert sink.users == users(0, 2)
    log.write_text(whole)
    take(log, sink)
    assert sink.users == users(0, 3)


def test_a_last_line_without_end_counts_in_a_file_that_nobody_writes_to(log: Path, sink: Counts) -> None:
    log.write_text(lines(0, 3).rstrip("\n"))
    assert take(log, sink, later=3600).left == 0
    with log.open("a") as file:
        file.write("\n" + lines(3, 5))
    take(log, sink, later=3600)
    assert sink.users == users(0, 5)


def test_ends_of_windows_bytes_of_no_encoding_and_a_mark(log: Path, sink: Counts) -> None:
    log.write_bytes(b"\xef\xbb\xbf" + lines(0, 10, end="\r\n").encode() + b"\xff\xfe\x80 \n" + lines(10, 20).encode())
    taken = take(log, sink)
    assert sink.users == users(0, 20)
    assert taken.tally.bad == {Reason.FORM: 1}


def test_a_file_without_line_ends_does_not_fill_the_memory(
    log: Path, sink: Counts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "LONGEST", 2000)
    log.write_bytes(lines(0, 5).encode() + b"x" * 50_000 + b"\n" + lines(5, 10).encode())
    taken = take(log, sink)
    assert taken.tally.bad == {Reason.LONG: 1}
    assert sink.users == users(0, 10)


def test_what_can_be_read_of_a_damaged_archive_counts_once(log: Path, sink: Counts) -> None:
    packed = gzip.compress(lines(0, 2000).encode())
    log.write_bytes(packed[: len(packed) // 2])
    assert take(log, sink).damaged
    found = len(sink.users)
    assert 0 < found < 2000
    take(log, sink)
    assert len(sink.users) in {found, found - 1}
    log.write_bytes(packed)
    assert not take(log, sink).damaged
    assert sink.users[: found - 1] == users(0, found - 1)
    assert sink.users[-1] == "u1999"


def test_nothing_of_an_archive_can_be_read(log: Path, sink: Counts) -> None:
    log.write_bytes(b"\x1f\x8b nothing of the kind")
    assert take(log, sink).damaged


def test_progress_is_told_in_bytes_of_the_file(log: Path, sink: Counts) -> None:
    log.write_bytes(gzip.compress(lines(0, 100).encode()))
    told: list[tuple[int, int]] = []
    with Ledger(log.parent / "intake.json", b"k" * 32) as ledger:
        Intake("squid", lambda _: "chatgpt", sink, ledger).take(log, lambda read, total: told.append((read, total)))
    size = log.stat().st_size
    assert told[-1] == (size, size)
    assert told == sorted(told)


def test_without_a_zone_nothing_is_counted(log: Path, sink: Counts) -> None:
    log.write_text('date=2026-01-31 time=12:00:00 subtype="webfilter" hostname="chatgpt.com" action="blocked"\n')
    with pytest.raises(ZoneNeededError):
        take(log, sink, engine="fortigate", later=3600)
    assert not sink.batches


def test_the_state_holds_neither_lines_nor_names(log: Path, sink: Counts) -> None:
    """The state lies on the disk for years: a user or a plain hash of a line in it would tell who went where."""
    log.write_text(lines(0, 10))
    take(log, sink)
    state = log.parent / "state" / "intake.json"
    text = state.read_text()
    assert not any(word in text for word in ("u9", "10.0.0", "chatgpt", "access"))
    assert state.stat().st_mode & 0o077 == 0
    with Ledger(state, b"k" * 32) as one, blocks.opened(log) as source:
        assert one.find(source) is not None
    with Ledger(state, b"o" * 32) as other, blocks.opened(log) as source:
        assert other.find(source) is None


def test_one_intake_at_a_time(tmp_path: Path) -> None:
    state = tmp_path / "intake.json"
    with Ledger(state, b"k" * 32), pytest.raises(LedgerBusyError), Ledger(state, b"k" * 32):
        pass
    with Ledger(state, b"k" * 32):
        pass


@pytest.mark.parametrize("text", ["", "{", "[]", '{"form": 2, "places": []}', '{"form": 1, "places": [{"id": "a"}]}'])
def test_a_broken_state_is_said_and_not_begun_again(tmp_path: Path, text: str) -> None:
    """Taken for an empty one, it would have everything counted a second time."""
    state = tmp_path / "intake.json"
    state.write_text(text)
    with pytest.raises(LedgerBrokenError), Ledger(state, b"k" * 32):
        pass


def test_a_year_is_that_of_the_file(log: Path) -> None:
    log.write_text(
        "Dec 31 23:00:00 gw unbound: [1:0] info: rpz: applied [e] chatgpt.com. "
        "rpz-nxdomain 10.0.0.1@5 chatgpt.com. A IN\n"
    )
    written = dt.datetime(2025, 1, 3, tzinfo=dt.UTC).timestamp()
    os.utime(log, (written, written))
    found: list[Attempt] = []

    class Kept:
        def add(self, attempts: Sequence[Attempt], batch: str) -> None:
            assert batch
            found.extend(attempts)

    with Ledger(log.parent / "intake.json", b"k" * 32) as ledger:
        Intake("unbound", lambda _: "chatgpt", Kept(), ledger, zone=dt.UTC).take(log)
    assert found[0].at.year == 2024
