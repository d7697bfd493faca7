"""Where engines put attempts: each is given its pseudonym at once, in memory, and only that is written."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from filters.outbound.attempt import Attempt
from gateway.outbound.counting.event import Event, Note, engine_id, label, noted, service_id, written
from gateway.outbound.counting.periods import Calendar, earliest, kept_from, month_of
from gateway.outbound.counting.pseudonyms import Keys, Pseudonyms
from gateway.outbound.counting.spool import FOLDER, SpoolFile
from gateway.outbound.judge import departments
from gateway.secrets import KeyFileError

AT_ONCE: Final = 2000
"""Events in one write."""

KEYS: Final = "pseudonyms"
"""Folder of the keys in that of outgoing connections, unless the hospital chose another."""

LARGEST: Final = 4 * 2**20
"""Bytes after which another file is begun."""

OLDEST: Final = 600.0
"""Seconds after which another file is begun: a file can only be deleted whole."""

LONGEST_WAIT: Final = 16 * 2**20
"""Bytes kept in memory while the disk is full; beyond, attempts are lost, and their number is told."""

AHEAD: Final = 86_400
"""Seconds by which another machine's clock may be ahead."""


class Sink:
    """Takes attempts and writes events to the spool. Never raises for want of a disk: an engine has to go on.

    One for each process; threads may share it. `rotate` at the engine's own rotation, `tick` now and then where hours
    may pass without an attempt, `close` at the end. A process that is killed loses nothing that `add` was done with.
    """

    def __init__(
        self,
        folder: Path,
        pseudonyms: Pseudonyms,
        calendar: Calendar,
        departments: Callable[[str], str] = lambda _: "",
        *,
        raw_days: int = 30,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`departments` gives the department of an address, empty for none; `folder` is the spool's."""
        self._folder, self._pseudonyms, self._calendar = folder, pseudonyms, calendar
        self._departments, self._raw_days, self._clock = departments, raw_days, clock
        self._file: SpoolFile | None = None
        self._waiting = bytearray()
        self._notes: dict[Note, int] = {}
        self._turn = threading.Lock()
        self._today: dt.date | None = None

    def add(self, attempts: Iterable[Attempt]) -> int:
        """Write an event for each attempt, and return how many; the others are noted by the reason."""
        with self._turn:
            lines, done = list[bytes](), 0
            earliest, latest = self._limits()
            try:
                for attempt in attempts:
                    at = int(attempt.at.timestamp())
                    if not earliest <= at <= latest:
                        self._note(Note.LATE if at < earliest else Note.BROKEN)
                        continue
                    try:
                        lines.append(written(self._event(attempt, at)))
                    except KeyFileError:
                        self._note(Note.LOST)
                    if len(lines) >= AT_ONCE:
                        done += self._keep(lines)
                        lines = []
            finally:
                # Also where the reader of a log gives up: what it has read was attempted.
                done += self._keep(lines)
            return done

    def error(self, count: int = 1) -> None:
        """Note decisions that a helper could not take."""
        with self._turn:
            self._note(Note.ERROR, count)
            self._keep([])

    def tick(self) -> None:
        """Write what waits, end a file that is old, and forget keys that have done their time."""
        with self._turn:
            self._limits()
            self._keep([])

    def rotate(self) -> None:
        """End the file; the next attempt begins another."""
        with self._turn:
            self._flush()
            self._end()

    def close(self) -> None:
        """Write what waits and end the file."""
        self.rotate()

    def __enter__(self) -> Self:
        """Nothing to open: a file is made with the first attempt."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _limits(self) -> tuple[int, int]:
        """Return the first and the last instant of attempts that are counted now."""
        now = int(self._clock())
        today = self._calendar.day(now)
        if today != self._today:
            self._today = today
            self._pseudonyms.forget(kept_from(today, self._raw_days))
        return self._calendar.midnight(earliest(today, self._raw_days)), now + AHEAD

    def _event(self, attempt: Attempt, at: int) -> Event:
        month = month_of(self._calendar.day(at))
        return Event(
            at=at,
            pseudonym=self._pseudonyms.of(month, attempt.user, attempt.source),
            service=service_id(attempt.service),
            department=label(self._departments(attempt.source)),
            verdict=attempt.verdict.value,
            planned=attempt.planned.value,
            engine=engine_id(attempt.engine),
            version=label(attempt.version),
        )

    def _note(self, note: Note, count: int = 1) -> None:
        self._notes[note] = self._notes.get(note, 0) + count

    def _keep(self, lines: list[bytes]) -> int:
        """Take lines and write all that waits; return how many of them are not lost."""
        kept = len(lines)
        if len(self._waiting) < LONGEST_WAIT:
            self._waiting += b"".join(lines)
        elif lines:
            self._note(Note.LOST, len(lines))
            kept = 0
        self._flush()
        if self._file is not None and (self._file.size >= LARGEST or time.monotonic() - self._file.born >= OLDEST):
            self._end()
        return kept

    def _flush(self) -> None:
        """Write what waits, as far as the disk takes it, then the notes."""
        self._write()
        if self._notes and len(self._waiting) < LONGEST_WAIT:
            self._waiting += b"".join(noted(note, count) for note, count in self._notes.items())
            self._notes.clear()
            self._write()

    def _write(self) -> None:
        """Write as far as the disk takes it; the rest of a line that was cut goes on where it was cut."""
        with suppress(OSError):
            while self._waiting:
                if self._file is None:
                    self._file = SpoolFile(self._folder)
                del self._waiting[: self._file.append(self._waiting)]

    def _end(self) -> None:
        """Let go of the file, unless half a line stands at its end that has yet to be written to the same file."""
        file = self._file
        if file is not None and not self._waiting:
            self._file = None
            with suppress(OSError):
                file.close()


def sink_in(folder: Path, keys: Path | None, timezone: str, raw_days: int) -> Sink:
    """Return where an engine counts for the gateway whose folder this is; it forgets keys after `raw_days`."""
    pseudonyms, calendar = Pseudonyms(Keys(keys or folder / KEYS)), Calendar(timezone)
    return Sink(folder / FOLDER, pseudonyms, calendar, departments(folder), raw_days=raw_days)
