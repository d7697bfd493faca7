"""Where states are kept, and how each is sealed there: whoever can only write to a store neither stops nor resumes."""

import hashlib
import hmac
from collections.abc import Collection
from typing import Protocol

from gateway.systems.state import State, read


class StatesUnavailableError(Exception):
    """States cannot be read or written, or what is kept of them was altered."""


class States(Protocol):
    """Keeps the last state of each target."""

    async def read(self) -> Collection[State]:
        """Return the state of each target of which anything was ever said."""
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
