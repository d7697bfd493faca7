"""States in Redis, which spreads them among gateways and may forget them: each gateway's database remembers."""

from typing import Final

from gateway.redis import Redis, RedisUnavailableError, Script
from gateway.systems.state import State
from gateway.systems.store import Seal, StatesUnavailableError

NAME: Final = "systems"

# What is kept begins with its rank, so that it sorts as states do.
PUT: Final = Script("""
local kept = redis.call('HGET', KEYS[1], ARGV[1])
if not kept or ARGV[2] > kept then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end
""")


class RedisStates:
    """`States` in one hash."""

    def __init__(self, redis: Redis, seal: Seal) -> None:
        self._redis, self._seal = redis, seal

    async def read(self) -> list[State]:
        """Return every state."""
        try:
            kept = await self._redis.fields(NAME)
        except RedisUnavailableError:
            raise StatesUnavailableError("Redis does not answer") from None
        return [self._opened(text) for text in kept.values()]

    async def put(self, state: State) -> None:
        """Keep a state, unless what is kept follows it."""
        written = state.written()
        try:
            await self._redis.run(PUT, [NAME], [state.target, f"{state.rank} {self._seal.of(written)} {written}"])
        except RedisUnavailableError:
            raise StatesUnavailableError("Redis does not answer") from None

    def _opened(self, text: str) -> State:
        _, _, sealed = text.partition(" ")
        seal, _, written = sealed.partition(" ")
        return self._seal.opened(written, seal)
