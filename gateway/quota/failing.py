"""What happens when a quota store does not answer: the design's rule, the same for every store that can fail."""

from collections.abc import Callable

from gateway.conversation import Prompt, Usage
from gateway.errors import QuotaExceededError, QuotaUnavailableError
from gateway.quota.quota import Quota
from policies.facts import Caller


class Guarded:
    """A `Quota` around a store that may fail.

    A tool is refused, since it would go on unbounded; a clinician is let through and flagged, since a counter must not
    stand between a clinician and care.
    """

    def __init__(self, store: Quota, flag: Callable[[], None]) -> None:
        """`flag` is called each time somebody goes uncounted."""
        self._store, self._flag = store, flag

    async def spend(
        self, caller: Caller, use: str | None = None, prompt: Prompt | None = None, slot: str | None = None
    ) -> None:
        """Take one request, or raise `QuotaExceededError` or `QuotaUnavailableError`."""
        try:
            await self._store.spend(caller, use, prompt, slot)
        except QuotaExceededError:
            raise
        except Exception:  # noqa: BLE001 - whatever a store raises, its absence is what counts
            if caller.tool:
                raise QuotaUnavailableError("the quota store does not answer") from None
            self._flag()

    async def settle(
        self,
        caller: Caller,
        usage: Usage,
        use: str | None = None,
        prompt: Prompt | None = None,
        slot: str | None = None,
    ) -> None:
        """Count tokens and give the slot back; never raises, since the answer is already made."""
        try:
            await self._store.settle(caller, usage, use, prompt, slot)
        except Exception:  # noqa: BLE001 - see above
            self._flag()
