"""The two stores of quotas, in memory and in a real Redis, whose time a test can move."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from typing_extensions import override

from config.shared import Shared
from gateway.conversation import Message, Prompt, Role
from gateway.errors import QuotaExceededError
from gateway.quota.counting import Buckets, CountingQuota
from gateway.quota.memory import MemoryBuckets
from gateway.quota.redis import RedisBuckets
from gateway.redis import Redis
from policies.facts import Caller
from tests.fakes.redis_server import RedisServer


class Store(Protocol):
    """Buckets whose time can be moved."""

    buckets: Buckets

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        ...


class InMemory(Store):
    """This process's own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.buckets = MemoryBuckets(lambda: self.now)

    @override
    async def wait(self, seconds: float) -> None:
        """Move the clock."""
        self.now += seconds


class InRedis(Store):
    """A real Redis, whose buckets and leases are made older: its clock is its own."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self.buckets = self.gateway()

    def gateway(self) -> RedisBuckets:
        """Return the buckets as another gateway sees them."""
        return RedisBuckets(self.redis, lambda name: f"hash-of-{len(name)}-{name[::-1]}")

    @override
    async def wait(self, seconds: float) -> None:
        """Make every bucket and every lease older."""
        client = self.redis._client
        async for name in client.scan_iter("*:quota:*"):
            if name.endswith(":concurrent"):
                for request, ends in await client.zrange(name, 0, -1, withscores=True):
                    await client.zadd(name, {request: ends - seconds * 1e6})
            else:
                at = float(await client.hget(name, "at") or 0)
                await client.hset(name, "at", f"{at - seconds * 1e6:.0f}")


@asynccontextmanager
async def in_redis(server: RedisServer) -> AsyncIterator[InRedis]:
    """Empty this Redis, and give it."""
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=5))
    await redis._client.flushall()
    yield InRedis(redis)
    await redis.close()


def caller(
    name: str = "abcd1234", requests: int | None = None, tokens: int | None = None, service: str = "cardiologie"
) -> Caller:
    """Return the holder of a key."""
    return Caller(name, "medecin", service, requests_per_minute=requests, tokens_per_minute=tokens)


def prompt(characters: int) -> Prompt:
    """Return a prompt of that length."""
    return Prompt((Message(Role.USER, "x" * characters),))


Refused = tuple[str, int, str] | None


async def refusal(
    quota: CountingQuota, who: Caller, use: str | None = None, asked: Prompt | None = None, slot: str | None = None
) -> Refused:
    """Ask, and return what was used up."""
    try:
        await quota.spend(who, use, asked, slot)
    except QuotaExceededError as error:
        return error.allowance, error.retry_after, error.holder
    return None
