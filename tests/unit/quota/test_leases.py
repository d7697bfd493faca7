"""Slots in Redis: what becomes of them when a gateway or Redis fails."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

import pytest
import pytest_asyncio
from redis.exceptions import RedisError

from config.shared import Shared
from gateway.conversation import Usage
from gateway.quota import leases
from gateway.quota.allowances import Allowances, Limit
from gateway.quota.counting import RETRY_SECONDS, CountingQuota
from gateway.quota.leases import BATCH, LEASE_SECONDS, RENEW, RENEWAL_SECONDS
from gateway.quota.redis import RedisBuckets
from gateway.redis import Redis, RedisUnavailableError, Script
from tests.fakes.quota_stores import InRedis, caller, in_redis, refusal
from tests.fakes.redis_server import RedisServer, redis_server

FULL = ("concurrent", RETRY_SECONDS, "key")
ONE = Allowances(Limit(concurrent=1))
WHO = caller()


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest_asyncio.fixture
async def store(server: RedisServer) -> AsyncIterator[InRedis]:
    async with in_redis(server) as store:
        yield store


def impatient(server: RedisServer) -> Redis:
    return Redis(Shared(redis_url=server.url, timeout_seconds=0.1, pause_seconds=0.1))


async def until_answered(redis: Redis) -> None:
    """Wait until a Redis that was away is asked again, and answers."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await redis.check()
            except RedisUnavailableError:
                await asyncio.sleep(0.05)


async def in_progress(store: InRedis) -> int:
    """Return how many slots Redis holds, whoever holds them."""
    names = [name async for name in store.redis._client.scan_iter("*:concurrent")]
    return sum([await store.redis._client.zcard(name) for name in names])


async def known(store: InRedis) -> bool:
    """Return whether Redis is back, and holds a slot."""
    with suppress(RedisError):
        return await in_progress(store) > 0
    return False


def test_a_lease_outlives_a_renewal_that_fails() -> None:
    """Would catch: a slot given to somebody else because one answer of Redis was late."""
    assert LEASE_SECONDS > 2 * RENEWAL_SECONDS


async def test_what_a_dead_gateway_held_is_free_again_and_what_lives_is_kept(store: InRedis) -> None:
    """Would catch: a key that is refused for ever after a `kill -9`, or a long answer that is counted no more."""
    allowances = Allowances(Limit(concurrent=2))
    dead, alive = store.gateway(), store.gateway()
    assert await refusal(CountingQuota(allowances, dead), WHO, slot="dead") is None
    assert await refusal(CountingQuota(allowances, alive), WHO, slot="alive") is None
    for _ in range(3):
        await store.wait(LEASE_SECONDS / 3 - 0.5)
        await alive.leases.renew()
    assert await refusal(CountingQuota(allowances, alive), WHO, slot="more") == FULL
    await store.wait(1.6)
    assert [await refusal(CountingQuota(allowances, alive), WHO, slot=slot) for slot in ("x", "y")] == [None, FULL]


