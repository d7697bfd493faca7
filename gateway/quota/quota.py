"""What the pipeline asks of a quota store."""

from typing import Protocol

from gateway.conversation import Prompt, Usage
from policies.facts import Caller


class Quota(Protocol):
    """Counts requests and tokens by credential, by service and by use.

    When the store does not answer: a tool is refused (`QuotaUnavailableError`), a clinician is let through and the
    request is flagged, since a counter must not stand between a clinician and care.
    """

    async def spend(self, caller: Caller, use: str | None = None, prompt: Prompt | None = None) -> None:
        """Take one request, and the tokens that the prompt will take at least, or raise `QuotaExceededError`."""
        ...

    async def settle(self, caller: Caller, usage: Usage, use: str | None = None, prompt: Prompt | None = None) -> None:
        """Count the tokens that an answer took, less what `spend` took; never raises: the answer is already made."""
        ...
