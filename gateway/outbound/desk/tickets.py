"""Tickets that a page hands out with its forms: what comes back without one was not sent from that page.

A ticket holds the minute of its issue and a keyed hash; the address and the service that it is bound to cannot be read
from it.
"""

import hashlib
import hmac
import time
from collections.abc import Callable
from typing import Final

SECONDS: Final = 3600.0
"""How long a ticket holds: somebody reads the page, is called away to a patient, and comes back."""

_LONGEST: Final = 100


class Tickets:
    """Issues tickets and knows its own again, whichever process has issued them."""

    def __init__(self, key: bytes, *, clock: Callable[[], float] = time.time) -> None:
        """Take a secret of the house; what is signed here is told apart from anything else that it signs."""
        self._key = hashlib.sha256(b"outbound form\0" + key).digest()
        self._clock = clock

    def issue(self, form: str, source: str, service: str) -> str:
        """Return a ticket for one form, one address and one service."""
        return self._ticket(int(self._clock()), form, source, service)

    def holds(self, ticket: str, form: str, source: str, service: str) -> bool:
        """Return whether `ticket` was issued for these, and not too long ago."""
        written = ticket.partition(".")[0]
        if len(ticket) > _LONGEST or not ticket.isascii() or not written.isdigit():
            return False
        issued = int(written)
        fresh = 0 <= self._clock() - issued <= SECONDS
        return hmac.compare_digest(ticket, self._ticket(issued, form, source, service)) and fresh

    def _ticket(self, issued: int, *bound: str) -> str:
        # Each part is hashed by itself, so that none can run over into the next.
        parts = b"".join(hashlib.sha256(part.encode()).digest() for part in (str(issued), *bound))
        return f"{issued}.{hmac.new(self._key, parts, hashlib.sha256).hexdigest()}"
