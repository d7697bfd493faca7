"""Announcements in a real Redis: who is heard, for how long, and what is not believed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from config.shared import Shared
from gateway.redis import Redis, RedisUnavailableError
from gateway.replicas.redis import NAME, Announcements
from tests.fakes.redis_server import redis_server
from tests.fakes.replicas import NEWER, announced

HASH = f"ecluse:{NAME}"
ONE, TWO = announced("un:8080"), announced("deux:8080", NEWER, None)


@pytest_asyncio.fixture
async def redis(tmp_path: Path) -> AsyncIterator[Redis]:
    with redis_server(tmp_path) as server:
        redis = Redis(Shared(redis_url=server.url, timeout_seconds=5))
        yield redis
        await redis.close()


async def test_each_hears_the_others_and_not_itself(redis: Redis) -> None:
    kept = Announcements(redis)
    assert (await kept.exchange("a", ONE)).others == ()
    assert (await kept.exchange("b", TWO)).others == (ONE,)
    assert (await kept.exchange("a", ONE)).others == (TWO,)
    assert sorted(one.gateway for one in await kept.read()) == ["deux:8080", "un:8080"]


async def aged(redis: Redis, process: str, seconds: int) -> None:
    """Have a process have said last so long ago what it says."""
    at, _, told = (await redis._client.hget(HASH, process)).partition(" ")
    await redis._client.hset(HASH, process, f"{int(at) - seconds * 1000} {told}")


async def test_one_that_has_gone_is_heard_no_more(redis: Redis) -> None:
    """Would catch: an alert for ever on the charter of a machine that was retired."""
    kept = Announcements(redis)
    await kept.exchange("a", ONE)
    await aged(redis, "a", 20)
    assert (await kept.exchange("b", TWO)).others == (ONE,)
    await aged(redis, "a", 10)
    assert (await kept.exchange("b", TWO)).others == ()
    assert await redis._client.hkeys(HASH) == ["b"]


async def test_nothing_stays_once_everybody_has_gone(redis: Redis) -> None:
    await Announcements(redis, lasting=0.1).exchange("a", ONE)
    async with asyncio.timeout(60):
        while await redis._client.keys("*"):  # noqa: ASYNC110 - Redis has no event for it
            await asyncio.sleep(0.05)


async def test_one_that_leaves_in_order_is_heard_no_more_at_once(redis: Redis) -> None:
    kept = Announcements(redis)
    await kept.exchange("a", ONE)
    await kept.withdraw("a")
    assert await kept.read() == ()


async def test_a_redis_that_has_forgotten_says_so(redis: Redis) -> None:
    """Would catch: an emptied Redis that is taken for a gateway that serves alone."""
    kept = Announcements(redis)
    assert not (await kept.exchange("a", ONE)).remembered
    assert (await kept.exchange("a", ONE)).remembered
    await redis._client.flushall()
    assert not (await kept.exchange("a", ONE)).remembered


LATER = "99999999999999999999999999999999"
NONSENSE = ["", "~", b"\xff\xfe", "12", LATER, f"{LATER} {TWO.model_dump_json()}"]


@pytest.mark.parametrize("nonsense", NONSENSE)
async def test_nonsense_hides_nobody_and_is_thrown_away(redis: Redis, nonsense: str | bytes) -> None:
    """Would catch: one line written to Redis that blinds every gateway, or stands there for ever."""
    kept = Announcements(redis)
    await kept.exchange("a", ONE)
    await redis._client.hset(HASH, "b", nonsense)
    assert await kept.read() == (ONE,)
    assert await redis._client.hkeys(HASH) == ["a"]


@pytest.mark.parametrize("told", ["{}", "[]", "{", ONE.model_dump_json().replace("a" * 12, "A" * 12), "null"])
async def test_what_is_no_announcement_is_nobody(redis: Redis, told: str) -> None:
    kept = Announcements(redis)
    await kept.exchange("a", ONE)
    seconds, _ = await redis._client.time()
    await redis._client.hset(HASH, "b", f"{seconds}000 {told}")
    assert await kept.read() == (ONE,)


async def test_another_version_of_ecluse_is_understood(redis: Redis) -> None:
    """Would catch: an upgrade, one gateway after the other, during which they hear nothing of each other."""
    kept = Announcements(redis)
    seconds, _ = await redis._client.time()
    later = ONE.model_dump_json().replace('{"gateway"', '{"build":"9.0","gateway"', 1)
    await redis._client.hset(HASH, "b", f"{seconds}000 {later}")
    assert await kept.read() == (ONE,)


def test_what_redis_holds_moves_no_cursor_and_fills_no_log() -> None:
    told = announced("un\x1b[2J\n" + "x" * 5000).gateway
    assert told.startswith("un [2J x")
    assert len(told) == 100


async def test_a_place_that_holds_something_else_is_an_unavailable_redis(redis: Redis) -> None:
    await redis._client.set(HASH, "occupied")
    with pytest.raises(RedisUnavailableError):
        await Announcements(redis).exchange("a", ONE)
