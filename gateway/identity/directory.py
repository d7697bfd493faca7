"""What the API asks of a register of credentials."""

from typing import Protocol

from policies.facts import Caller


class Directory(Protocol):
    """Knows credentials. Fails closed: whatever goes wrong, nobody is recognised."""

    async def caller(self, credential: str) -> Caller:
        """Return the caller behind a bearer credential, or raise `UnknownCallerError`."""
        ...
