"""Stops, and stores of them in memory."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from gateway.audit.entry import Fields, Kind
from gateway.errors import AuditUnavailableError
from gateway.systems.state import Reason, State
from gateway.systems.store import StatesUnavailableError
from policies.facts import AiSystem, Route, Tier

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
MISTRAL = Route("mistral", Tier.D1, "FR", AiSystem("Mistral Médium", "3.1", "Mistral AI"), fallbacks=("azure",))
AZURE = Route("azure", Tier.D1, "FR", AiSystem("GPT-4.1", "2025", "Microsoft"))


def stopped(target: str = "all", revision: int = 1, **changes: Any) -> State:
    """Return a real stop; `changes` replace what stands here."""
    told: dict[str, Any] = {"stopped": True, "by": "hash", "since": NOON, "role": "dsi", "reason": Reason.LEAK}
    return State(target, revision, **(told | changes))


STATES = st.builds(
    stopped,
    st.sampled_from(["all", "route:mistral", "use:traduction"]),
    st.integers(1, 3),
    stopped=st.booleans(),
    drill=st.booleans(),
    reason=st.sampled_from([None, *Reason]),
    until=st.sampled_from([None, NOON]),
    by=st.sampled_from(["one", "two"]),
)


"""Some states of a few targets, often at odds."""


@dataclass
class Clock:
    """A wall clock that moves when told."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        """Return its time."""
        return self.now


@dataclass
class Memory:
    """A store of states in memory; `broken` answers nothing."""

    kept: dict[str, State] = field(default_factory=dict)
    broken: bool = False

    async def read(self) -> list[State]:
        """Return every state."""
        self._require()
        return list(self.kept.values())

    async def put(self, state: State) -> None:
        """Keep a state, unless what is kept follows it."""
        self._require()
        known = self.kept.get(state.target)
        if known is None or state.rank > known.rank:
            self.kept[state.target] = state

    def _require(self) -> None:
        if self.broken:
            raise StatesUnavailableError


@dataclass
class Journal:
    """Keeps what is recorded; `broken` records nothing."""

    written: list[Fields] = field(default_factory=list)
    broken: bool = False

    async def write(self, kind: Kind, fields: Fields) -> None:
        """Record."""
        if self.broken:
            raise AuditUnavailableError
        assert kind is Kind.SWITCHED
        self.written.append(fields)

    def keyed_hash(self, kind: str, value: str) -> str:
        """Return no hash."""
        return f"{kind} {value}"
