"""Files of log taken in: each line counted once, whatever happens on the way."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from filters.outbound.attempt import Attempt
from filters.outbound.intake.blocks import Block, DamagedError, Source, blocks, opened
from filters.outbound.intake.engines import parser, read
from filters.outbound.intake.ledger import Ledger, Place
from filters.outbound.intake.parser import Parser, Reason, Tally

QUIET: Final = 60
"""Seconds after which a file that nobody wrote to is complete, even if its last line has no end."""


class Sink(Protocol):
    """Where attempts are counted."""

    def add(self, attempts: Sequence[Attempt], batch: str) -> None:
        """Count attempts for good before returning; do nothing for a batch that was counted before.

        `batch` names these attempts: after a crash that came between counting them and writing so down, the same are
        handed over under the same name. The name has to be kept together with the counts, in one transaction.
        """


class Progress(Protocol):
    """Is told how far a file is read."""

    def __call__(self, read: int, total: int) -> None:
        """Take the bytes read, packed or not, of those that the file has."""


@dataclass
class Taken:
    """What was made of a file."""

    tally: Tally = field(default_factory=Tally)
    """Of this time only."""
    known: int = 0
    """Bytes that were counted before."""
    left: int = 0
    """Bytes of a last line that is not complete yet."""
    damaged: bool = False
    """Whether the rest of a packed file could not be read."""


class Intake:
    """Takes in files of one engine. `zone` is that of the times that do not say theirs.

    A file is recognised by its content: taken again under another name, grown, rotated or packed, only what is new of
    it counts. Files put together from others (`cat a b > c`) are new ones from the second part on.
    """

    def __init__(
        self,
        engine: str,
        services: Callable[[str], str],
        sink: Sink,
        ledger: Ledger,
        *,
        zone: dt.tzinfo | None = None,
        exempt: Callable[[str], bool] = lambda _: False,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`exempt` says which sources are the gateway's own: its calls to models are no attempts of anybody."""
        self._engine = engine
        self._services = services
        self._sink = sink
        self._ledger = ledger
        self._zone = zone
        self._exempt = exempt
        self._now = now

    def take(self, path: Path, progress: Progress | None = None) -> Taken:
        """Count what is new of a file. Raises OSError, and ZoneNeededError before anything of a batch is counted."""
        taken = Taken()
        try:
            with opened(path) as source:
                self._take(source, path.stat().st_mtime, taken, progress)
        except DamagedError:
            taken.damaged = True
        return taken

    def _take(self, source: Source, written: float, taken: Taken, progress: Progress | None) -> None:
        reader = parser(self._engine, self._services, self._zone, dt.datetime.fromtimestamp(written, dt.UTC))
        complete = source.packed or self._now() - written > QUIET
        place = self._ledger.find(source) or self._ledger.new(source)
        taken.known = place.offset
        place = self._again(place, source, reader, taken)
        if place.intended > place.offset:
            return  # a shorter copy of a file of which a batch is open: the whole one will close it
        for block in blocks(source, place.offset, last_too=complete):
            place = self._count(place, source, block, reader, taken)
            if progress is not None:
                progress(min(source.raw.tell(), source.size), source.size)
        if not source.packed:
            taken.left = max(source.size - place.offset, 0)

    def _again(self, place: Place, source: Source, reader: Parser, taken: Taken) -> Place:
        """Hand over once more the batch of which it is not known whether it was counted."""
        if place.intended <= place.offset:
            return place
        found = list(blocks(source, place.offset, last_too=True, until=place.intended))
        if not found or found[-1].end < place.intended:
            return place
        self._sink.add([one for block in found for one in self._attempts(block, reader, taken.tally)], place.batch)
        return self._ledger.done(place, source, place.intended, found[-1].data)

    def _count(self, place: Place, source: Source, block: Block, reader: Parser, taken: Taken) -> Place:
        attempts = self._attempts(block, reader, taken.tally)
        if attempts:
            place = self._ledger.intend(place, source, block.end)
            self._sink.add(attempts, place.batch)
        return self._ledger.done(place, source, block.end, block.data)

    def _attempts(self, block: Block, reader: Parser, tally: Tally) -> list[Attempt]:
        if block.cut:
            tally.lines += block.cut
            tally.bad[Reason.LONG] += block.cut
        found = list(read(block.lines, reader, tally))
        kept = [one for one in found if not self._exempt(one.source)]
        tally.attempts -= len(found) - len(kept)
        return kept
