"""Announcements in Redis. Each ends by itself, by Redis's own clock: a gateway that is gone says nothing more.

They are not sealed as stops are: whoever can write there can raise a false alarm, and change nothing that is decided.
"""

from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from gateway.redis import Redis, Script
from gateway.replicas.announcement import Announcement

NAME: Final = "replicas"

LASTING_SECONDS: Final = 30.0
"""How long an announcement holds: some rounds may be missed, by a busy machine or a Redis that fails over."""

# Announces, or takes back what was announced where there is no text; then answers whether this process's announcement
# was there before, and each process with what it says. What is too old, or no announcement at all, is thrown away.
EXCHANGE: Final = Script("""
local time = redis.call('TIME')
local now, lasting = time[1] * 1000 + math.floor(time[2] / 1000), tonumber(ARGV[1])
local answer = {redis.call('HEXISTS', KEYS[1], ARGV[2])}
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[2])
else
  redis.call('HSET', KEYS[1], ARGV[2], string.format('%.0f', now) .. ' ' .. ARGV[3])
end
redis.call('PEXPIRE', KEYS[1], lasting)
local kept = redis.call('HGETALL', KEYS[1])
for i = 1, #kept, 2 do
  local at, told = string.match(kept[i + 1], '^(%d+) (.*)$')
  if at and math.abs(now - tonumber(at)) < lasting then
    answer[#answer + 1] = kept[i]
    answer[#answer + 1] = told
  else
    redis.call('HDEL', KEYS[1], kept[i])
  end
end
return answer
""")


@dataclass(frozen=True, slots=True)
class Heard:
    """What Redis knew when a process announced itself."""

    remembered: bool
    """Whether it still had what this process had said before: one that was emptied has forgotten the others too."""
    others: tuple[Announcement, ...]


class Announcements:
    """Every announcement, in one hash. Raises `RedisUnavailableError` where Redis does not answer: nobody is heard."""

    def __init__(self, redis: Redis, lasting: float = LASTING_SECONDS) -> None:
        """`lasting` is in seconds."""
        self._redis, self.lasting = redis, lasting

    async def exchange(self, process: str, own: Announcement) -> Heard:
        """Announce what `process` has in force, and hear the others; no request waits for it."""
        return await self._exchange(process, own.model_dump_json(), hurried=False)

    async def withdraw(self, process: str) -> None:
        """Have the others know at once that `process` is leaving."""
        await self._exchange(process, "", hurried=True)

    async def read(self) -> tuple[Announcement, ...]:
        """Return what everybody says, announcing nothing."""
        return (await self._exchange("", "", hurried=True)).others

    async def _exchange(self, process: str, told: str, *, hurried: bool) -> Heard:
        values: list[str | int] = [round(self.lasting * 1000), process, told]
        known, *kept = await self._redis.run(EXCHANGE, [NAME], values, hurried=hurried)
        pairs = zip(kept[::2], kept[1::2], strict=True)
        found = [_read(told) for name, told in pairs if name != process]
        return Heard(bool(known), tuple(one for one in found if one is not None))


def _read(told: str) -> Announcement | None:
    """Return an announcement; None for what is none, which says nothing about anybody."""
    try:
        return Announcement.model_validate_json(told)
    except ValidationError:
        return None
