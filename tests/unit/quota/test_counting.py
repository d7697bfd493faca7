"""The rules of quotas, the same over memory and over a real Redis."""

import asyncio

from config.shared import Shared
from gateway.conversation import Usage
from gateway.quota.allowances import Allowances, Limit
from gateway.quota.counting import CountingQuota
from gateway.quota.memory import MOST_BUCKETS, MemoryBuckets
from gateway.quota.redis import RedisBuckets
from gateway.redis import Redis
from tests.fakes.quota_stores import Store, caller, prompt, refusal
from tests.fakes.redis_server import RedisServer


async def test_requests_run_out_and_come_back(store: Store) -> None:
    quota, who = CountingQuota(Allowances(), store.buckets), caller(requests=2)
    assert [await refusal(quota, who) for _ in range(3)] == [None, None, ("requests", 30, "key")]
    assert await refusal(quota, caller("other234", requests=2)) is None
    await store.wait(30)
    assert [await refusal(quota, who) for _ in range(2)] == [None, ("requests", 30, "key")]


async def test_tokens_of_an_answer_are_paid_by_the_next_requests(store: Store) -> None:
    quota, who = CountingQuota(Allowances(), store.buckets), caller(tokens=600)
    assert await refusal(quota, who) is None
    await quota.settle(who, Usage(500, 400))
    assert await refusal(quota, who) == ("tokens", 31, "key")
    await store.wait(31)
    assert await refusal(quota, who) is None


async def test_a_prompt_is_reserved_and_settled_by_the_model_s_count(store: Store) -> None:
    """Would catch: requests sent together, each of which sees the tokens that all the others are about to take."""
    quota, who = CountingQuota(Allowances(), store.buckets), caller(tokens=100)
    assert await refusal(quota, who, None, prompt(400)) is None
    assert await refusal(quota, who, None, prompt(4)) == ("tokens", 1, "key")
    await quota.settle(who, Usage(10, 10), None, prompt(400))
    assert await refusal(quota, who, None, prompt(320)) is None
    assert await refusal(quota, who) == ("tokens", 1, "key")


async def test_giving_back_fills_no_bucket_beyond_its_allowance(store: Store) -> None:
    quota, who = CountingQuota(Allowances(), store.buckets), caller(tokens=10)
    await quota.spend(who, None, prompt(40))
    await store.wait(60)
    await quota.settle(who, Usage(1, 0), None, prompt(40))
    assert [await refusal(quota, who, None, prompt(40)) for _ in range(2)] == [None, ("tokens", 6, "key")]


async def test_a_credential_without_limits_has_the_house_s(store: Store) -> None:
    quota = CountingQuota(Allowances(Limit(requests=1)), store.buckets)
    assert [await refusal(quota, caller()) for _ in range(2)] == [None, ("requests", 60, "key")]
    own = caller("other234", requests=2)
    assert [await refusal(quota, own) for _ in range(3)] == [None, None, ("requests", 30, "key")]


async def test_no_limit_is_no_limit(store: Store) -> None:
    quota = CountingQuota(Allowances(), store.buckets)
    assert [await refusal(quota, caller()) for _ in range(10)] == [None] * 10


async def test_a_service_and_a_use_have_ceilings_of_their_own(store: Store) -> None:
    """Would catch: a ward with many keys that takes everything."""
    allowances = Allowances(services={"cardiologie": Limit(requests=2)}, uses={"traduction": Limit(requests=1)})
    quota = CountingQuota(allowances, store.buckets)
    assert await refusal(quota, caller("aaaa2222"), "compte_rendu") is None
    assert await refusal(quota, caller("bbbb2222"), "traduction") is None
    assert await refusal(quota, caller("cccc2222"), "compte_rendu") == ("requests", 30, "service")
    elsewhere = caller("dddd2222", service="urgences")
    assert await refusal(quota, elsewhere, "traduction") == ("requests", 60, "use")
    assert await refusal(quota, elsewhere, "compte_rendu") is None


async def test_a_refused_request_takes_nothing_from_anybody(store: Store) -> None:
    """Would catch: a use that is full and goes on emptying the keys of those it refuses."""
    quota = CountingQuota(Allowances(uses={"traduction": Limit(requests=1)}), store.buckets)
    who = caller(requests=3)
    assert await refusal(quota, who, "traduction") is None
    assert await refusal(quota, who, "traduction") == ("requests", 60, "use")
    assert [await refusal(quota, who) for _ in range(3)] == [None, None, ("requests", 20, "key")]


async def test_a_changed_allowance_fills_from_where_the_bucket_stands(store: Store) -> None:
    """Would catch: gateways that disagree on an allowance, each filling the bucket that the other emptied."""
    quota = CountingQuota(Allowances(), store.buckets)
    assert await refusal(quota, caller(requests=1)) is None
    assert [await refusal(quota, caller(requests=n)) for n in (2, 1) * 3] == [
        ("requests", 30, "key"),
        ("requests", 60, "key"),
    ] * 3
    await store.wait(60)
    assert [await refusal(quota, caller(requests=2)) for _ in range(3)] == [None, None, ("requests", 30, "key")]


async def test_a_crowd_gets_what_there_is_and_no_more(store: Store) -> None:
    """Would catch: two gateways, or two tasks, that read before either writes."""
    quota = CountingQuota(Allowances(Limit(requests=20)), store.buckets)
    found = await asyncio.gather(*(refusal(quota, caller()) for _ in range(60)))
    assert found.count(None) == 20


async def test_time_that_went_back_neither_gives_nor_locks(store: Store) -> None:
    quota, who = CountingQuota(Allowances(), store.buckets), caller(requests=2)
    await quota.spend(who)
    await store.wait(-3600)
    assert [await refusal(quota, who) is None for _ in range(2)] == [True, False]


async def test_memory_is_bounded() -> None:
    """Would catch: a process that grows with each credential it has ever seen."""
    buckets = MemoryBuckets(lambda: 0.0)
    quota = CountingQuota(Allowances(Limit(requests=1)), buckets)
    for number in range(MOST_BUCKETS + 10):
        await quota.spend(caller(str(number)))
    assert len(buckets._buckets) == MOST_BUCKETS


async def test_redis_forgets_what_is_full_again_and_never_knows_a_key(server: RedisServer) -> None:
    """Would catch: a Redis that keeps the list of an establishment's credentials, for ever."""
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=5))
    await redis._client.flushall()
    quota = CountingQuota(Allowances(Limit(60, 60)), RedisBuckets(redis, lambda _: "hashed"))
    await quota.spend(caller())
    await quota.settle(caller(), Usage(120, 0))
    names = sorted([name async for name in redis._client.scan_iter("*")])
    assert names == ["ecluse:quota:key:hashed:requests", "ecluse:quota:key:hashed:tokens"]
    kept = [await redis._client.pttl(name) for name in names]
    assert 60_000 < kept[0] <= 61_000
    assert 179_000 < kept[1] <= 180_000
    await redis.close()
