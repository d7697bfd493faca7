"""Watches the charter's file and hands over a new charter once it is right, and approved where that is asked.

What is wrong, late or unreadable leaves the old charter in force: a request never waits for a change, nor misses one.
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from config.errors import Fault
from gateway.governance.approvals import (
    NEEDED,
    Active,
    Approvals,
    Journal,
    Pending,
    counting,
    people,
    record_activation,
)
from gateway.governance.draft import Draft, digest, read_draft, stamps
from gateway.rounds import cancelled
from policies.rule import CharterText

SECONDS: Final = 3.0
"""Between two looks at the file."""

SHOWN: Final = 20
"""Faults told at once."""


class Result(StrEnum):
    """What became of a changed file."""

    ACTIVATED = "activated"
    REFUSED = "refused"
    """It has faults, or does not fit what runs."""
    PENDING = "pending"
    """It waits for approvals."""
    FAILED = "failed"
    """It could not be looked at, or approvals could not be read."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a changed file."""

    result: Result
    version: str | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class CharterWatch:
    """Looks at the file of the active charter."""

    path: Path
    routes: Sequence[str]
    """Ids that a charter may name."""
    active: Active
    prepare: Callable[[CharterText], Callable[[], None]]
    """Returns what makes a charter the one of every request; raises ValueError where it does not fit what runs."""
    wait: Callable[[Pending | None], None]
    """Is told what waits for approvals, and when nothing does any more."""
    tell: Callable[[Told], None]
    approvals: Approvals | None = None
    """None: one person's change is enough."""
    journal: Journal | None = None
    seconds: float = SECONDS
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    """Set it to have the file looked at now."""
    _files: tuple[Path, ...] = ()
    _stamps: tuple[tuple[int, int, int], ...] = ()
    _settled: str = ""
    """Digest of the last file that was judged for good."""
    _pending: Pending | None = None
    _draft: Draft | None = None
    """What was read last, so that a file that waits is not read every time."""
    _failing: bool = False

    async def run(self) -> None:
        """Look at the file again and again, until cancelled."""
        while not cancelled():
            try:
                async with asyncio.timeout(self.seconds):
                    await self.woken.wait()
            except TimeoutError:
                pass
            asked = self.woken.is_set()
            self.woken.clear()
            try:
                await self.look(asked=asked)
                self._failing = False
            except Exception:  # noqa: BLE001  whatever goes wrong here, requests go on under the old charter
                if not self._failing:
                    self.tell(Told(Result.FAILED))
                self._failing = True

    async def look(self, *, asked: bool = False) -> None:
        """Look at the file once; where it was `asked`, even if nothing seems to have changed."""
        files = self._files or (self.path,)
        found = stamps(files)
        if asked:
            self._settled, self._draft = "", None
        elif found == self._stamps and self._pending is None:
            return
        if self._draft is None or digest(files) != self._draft.digest:
            # Reading takes long enough to hold up the streams of others.
            self._draft = await asyncio.to_thread(read_draft, self.path, self.routes)
        self._files = self._draft.files
        if self._draft.digest == self._settled or await self._judged(self._draft):
            # As they were before reading: a file that changes meanwhile is looked at again.
            self._stamps = found if files == self._files else ()
            self._settled = self._draft.digest

    async def _judged(self, draft: Draft) -> bool:
        """Act on a draft; return whether there is nothing left to do until the file changes."""
        if draft.digest == self.active.digest or draft.text == self.active.text:
            self._waits(None)
            return True
        if draft.text is None:
            self._waits(None)
            self._told_once(draft, Told(Result.REFUSED, faults=draft.faults[:SHOWN]))
            return True
        if draft.text.version == self.active.text.version:
            message = "Le contenu a changé et la version est la même : changez `version`, que le journal écrit."
            self._waits(None)
            fault = Fault(str(self.path), 1, 1, message)
            self._told_once(draft, Told(Result.REFUSED, draft.text.version, (fault,)))
            return True
        if not await self._approved(draft, draft.text.version):
            return False
        return await self._activated(draft, draft.text)

    async def _approved(self, draft: Draft, version: str) -> bool:
        if self.approvals is None:
            return True
        given = people(counting(await self.approvals.of(draft.digest), self.active))
        if given >= NEEDED:
            return True
        if self._pending is None or self._pending.digest != draft.digest:
            self.tell(Told(Result.PENDING, version))
        self._waits(Pending(version, draft.digest, given))
        return False

    async def _activated(self, draft: Draft, text: CharterText) -> bool:
        try:
            serve = self.prepare(text)
        except ValueError as error:
            fault = Fault(str(self.path), 1, 1, str(error))
            self._told_once(draft, Told(Result.REFUSED, text.version, (fault,)))
            return True
        # Recorded and kept first: no request is decided under a charter that could not be found again.
        self.active = await _kept(Active(draft.digest, text, dt.datetime.now(dt.UTC)), self.approvals, self.journal)
        serve()
        self._waits(None)
        self.tell(Told(Result.ACTIVATED, text.version))
        return True

    def _waits(self, pending: Pending | None) -> None:
        if pending != self._pending:
            self._pending = pending
            self.wait(pending)

    def _told_once(self, draft: Draft, told: Told) -> None:
        if draft.digest != self._settled:
            self.tell(told)


async def first(
    path: Path, routes: Sequence[str], approvals: Approvals | None, journal: Journal | None = None
) -> tuple[Draft, Active | None]:
    """Return the file at the start, and the charter to begin with; None where the file has faults and nothing else.

    Under the two-person rule the last activated charter goes on until a changed file has been approved; one that takes
    over is recorded. The very first one needs no approval: whoever installs a gateway has to begin with something.
    """
    draft = await asyncio.to_thread(read_draft, path, routes)
    mine = Active(draft.digest, draft.text, dt.datetime.now(dt.UTC)) if draft.text is not None else None
    if approvals is None:
        return draft, mine
    active = await approvals.active()
    if mine is None or (active is not None and not await _follows(mine, active, approvals)):
        return draft, active
    return draft, await _kept(mine, approvals, journal)


async def _follows(mine: Active, active: Active, approvals: Approvals) -> bool:
    """Return whether a file takes over at the start: it is another one, of another version, and approved."""
    if mine.digest == active.digest or mine.text.version == active.text.version:
        return False
    return people(counting(await approvals.of(mine.digest), active)) >= NEEDED


async def _kept(active: Active, approvals: Approvals | None, journal: Journal | None) -> Active:
    """Record a charter that takes over, then keep it; where another process has kept it already, return that one."""
    if journal is not None:
        await record_activation(journal, active)
    if approvals is None:
        return active
    last = await approvals.active()
    if last is not None and last.digest == active.digest:
        return last
    await approvals.activate(active)
    return active
