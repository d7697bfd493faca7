"""What the gateway does each minute: takes the spool in, and once a day deletes what is old, with its keys."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gateway.outbound.counting.periods import month_of
from gateway.outbound.counting.pseudonyms import Keys
from gateway.outbound.counting.sql import Kept, SqlCounts
from gateway.outbound.counting.taking import Taken, take_in
from gateway.rounds import go_round

SECONDS: Final = 60.0
"""Between two rounds."""

Counted = Callable[[Mapping[str, int], Mapping[str, int]], None]
"""What `Metrics.count_outbound` is."""


@dataclass(slots=True)
class Upkeep:
    """Goes its rounds. Several processes may: each event is taken once, and what is deleted is gone for all."""

    counts: SqlCounts
    spool: Path
    keys: Keys
    tell: Counted = lambda _attempts, _notes: None
    seconds: float = SECONDS
    _purged: dt.date | None = field(default=None, init=False)

    async def run(self) -> None:
        """Go round and round until cancelled; whatever does not answer is asked again the next time."""
        await go_round(self.round, self.seconds)

    async def round(self) -> Taken:
        """Take in, and purge once a day."""
        taken = await self.take()
        if self._purged != self.counts.today:
            await self.purge()
            self._purged = self.counts.today
        return taken

    async def take(self) -> Taken:
        """Take in, and tell the metrics."""
        taken = await take_in(self.spool, self.counts)
        self.tell(taken.attempts, {note.value: count for note, count in taken.notes.items()})
        return taken

    async def purge(self) -> tuple[Kept, tuple[dt.date, ...]]:
        """Delete what is old, then the keys of the months of which nothing is kept any more; return both.

        Keys that belong to another system user, in a folder of theirs, are theirs to delete: `Sink` does so.
        """
        kept = await self.counts.purge()
        with suppress(OSError):
            return kept, await asyncio.to_thread(self.keys.forget, kept.kept_from)
        return kept, ()


async def note_changes(counts: SqlCounts, steps: Iterable[tuple[dt.date, str]]) -> None:
    """Keep the steps of a policy, from which day on and in which mode, so that they outlive its file."""
    for day, mode in steps:
        await counts.note_change(day, mode)


def months_left(keys: Keys, kept_from: dt.date) -> tuple[dt.date, ...]:
    """Return the months whose keys ought to be gone and are not."""
    return tuple(month for month in keys.months() if month < month_of(kept_from))
