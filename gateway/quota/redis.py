"""Buckets in Redis, shared by every gateway. Time is Redis's own: no gateway's clock can give or take anything.

The arithmetic is that of `gateway.quota.arithmetic`, in Lua, so that one step reads, decides and writes. A Redis that
was emptied has full buckets: each key may then spend one minute's allowance more, once.
"""

from collections.abc import Callable, Sequence
from typing import Final

from gateway.quota.allowances import Holder, Purse
from gateway.quota.counting import Draw, Shortage
from gateway.redis import Redis, Script

# For each bucket: its allowance, what has to be there, what is taken. Answers the rank of the first that is short and
# the seconds to wait, or 0. A bucket is kept until it would be full again anyway, and a minute more.
TAKE: Final = Script("""
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local levels = {}
for i = 1, #KEYS do
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
for i = 1, #KEYS do
  local allowance = tonumber(ARGV[3 * i - 2])
  local level = math.min(allowance, levels[i] - tonumber(ARGV[3 * i]))
  redis.call('HSET', KEYS[i], 'level', string.format('%.6f', level), 'at', string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[i], string.format('%.0f', (allowance - level) / allowance * 60000 + 60000))
end
return {0, 0}
""")


class RedisBuckets:
    """`Buckets` in Redis. Raises `RedisUnavailableError` where it does not answer."""

    def __init__(self, redis: Redis, hashed: Callable[[str], str]) -> None:
        """`hashed` returns a keyed hash of a key's name: Redis never holds the name itself."""
        self._redis, self._hashed = redis, hashed

    async def take(self, draws: Sequence[Draw]) -> Shortage | None:
        """Take every draw, or nothing and return what is short."""
        values = [value for draw in draws for value in (draw.purse.allowance, draw.need, draw.amount)]
        rank, seconds = await self._redis.run(TAKE, [self._name(draw.purse) for draw in draws], values)
        return Shortage(draws[rank - 1].purse, seconds) if rank else None

    def _name(self, purse: Purse) -> str:
        name = self._hashed(purse.name) if purse.holder is Holder.KEY else purse.name
        return f"quota:{purse.holder}:{name}:{purse.unit}"
