"""States in Redis, which spreads them among gateways and may forget them: each gateway's database remembers."""

from collections.abc import Mapping
from typing import Final

from gateway.redis import Redis, RedisUnavailableError, Script
from gateway.systems.state import State
from gateway.systems.store import Seal, StatesUnavailableError

NAME: Final = "systems"

# What is kept begins with its rank, so that it sorts as states do. Answers what is kept in its place, if anything.
PUT: Final = Script("""
local kept = redis.call('HGET', KEYS[1], ARGV[1])
if kept and ARGV[2] <= kept and ARGV[3] == '0' then return kept end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ''
""")


class RedisStates:
    """`States` in one hash."""

    def __init__(self, redis: Redis, seal: Seal) -> None:
        self._redis, self._seal = redis, seal

    async def read(self) -> list[State]:
        """Return every state; raises `AlteredError`."""
        try:
            kept = await self._redis.fields(NAME)
        except RedisUnavailableError:
            raise StatesUnavailableError("Redis does not answer") from None
        return self._opened(kept)

    async def put(self, state: State) -> None:
        """Keep a state, unless what is kept follows it; what was altered follows nothing."""
        written = state.written()
        ours = f"{state.rank} {self._seal.of(written)} {written}"
        try:
            kept = await self._redis.run(PUT, [NAME], [state.target, ours, 0])
            if kept and not self._sound(state.target, kept):
                await self._redis.run(PUT, [NAME], [state.target, ours, 1])
        except RedisUnavailableError:
            raise StatesUnavailableError("Redis does not answer") from None

    def _sound(self, target: str, kept: str) -> bool:
        try:
            return bool(self._opened({target: kept}))
        except StatesUnavailableError:
            return False

    def _opened(self, kept: Mapping[str, str]) -> list[State]:
        # What lacks a part has an empty seal, which is nobody's.
        parts = ((target, (*text.split(" ", 2), "", "")) for target, text in kept.items())
        return self._seal.all_opened((target, rank, written, seal) for target, (rank, seal, written, *_) in parts)
