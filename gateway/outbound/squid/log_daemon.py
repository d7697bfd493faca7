"""What Squid hands its log to: `python -m gateway.outbound.squid.log_daemon FOLDER`, and the options of `main`.

Squid writes `L` and a line for each request, and commands of one letter that are for files (rotate, truncate, open
again, flush); it reads nothing back, and stops for good where this program ends. Who made a request is known here for
as long as it takes to count it: the sink pseudonymises before anything is kept.
"""

import argparse
import os
import select
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from filters.outbound.attempt import Attempt
from gateway.outbound.counting.sink import sink_in
from gateway.outbound.squid.lines import attempt, failed

EVERY: Final = 30.0
"""Seconds without a line after which the sink does what is due."""

CHUNK: Final = 1 << 18
LONGEST: Final = 1 << 16
_LINE: Final = ord("L")


class Sink(Protocol):
    """Where attempts are counted: `gateway.outbound.counting`."""

    def add(self, attempts: Sequence[Attempt], /) -> int:
        """Count attempts; what identifies a person goes no further than this."""
        ...

    def error(self, count: int = 1) -> None:
        """Count connections for which no decision could be had."""
        ...

    def tick(self) -> None:
        """Do what is due although nothing came."""
        ...

    def rotate(self) -> None:
        """End what is being written."""
        ...


class Reader:
    """Reads what Squid writes. A fault of the sink or of a line ends nothing, and is counted."""

    def __init__(self, sink: Sink) -> None:
        """Hand attempts to `sink`."""
        self._sink = sink
        self.faults = 0
        """Times that the sink failed."""
        self.unreadable = 0
        """Lines that are none of ours."""

    def take(self, data: bytes) -> bytes:
        """Take what was read, and return the beginning of a line that is not whole yet."""
        *whole, rest = data.split(b"\n")
        undecided, found = 0, list[Attempt]()
        for line in whole:
            if line.startswith(b"L"):
                undecided += self._read(line[1:].decode("utf-8", "replace"), found)
        if found:
            self._try(lambda: self._sink.add(found))
        if undecided:
            self._try(lambda: self._sink.error(undecided))
        if b"R" in whole:
            self._try(self._sink.rotate)
        return rest if len(rest) <= LONGEST else b""

    def tick(self) -> None:
        """Let the sink do what is due."""
        self._try(self._sink.tick)

    def end(self) -> None:
        """Let the sink end: Squid has gone."""
        self._try(self._sink.rotate)

    def _read(self, line: str, found: list[Attempt]) -> bool:
        """Add the attempt of a line to those found, and return whether it tells of one that was not decided."""
        try:
            one = attempt(line)
        except Exception:  # noqa: BLE001  whatever is wrong with a line, the next one is read
            self.unreadable += 1
            return False
        if one is not None:
            found.append(one)
        return one is None and failed(line)

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception:  # noqa: BLE001  a full disk must not stop the hospital's web access
            self.faults += 1


def serve(source: int, reader: Reader) -> None:
    """Read a file descriptor until it ends."""
    rest = b""
    while True:
        if not select.select([source], [], [], EVERY)[0]:
            reader.tick()
            continue
        chunk = os.read(source, CHUNK)
        if not chunk:
            return reader.end()
        rest = reader.take(rest + chunk)


def main() -> None:
    """Serve Squid on the standard input. Squid adds words of its own to the command line, which are not read."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keys", type=Path)
    parser.add_argument("--timezone", default="Europe/Paris")
    parser.add_argument("--raw-days", type=int, default=30)
    chosen, _ = parser.parse_known_args()
    sink = sink_in(chosen.folder, chosen.keys, chosen.timezone, chosen.raw_days)
    serve(sys.stdin.fileno(), Reader(sink))


if __name__ == "__main__":
    main()
