import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.outbound.attempt import Attempt
from gateway.outbound.counting.sink import sink_in
from gateway.outbound.squid.log_daemon import Reader, serve
from tests.fakes.policies_in_force import put


def line(
    method: str = "CONNECT", scheme: str = "-", mark: str = "block/chatgpt/service/block/v1", at: float = 0
) -> str:
    return f"{at or 1764154800.123:.3f} 10.0.0.1 drdupont {method} {scheme} {mark}"


class Told:
    """A sink that remembers, or that fails."""

    def __init__(self, *, full: bool = False) -> None:
        self.attempts: list[Attempt] = []
        self.errors = self.ticks = self.rotations = 0
        self._full = full

    def add(self, attempts: Sequence[Attempt], /) -> int:
        """Note it."""
        if self._full:
            raise OSError("No space left on device")
        self.attempts += attempts
        return len(attempts)

    def error(self, count: int = 1) -> None:
        """Note it."""
        self.errors += count

    def tick(self) -> None:
        """Note it."""
        self.ticks += 1

    def rotate(self) -> None:
        """Note it."""
        self.rotations += 1


def served(reader: Reader, *parts: bytes) -> None:
    source, target = os.pipe()
    thread = threading.Thread(target=serve, args=(source, reader))
    thread.start()
    for part in parts:
        os.write(target, part)
    os.close(target)
    thread.join(5)
    os.close(source)
    assert not thread.is_alive()


def test_attempts_and_commands() -> None:
    sink = Told()
    served(Reader(sink), b"b0\nr0\n", f"L{line()}\nL{line('GET', 'https')}\nF\nR\nO\nT\n".encode())
    assert [one.service for one in sink.attempts] == ["chatgpt"]
    # Once at Squid's rotation, once at its end.
    assert sink.rotations == 2


@given(st.data())
def test_lines_may_be_cut_anywhere(data: st.DataObject) -> None:
    sink, text = Told(), f"L{line()}\n".encode() * 5
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    reader, rest = Reader(sink), b""
    for first, last in zip([0, *cuts], [*cuts, len(text)], strict=True):
        rest = reader.take(rest + text[first:last])
    assert (len(sink.attempts), rest) == (5, b"")


FIELDS = [
    "1764154800.123",
    "nan",
    "1e99",
    "10.0.0.1",
    "-",
    "%ff",
    "CONNECT",
    "http",
    "block/chatgpt/s/block/v1",
    "error/x",
]
WRITTEN = st.lists(st.sampled_from(FIELDS) | st.text(max_size=9), max_size=8).map(" ".join).map(str.encode)


@given(st.lists(WRITTEN | st.binary(max_size=60)))
def test_nothing_that_squid_writes_ends_it(written: list[bytes]) -> None:
    """Squid stops for good when its log daemon ends; a line that is none costs no other one."""
    sink = Told()
    assert Reader(sink).take(b"".join(b"L%b\n" % one for one in [*written, line().encode()])) == b""
    assert sink.attempts[-1].user == "drdupont"


def test_a_full_disk_is_counted_and_ends_nothing() -> None:
    reader = Reader(Told(full=True))
    served(reader, f"L{line()}\n".encode(), f"L{line()}\nLnonsense\n".encode())
    assert reader.faults >= 1
    assert reader.unreadable == 1


def test_connections_that_could_not_be_decided_are_counted() -> None:
    sink = Told()
    Reader(sink).take(f"L{line(mark='error/start')}\n".encode() * 3)
    assert (sink.errors, sink.attempts) == (3, [])


def test_the_spool_holds_nobody(tmp_path: Path) -> None:
    """The name or the address of an agent would be on the disk, beside what they tried to reach."""
    put(tmp_path)
    reader = Reader(sink_in(tmp_path, tmp_path / "keys", "Europe/Paris", 30))
    reader.take(f"L{line(at=time.time())}\n".encode())
    reader.end()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"drdupont" in path.read_bytes() or b"10.0.0.1" in path.read_bytes() for path in kept)
    lines = [json.loads(text) for path in (tmp_path / "spool").iterdir() for text in path.read_text().splitlines()]
    assert [event[3] for event in lines if event[0] == "e"] == ["chatgpt"]


@pytest.mark.parametrize(("options", "kept"), [((), []), (("--raw-days", "90"), ["chatgpt"])])
def test_the_days_that_attempts_are_kept_reach_the_sink(
    tmp_path: Path, options: tuple[str, ...], kept: list[str]
) -> None:
    """Would catch: keys of pseudonyms that outlive, or do not live as long as, what the hospital has chosen."""
    put(tmp_path)
    command = [
        sys.executable,
        "-m",
        "gateway.outbound.squid.log_daemon",
        str(tmp_path),
        *options,
        "words",
        "of",
        "squid",
    ]
    text = f"L{line(at=time.time() - 86_400 * 70)}\n".encode()
    subprocess.run(command, input=text, check=True, timeout=60)
    written = [json.loads(text) for path in (tmp_path / "spool").iterdir() for text in path.read_text().splitlines()]
    assert [event[3] for event in written if event[0] == "e"] == kept
    assert [event[1:] for event in written if event[0] == "n"] == ([] if kept else [["late", 1]])
