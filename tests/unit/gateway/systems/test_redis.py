"""States in a Redis to which others may write."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from config.shared import Shared
from gateway.redis import Redis
from gateway.systems.board import Board
from gateway.systems.redis import NAME, RedisStates
from gateway.systems.spread import Spread
from gateway.systems.state import State
from gateway.systems.store import AlteredError, Seal, StatesUnavailableError
from tests.fakes.redis_server import redis_server
from tests.fakes.systems import Clock, Memory, stopped

SEAL = Seal(b"k" * 32)
HASH = f"ecluse:{NAME}"


@pytest_asyncio.fixture
async def redis(tmp_path: Path) -> AsyncIterator[Redis]:
    with redis_server(tmp_path) as server:
        redis = Redis(Shared(redis_url=server.url, timeout_seconds=5))
        yield redis
        await redis.close()


def kept(state: State, rank: str | None = None) -> str:
    return f"{rank or state.rank} {SEAL.of(state.written())} {state.written()}"


LATEST = "f" * 34
NONSENSE = pytest.mark.parametrize(
    "nonsense",
    [
        b"\xff\xfe",
        "~",
        LATEST,
        f"{LATEST} seal {{}}",
        kept(stopped("use:traduction", revision=99)),
        kept(stopped(stopped=False, reason=None), LATEST),
    ],
)


@NONSENSE
async def test_nonsense_hides_no_other_stop(redis: Redis, nonsense: str | bytes) -> None:
    """Would catch: one line written to Redis that keeps every gateway from hearing of any stop."""
    states = RedisStates(redis, SEAL)
    await states.put(stopped("route:mistral"))
    await redis._client.hset(HASH, "all", nonsense)
    with pytest.raises(AlteredError) as caught:
        await states.read()
    assert stopped("route:mistral") in caught.value.states


@NONSENSE
async def test_nonsense_keeps_no_stop_out(redis: Redis, nonsense: str | bytes) -> None:
    """Would catch: a stop that other gateways are said to know of, and that a line of nonsense has kept out."""
    states = RedisStates(redis, SEAL)
    await redis._client.hset(HASH, "all", nonsense)
    await states.put(stopped(revision=2))
    assert await states.read() == [stopped(revision=2)]
    await states.put(stopped(revision=1))
    assert await states.read() == [stopped(revision=2)]


async def test_a_gateway_opens_beside_nonsense_and_puts_right_what_it_knows(redis: Redis) -> None:
    """Would catch: gateways that do not open, or open unaware of what is stopped, for what somebody wrote to Redis."""
    states = RedisStates(redis, SEAL)
    await states.put(stopped("use:traduction"))
    await redis._client.hset(HASH, "all", b"\xff\xfe")
    opening = Spread(Board(Clock()), Memory({"all": stopped()}), states, 0.01)
    await opening.start()
    assert opening.board.holding("use:traduction")
    async with opening.running(), asyncio.timeout(60):
        while len(await states_of(states)) != 2:  # noqa: ASYNC110 - another gateway's Redis, as it were
            await asyncio.sleep(0.01)
    assert opening.board.holding("all")


async def states_of(states: RedisStates) -> list[State]:
    try:
        return await states.read()
    except AlteredError:
        return []


async def test_a_place_that_holds_something_else_is_told(redis: Redis) -> None:
    await redis._client.set(HASH, "occupied")
    states = RedisStates(redis, SEAL)
    with pytest.raises(StatesUnavailableError):
        await states.read()
    with pytest.raises(StatesUnavailableError):
        await states.put(stopped())
