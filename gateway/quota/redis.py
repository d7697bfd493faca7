"""Buckets in Redis, shared by every gateway. Time is Redis's own: no gateway's clock can give or take anything.

The arithmetic is that of `gateway.quota.arithmetic`, in Lua, so that one step reads, decides and writes. A Redis that
was emptied has full buckets: each key may then spend one minute's allowance more, once. What is in progress is told to
it anew by the gateways that live: see `gateway.quota.leases`.
"""

from collections.abc import Callable, Sequence
from typing import Final

from gateway.quota.allowances import Holder, Purse
from gateway.quota.counting import RETRY_SECONDS, Draw, Shortage, Slots
from gateway.quota.leases import LEASE_SECONDS, Leases
from gateway.redis import LeftAloneError, Redis, Script

# For each of `buckets`: its allowance, what has to be there, what is taken. Answers the rank of the first that is short
# and the seconds to wait, or 0. A bucket is kept until it would be full again anyway, and a minute more.
_READ = """
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local levels = {}
for i = 1, buckets do
  local allowance, need = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1])
  local kept = redis.call('HMGET', KEYS[i], 'level', 'at')
  local level = allowance
  if kept[1] then
    local grown = math.max(0, now - tonumber(kept[2])) * allowance / 60000000
    level = math.min(allowance, tonumber(kept[1]) + grown)
  end
  if need > 0 and level < need then
    return {i, math.max(1, math.ceil((need - level) * 60 / allowance))}
  end
  levels[i] = level
end
"""
_WRITE = """
for i = 1, buckets do
  local allowance = tonumber(ARGV[3 * i - 2])
  local level = math.min(allowance, levels[i] - tonumber(ARGV[3 * i]))
  redis.call('HSET', KEYS[i], 'level', string.format('%.6f', level), 'at', string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[i], string.format('%.0f', (allowance - level) / allowance * 60000 + 60000))
end
"""
_DONE = """
return {0, 0}
"""

# After the buckets come sets of requests in progress, scored by the ends of their leases: for each its limit, then once
# the request, the lease in milliseconds and the number of buckets. A lease that ends later than one taken now is left
# from before Redis's clock went back; a request that is there already was asked for twice, on a connection that broke.
_SLOTS = """
local buckets = tonumber(ARGV[#ARGV])
local request, lease = ARGV[#ARGV - 2], tonumber(ARGV[#ARGV - 1])
"""
_ROOM = """
local ends = string.format('%.0f', now + lease * 1000)
for i = buckets + 1, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%.0f', now))
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '(' .. ends, '+inf')
  local others = redis.call('ZCARD', KEYS[i])
  if others >= tonumber(ARGV[2 * buckets + i]) and not redis.call('ZSCORE', KEYS[i], request) then
    return {i, 0}
  end
end
"""
_ENTER = """
for i = buckets + 1, #KEYS do
  redis.call('ZADD', KEYS[i], ends, request)
  redis.call('PEXPIRE', KEYS[i], lease)
end
"""
_LEAVE = """
for i = buckets + 1, #KEYS do
  redis.call('ZREM', KEYS[i], request)
end
"""

TAKE: Final = Script("local buckets = #KEYS" + _READ + _WRITE + _DONE)
ENTER: Final = Script(_SLOTS + _READ + _ROOM + _WRITE + _ENTER + _DONE)
LEAVE: Final = Script(_SLOTS + _READ + _WRITE + _LEAVE + _DONE)


class RedisBuckets:
    """`Buckets` in Redis. Raises `RedisUnavailableError` where it does not answer.

    A slot is a lease of `leases`, which have to be `running` where slots are taken.
    """

    def __init__(self, redis: Redis, hashed: Callable[[str], str]) -> None:
        """`hashed` returns a keyed hash of a key's name: Redis never holds the name itself."""
        self._redis, self._hashed = redis, hashed
        self.leases = Leases(redis)

    async def take(self, draws: Sequence[Draw], slots: Slots | None = None) -> Shortage | None:
        """Take every draw and slot, or nothing and return what is short."""
        if slots is not None:
            return await self._enter(draws, slots)
        rank, seconds = await self._redis.run(TAKE, [self._name(draw.purse) for draw in draws], _values(draws))
        return Shortage(draws[rank - 1].purse, seconds) if rank else None

    async def give_back(self, draws: Sequence[Draw], slots: Slots) -> None:
        """Take every draw, whatever is left, and free these slots: where Redis does not answer, by the next renewal."""
        taken = [self._name(purse) for purse in slots.purses]
        self.leases.let_go(slots.request)
        try:
            await self._run(LEAVE, draws, slots, taken)
        except BaseException:  # a caller who leaves twice too
            self.leases.doubt(slots.request, taken)
            raise

    async def _enter(self, draws: Sequence[Draw], slots: Slots) -> Shortage | None:
        taken = [self._name(purse) for purse in slots.purses]
        try:
            rank, seconds = await self._run(ENTER, draws, slots, taken)
        except LeftAloneError:
            raise
        except BaseException:  # it may have been done, though nobody has heard of it
            self.leases.doubt(slots.request, taken)
            raise
        if not rank:
            self.leases.hold(slots.request, taken)
            return None
        if rank <= len(draws):
            return Shortage(draws[rank - 1].purse, seconds)
        return Shortage(slots.purses[rank - len(draws) - 1], RETRY_SECONDS)

    async def _run(self, script: Script, draws: Sequence[Draw], slots: Slots, taken: Sequence[str]) -> tuple[int, int]:
        limits = [purse.allowance for purse in slots.purses]
        lease = round(LEASE_SECONDS * 1000)
        values: list[str | int] = [*_values(draws), *limits, slots.request, lease, len(draws)]
        rank, seconds = await self._redis.run(script, [*(self._name(draw.purse) for draw in draws), *taken], values)
        return rank, seconds

    def _name(self, purse: Purse) -> str:
        name = self._hashed(purse.name) if purse.holder is Holder.KEY else purse.name
        return f"quota:{purse.holder}:{name}:{purse.unit}"


def _values(draws: Sequence[Draw]) -> list[int]:
    return [value for draw in draws for value in (draw.purse.allowance, draw.need, draw.amount)]
