"""Taking the spool into the database, each event exactly once.

How far each file was taken is written in the transaction that takes its events. Whatever stops in between, the next
time goes on from there: nothing is taken twice, and a file is deleted only when all of it was taken.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from gateway.outbound.counting.event import BrokenLineError, Event, Note, read
from gateway.outbound.counting.spool import Found, batches, opened

PORTION: Final = 2**20
"""Bytes taken in one transaction; no line is as long."""


class TakenElsewhereError(Exception):
    """Another process took the same part of a file at the same time."""


class Takes(Protocol):
    """What events are taken into."""

    async def taken(self, batch: str) -> int:
        """Return how far a file was taken: 0 where it is not known."""
        ...

    async def take(self, batch: str, start: int, end: int, events: Sequence[Event]) -> int:
        """Take the events that stand from `start` to `end`, all or none; return how many were too old to be.

        Raises `TakenElsewhereError` where the file was not taken as far as `start`, or farther.
        """
        ...


@dataclass(slots=True)
class Taken:
    """What came out of the spool."""

    attempts: Counter[str] = field(default_factory=Counter)
    """By verdict."""
    notes: Counter[Note] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Return how many attempts there were, those too old included."""
        return self.attempts.total()


async def take_in(folder: Path, store: Takes) -> Taken:
    """Take all that stands in the spool, also in files that are being written; delete the files that are done with."""
    taken = Taken()
    for batch in await asyncio.to_thread(batches, folder):
        with opened(folder, batch) as file:
            if file is not None:
                try:
                    await _take(file, store, taken)
                except TakenElsewhereError:
                    continue
    return taken


async def _take(file: Found, store: Takes, taken: Taken) -> None:
    start = await store.taken(file.batch)
    while portion := await asyncio.to_thread(file.read, start, PORTION):
        whole = portion.rfind(b"\n") + 1
        if not whole:
            if len(portion) < PORTION and not file.ended:
                return
            # Half a line that its writer did not live to end, or no line at all.
            whole = len(portion)
        events, notes = await asyncio.to_thread(_parsed, portion[:whole])
        late = await store.take(file.batch, start, start + whole, events)
        start += whole
        taken.attempts.update(event.verdict for event in events)
        taken.notes.update(notes)
        taken.notes[Note.LATE] += late
    if file.ended:
        file.delete()


def _parsed(lines: bytes) -> tuple[list[Event], Counter[Note]]:
    events, notes = list[Event](), Counter[Note]()
    for line in lines.removesuffix(b"\n").split(b"\n"):
        try:
            found = read(line)
        except BrokenLineError:
            notes[Note.BROKEN] += 1
            continue
        if isinstance(found, Event):
            events.append(found)
        else:
            notes[found[0]] += found[1]
    return events, notes
