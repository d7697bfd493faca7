"""Where states are kept, and how each is sealed there: whoever can only write to a store neither stops nor resumes."""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from typing import Protocol

from gateway.systems.state import State, read


class StatesUnavailableError(Exception):
    """States cannot be read or written, or what is kept of them was altered."""


class AlteredError(StatesUnavailableError):
    """Some of what is kept was altered; `states` are the others, which are still believed."""

    def __init__(self, states: Collection[State]) -> None:
        super().__init__("a state was altered")
        self.states = states


class States(Protocol):
    """Keeps the last state of each target."""

    async def read(self) -> Collection[State]:
        """Return the state of each target of which anything was ever said; may raise `AlteredError`."""
        ...

    async def put(self, state: State) -> None:
        """Keep a state, unless what is kept of its target follows it."""
        ...


class Seal:
    """Signs states with a key that gateways share, and stores do not have."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, written: str) -> str:
        """Return the seal of a written state."""
        return hmac.new(self._key, b"ecluse system state\n" + written.encode(), hashlib.sha256).hexdigest()

    def opened(self, written: str, seal: str) -> State:
        """Return a state whose seal is right; raises `StatesUnavailableError`: an altered store is none."""
        if not hmac.compare_digest(self.of(written).encode(), seal.encode()):
            raise StatesUnavailableError("a state was altered")
        try:
            return read(written)
        except (ValueError, KeyError, TypeError):
            raise StatesUnavailableError("a state is of another version of Écluse") from None

    def all_opened(self, kept: Iterable[tuple[str, str, str, str]]) -> list[State]:
        """Return the states of these targets, ranks, written states and seals; raises `AlteredError`.

        One that was altered hides no other: else a single line of nonsense would keep all news of stops away.
        """
        states, altered = list[State](), False
        for target, rank, written, seal in kept:
            try:
                state = self.opened(written, seal)
            except StatesUnavailableError:
                altered = True
                continue
            # A true state in another's place, or with a rank that nothing follows, would keep the next ones out.
            altered = altered or (state.target, state.rank) != (target, rank)
            states.append(state)
        if altered:
            raise AlteredError(states)
        return states
