"""The slots that this gateway's requests hold in Redis, each a lease: counted for a while after it was last renewed.

A gateway that is killed renews none, so that what it held is free again `LEASE_SECONDS` later at the latest. One that
lives renews all of its own together, however long their answers take.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from gateway.redis import Redis, Script
from gateway.rounds import beside, go_round

LEASE_SECONDS: Final = 15.0
"""How long a slot is counted after its gateway has died."""

RENEWAL_SECONDS: Final = 5.0
"""Between two renewals: one may fail, and a lease still does not end before the next."""

BATCH: Final = 500
"""Leases renewed in one step, during which Redis does nothing else."""

MOST_DOUBTFUL: Final = 10_000
"""Names kept of what Redis may hold in vain; beyond, a lease ends by itself."""

# For each key: the request, and whether it is in progress. A Redis that was emptied learns of it anew.
RENEW: Final = Script("""
local time = redis.call('TIME')
local lease = tonumber(ARGV[1])
local ends = string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]) + lease * 1000)
for i = 1, #KEYS do
  if ARGV[2 * i + 1] == '1' then
    redis.call('ZADD', KEYS[i], ends, ARGV[2 * i])
    redis.call('PEXPIRE', KEYS[i], lease)
  else
    redis.call('ZREM', KEYS[i], ARGV[2 * i])
  end
end
return 0
""")


class Leases:
    """What this gateway holds; `running` renews it.

    Where Redis does not answer in time, leases end and are taken anew by the next round: meanwhile more may be in
    progress than is allowed. What was taken though nobody heard of it is freed by the next round, and so is what could
    not be given back: nobody is refused for longer on account of a Redis that hung.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._held: dict[str, Sequence[str]] = {}
        self._doubtful: dict[str, Sequence[str]] = {}

    def hold(self, request: str, names: Sequence[str]) -> None:
        """Renew the slots of this request, which have been taken under these names."""
        self._held[request] = names

    def let_go(self, request: str) -> None:
        """Renew them no more."""
        self._held.pop(request, None)

    def doubt(self, request: str, names: Sequence[str]) -> None:
        """Free in the next round what Redis may hold of a request that is not in progress."""
        if len(self._doubtful) < MOST_DOUBTFUL:
            self._doubtful[request] = names

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Renew as long as the block lasts."""
        async with beside(go_round(self.renew, RENEWAL_SECONDS, at_once=False), "leases"):
            yield

    async def renew(self) -> None:
        """Renew what is held and free what is doubtful, or raise `RedisUnavailableError`."""
        held, doubtful = self._held.copy(), self._doubtful
        self._doubtful = {}
        try:
            for leases, held_still in ((held, "1"), (doubtful, "0")):
                told = list(leases.items())
                for first in range(0, len(told), BATCH):
                    await self._tell(told[first : first + BATCH], held_still)
        except BaseException:
            self._doubtful |= doubtful
            raise
        finally:
            # Given back while this was on its way, and perhaps written anew by it.
            self._doubtful |= {request: names for request, names in held.items() if request not in self._held}

    async def _tell(self, leases: Sequence[tuple[str, Sequence[str]]], held: str) -> None:
        names = [name for _, taken in leases for name in taken]
        values = [value for request, taken in leases for _ in taken for value in (request, held)]
        await self._redis.run(RENEW, names, [round(LEASE_SECONDS * 1000), *values], hurried=False)
