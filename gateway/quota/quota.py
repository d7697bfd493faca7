"""What the pipeline asks of a quota store."""

from typing import Protocol

from gateway.conversation import Prompt, Usage
from policies.facts import Caller


class Quota(Protocol):
    """Counts requests, tokens and what is in progress, by credential, by service and by use.

    When the store does not answer: a tool is refused (`QuotaUnavailableError`), a clinician is let through and the
    request is flagged, since a counter must not stand between a clinician and care.
    """

    async def spend(
        self, caller: Caller, use: str | None = None, prompt: Prompt | None = None, slot: str | None = None
    ) -> None:
        """Take one request, and the tokens that the prompt will take at least, or raise `QuotaExceededError`.

        `slot` names the request, which is in progress from now on and until it is settled under the same name. Without
        a name it is over as soon as it is counted, and is not refused for what is in progress.
        """
        ...

    async def settle(
        self,
        caller: Caller,
        usage: Usage,
        use: str | None = None,
        prompt: Prompt | None = None,
        slot: str | None = None,
    ) -> None:
        """Count the tokens that an answer took, less what `spend` took, and end the request's being in progress.

        Never raises: the answer is already made.
        """
        ...
