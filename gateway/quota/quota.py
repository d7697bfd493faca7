"""What the pipeline asks of a quota store."""

from typing import Protocol

from gateway.conversation import Usage
from policies.facts import Caller


class Quota(Protocol):
    """Counts requests and tokens by credential.

    When the store does not answer: a tool is refused (`QuotaUnavailableError`), a clinician is let through and the
    request is flagged, since a counter must not stand between a clinician and care.
    """

    async def spend(self, caller: Caller) -> None:
        """Take one request, or raise `QuotaExceededError`."""
        ...

    async def settle(self, caller: Caller, usage: Usage) -> None:
        """Count the tokens that an answer took; never raises, since the answer is already made."""
        ...