async def test_leases_are_renewed_all_along(
    store: InRedis, server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Would catch: a renewal that ends with its first failure."""
    monkeypatch.setattr(leases, "RENEWAL_SECONDS", 0.02)
    gateway = store.gateway()
    quota = CountingQuota(ONE, gateway)
    assert await refusal(quota, WHO, slot="long") is None
    async with gateway.leases.running():
        for _ in range(3):
            await store.wait(LEASE_SECONDS - 1)
            await store.redis._client.script_flush()
            await asyncio.sleep(0.1)
        server.kill()
        await asyncio.sleep(0.1)
        server.start()
        async with asyncio.timeout(60):
            while not await known(store):  # noqa: ASYNC110 - asked of Redis
                await asyncio.sleep(0.05)
    assert await refusal(quota, WHO, slot="other") == FULL
    await store.wait(LEASE_SECONDS + 1)
    await asyncio.sleep(0.1)
    assert await refusal(quota, WHO, slot="other") is None


async def test_a_redis_that_comes_back_empty_learns_what_is_in_progress(store: InRedis, server: RedisServer) -> None:
    """Would catch: a cache that was restarted, after which twice as much is in progress for as long as answers last."""
    gateway = store.gateway()
    quota = CountingQuota(ONE, gateway)
    assert await refusal(quota, WHO, slot="long") is None
    server.kill()
    with pytest.raises(RedisUnavailableError):
        await gateway.leases.renew()
    server.start()
    await until_answered(store.redis)
    assert await in_progress(store) == 0
    await gateway.leases.renew()
    assert await refusal(quota, WHO, slot="other") == FULL
    await quota.settle(WHO, Usage(), slot="long")
    assert await refusal(quota, WHO, slot="other") is None


async def test_nobody_is_refused_for_what_a_redis_that_hung_was_asked(store: InRedis, server: RedisServer) -> None:
    """Would catch: a slot that is held for a request which was refused or let through, or is over, by then."""
    redis = impatient(server)
    gateway = RedisBuckets(redis, str)
    quota = CountingQuota(ONE, gateway)
    # Two connections: what is asked on one that stands is done late, where a new one would not even be answered.
    assert await asyncio.gather(*(refusal(quota, caller(name), slot=name) for name in ("over2345", "kept2345")))
    with server.paused():
        steps = (quota.settle(caller("over2345"), Usage(), slot="over2345"), quota.spend(WHO, slot="late"))
        assert [type(one) for one in await asyncio.gather(*steps, return_exceptions=True)] == [
            RedisUnavailableError
        ] * 2
        with pytest.raises(RedisUnavailableError):
            await gateway.leases.renew()
    await until_answered(redis)
    assert await in_progress(store) > 1
    await gateway.leases.renew()
    assert await in_progress(store) == 1
    await redis.close()


async def test_a_redis_that_is_left_alone_is_told_as_soon_as_it_is_back(store: InRedis, server: RedisServer) -> None:
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=2, pause_seconds=60))
    gateway = RedisBuckets(redis, str)
    quota = CountingQuota(ONE, gateway)
    assert await refusal(quota, WHO, slot="long") is None
    server.kill()
    for _ in range(3):
        with pytest.raises(RedisUnavailableError):
            await quota.spend(caller("other234"), slot="let through")
    server.start()
    await gateway.leases.renew()
    assert await refusal(quota, WHO, slot="other") == FULL
    assert await in_progress(store) == 1
    await redis.close()


async def test_nothing_is_kept_of_what_was_not_even_asked(store: InRedis, server: RedisServer) -> None:
    """Would catch: a gateway that grows with each request while Redis is away."""
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=0.1, pause_seconds=60))
    gateway = RedisBuckets(redis, str)
    quota = CountingQuota(ONE, gateway)
    server.kill()
    for number in range(20):
        with pytest.raises(RedisUnavailableError):
            await quota.spend(WHO, slot=f"{number}")
    assert len(gateway.leases._doubtful) <= 2
    await redis.close()
    del store


@pytest.mark.parametrize("ending", ["spend", "settle"])
async def test_a_caller_who_leaves_while_redis_is_asked_leaves_no_slot(
    store: InRedis, server: RedisServer, ending: str
) -> None:
    gateway = store.gateway()
    quota = CountingQuota(ONE, gateway)
    await refusal(quota, WHO, slot="left")  # by then Redis knows each step, and a connection stands
    await quota.settle(WHO, Usage(), slot="left")
    if ending == "settle":
        await refusal(quota, WHO, slot="left")
    step = quota.spend(WHO, slot="left") if ending == "spend" else quota.settle(WHO, Usage(), slot="left")
    with server.paused():
        task = asyncio.get_running_loop().create_task(step)
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await until_answered(store.redis)
    assert await in_progress(store) == (1 if ending == "spend" else 0)  # done all the same
    await gateway.leases.renew()
    assert await in_progress(store) == 0


async def test_a_renewal_brings_back_nothing_that_has_ended_meanwhile(
    store: InRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Would catch: a slot that a renewal on its way writes anew, after it was given back."""
    gateway = store.gateway()
    quota = CountingQuota(ONE, gateway)
    assert await refusal(quota, WHO, slot="over") is None
    run = store.redis.run

    async def late(script: Script, *asked: Any, **how: Any) -> Any:
        if script is RENEW and "over" in gateway.leases._held:
            await quota.settle(WHO, Usage(), slot="over")
        return await run(script, *asked, **how)

    monkeypatch.setattr(store.redis, "run", late)
    await gateway.leases.renew()
    assert await in_progress(store) == 1
    await gateway.leases.renew()
    assert await in_progress(store) == 0


async def test_a_step_done_twice_takes_one_slot_and_refuses_nobody(store: InRedis) -> None:
    """Would catch: a connection that breaks after Redis has done as asked, and is asked again."""
    quota = CountingQuota(ONE, store.gateway())
    assert [await refusal(quota, WHO, slot="same") for _ in range(2)] == [None, None]
    assert await in_progress(store) == 1


async def test_time_that_went_back_keeps_no_slot_of_the_dead(store: InRedis) -> None:
    """Would catch: a Redis whose clock was an hour fast, and a key that is refused for an hour."""
    dead, alive = store.gateway(), store.gateway()
    assert await refusal(CountingQuota(ONE, dead), WHO, slot="dead") is None
    await store.wait(-3600)
    assert await refusal(CountingQuota(ONE, alive), WHO, slot="other") is None


async def test_many_leases_are_renewed_in_short_steps(store: InRedis) -> None:
    """Would catch: a Redis that answers nobody while thousands of leases are renewed."""
    allowances = Allowances(Limit(concurrent=10_000), services={"cardiologie": Limit(concurrent=10_000)})
    gateway = store.gateway()
    quota = CountingQuota(allowances, gateway)
    many = 2 * BATCH + 1
    for first in range(0, many, 50):
        await asyncio.gather(*(quota.spend(WHO, slot=f"{n}") for n in range(first, min(first + 50, many))))
    await store.redis._client.flushall()
    began = time.monotonic()
    await gateway.leases.renew()
    assert time.monotonic() - began < 5
    assert await in_progress(store) == 2 * many


async def test_redis_forgets_what_is_over_and_never_knows_a_key(store: InRedis) -> None:
    """Would catch: a Redis that keeps who has asked, for ever."""
    quota = CountingQuota(ONE, store.gateway())
    await quota.spend(WHO, slot="one")
    (name,) = [name async for name in store.redis._client.scan_iter("*")]
    assert name == "ecluse:quota:key:hash-of-8-4321dcba:concurrent"
    assert 0 < await store.redis._client.pttl(name) <= LEASE_SECONDS * 1000
    await quota.settle(WHO, Usage(), slot="one")
    assert [name async for name in store.redis._client.scan_iter("*")] == []


async def test_without_a_limit_nothing_more_is_asked_of_redis(store: InRedis) -> None:
    """Would catch: every request of every hospital that pays for a limit that nobody has set."""
    gateway = store.gateway()
    quota = CountingQuota(Allowances(Limit(60, 1000)), gateway)
    await quota.spend(WHO, "traduction", slot="one")
    before = (await store.redis._client.info("commandstats"))["cmdstat_evalsha"]["calls"]
    await quota.spend(WHO, "traduction", slot="two")
    await quota.settle(WHO, Usage(1, 1), "traduction", slot="two")
    await gateway.leases.renew()
    after = (await store.redis._client.info("commandstats"))["cmdstat_evalsha"]["calls"]
    assert after - before == 2
    assert await in_progress(store) == 0


async def test_a_limit_asks_redis_no_more_often(store: InRedis) -> None:
    gateway = store.gateway()
    quota = CountingQuota(Allowances(Limit(60, 1000, 5), uses={"traduction": Limit(concurrent=5)}), gateway)
    await quota.spend(WHO, "traduction", slot="one")
    await quota.settle(WHO, Usage(1, 1), "traduction", slot="one")
    before = (await store.redis._client.info("commandstats"))["cmdstat_evalsha"]["calls"]
    await quota.spend(WHO, "traduction", slot="two")
    await quota.settle(WHO, Usage(1, 1), "traduction", slot="two")
    after = (await store.redis._client.info("commandstats"))["cmdstat_evalsha"]["calls"]
    assert after - before == 2
