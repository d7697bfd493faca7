"""Stopping and resuming, each a line of the journal. When in doubt, stopped.

A stop holds here before anything is written: it must not wait for a disk. A resumption is written first.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final, Protocol

from gateway.audit.entry import Fields, Kind, timestamp
from gateway.errors import AlreadyStoppedError, AuditUnavailableError, SystemsUnavailableError
from gateway.systems.board import Board
from gateway.systems.spread import Spread
from gateway.systems.state import Reason, State
from gateway.systems.store import StatesUnavailableError

_UNKEPT: Final = (StatesUnavailableError, AuditUnavailableError)


class Journal(Protocol):
    """Where stops and resumptions are recorded."""

    async def write(self, kind: Kind, fields: Fields) -> None:
        """Record, durably, or raise `AuditUnavailableError`."""
        ...

    def keyed_hash(self, kind: str, value: str) -> str:
        """Return what the journal keeps of an identifier."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """Who stops or resumes."""

    name: str
    """A credential or a system account; kept as a keyed hash only."""
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What is in force now."""

    state: State | None
    """None: nothing was ever said of the target."""
    told: bool = True
    """Whether other gateways can know of it; where Redis does not answer, they will once it does."""


@dataclass(frozen=True, slots=True)
class Control:
    """Changes the states of targets."""

    board: Board
    spread: Spread
    journal: Journal

    async def stop(
        self, target: str, reason: Reason, who: Person, *, minutes: int | None = None, drill: bool = False
    ) -> Done:
        """Stop a target, or rehearse it; raises `AlreadyStoppedError` where a rehearsal would lift a real stop.

        Where it cannot be kept or recorded, it holds on this gateway all the same, and `SystemsUnavailableError` says
        so.
        """
        holding = self.board.holding(target)
        if drill and holding is not None and not holding.drill:
            raise AlreadyStoppedError
        now = self.board.now()
        until = now + dt.timedelta(minutes=minutes) if minutes is not None else None
        by = self.journal.keyed_hash("operator", who.name)
        state = self.board.following(State(target, 0, True, by, now, who.role, reason, until, drill))  # noqa: FBT003 - stopped
        self.board.merge([state])
        told = await self.spread.tell(state)
        try:
            await self.spread.keep(state)
            await self._record("stopped", state)
        except _UNKEPT:
            raise SystemsUnavailableError from None
        return Done(state, told)

    async def resume(self, target: str, who: Person) -> Done:
        """Let a target go on; what is not stopped stays as it is. Raises `SystemsUnavailableError`: it is stopped."""
        holding = self.board.holding(target)
        if holding is None:
            return Done(self.board.states.get(target))
        by, now = self.journal.keyed_hash("operator", who.name), self.board.now()
        state = self.board.following(
            replace(holding, stopped=False, by=by, role=who.role, since=now, reason=None, until=None, drill=False)
        )
        try:
            await self._record("resumed", state, drill=holding.drill)
            await self.spread.keep(state)
        except _UNKEPT:
            raise SystemsUnavailableError from None
        self.board.merge([state])
        return Done(state, await self.spread.tell(state))

    async def _record(self, event: str, state: State, *, drill: bool | None = None) -> None:
        await self.journal.write(
            Kind.SWITCHED,
            {
                "event": event,
                "target": state.target,
                "reason": state.reason,
                "until": timestamp(state.until) if state.until else None,
                "drill": state.drill if drill is None else drill,
                "by": state.by,
                "role": state.role,
            },
        )
