"""Quotas kept in this process: nothing to fail, nothing shared with other processes."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gateway.conversation import Usage
from gateway.errors import QuotaExceededError
from gateway.quota.arithmetic import Bucket, full
from policies.facts import Caller

MOST_CALLERS: Final = 10_000
"""Callers remembered; beyond, whoever has been silent longest is forgotten, and starts again with a full minute."""


@dataclass(slots=True)
class _Account:
    requests: Bucket | None
    tokens: Bucket | None


class MemoryQuota:
    """A `Quota` by credential. A request is refused once the tokens of earlier answers have used up the minute."""

    def __init__(
        self,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the allowances of credentials that have none of their own; None is no limit."""
        self._requests, self._tokens = requests_per_minute, tokens_per_minute
        self._clock = clock
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    async def spend(self, caller: Caller) -> None:
        """Take one request, or raise `QuotaExceededError`; a refused request takes nothing."""
        account = self._account(caller)
        if account.tokens is not None and (wait := account.tokens.wait_for(1)):
            raise QuotaExceededError("tokens", wait)
        if account.requests is not None:
            if wait := account.requests.wait_for(1):
                raise QuotaExceededError("requests", wait)
            account.requests = account.requests.less(1)

    async def settle(self, caller: Caller, usage: Usage) -> None:
        """Count the tokens of an answer; the next requests wait until they are paid."""
        account = self._account(caller)
        if account.tokens is not None:
            account.tokens = account.tokens.less(usage.total_tokens)

    def _account(self, caller: Caller) -> _Account:
        """Return the caller's buckets as of now; a changed allowance starts a new bucket."""
        now = self._clock()
        account = self._accounts.setdefault(caller.key_id, _Account(None, None))
        self._accounts.move_to_end(caller.key_id)
        while len(self._accounts) > MOST_CALLERS:
            self._accounts.popitem(last=False)
        requests = caller.requests_per_minute if caller.requests_per_minute is not None else self._requests
        tokens = caller.tokens_per_minute if caller.tokens_per_minute is not None else self._tokens
        account.requests = _as_of(account.requests, requests, now)
        account.tokens = _as_of(account.tokens, tokens, now)
        return account


def _as_of(bucket: Bucket | None, allowance: int | None, now: float) -> Bucket | None:
    if allowance is None:
        return None
    if bucket is None or bucket.allowance != allowance:
        return full(allowance, now)
    return bucket.filled(now)
