"""What keys, services and uses may spend and have in progress, counted here or in Redis."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from config.quota import Allowance, Ceiling
from gateway.audit.sql.trail import SqlTrail
from gateway.metrics import Metrics
from gateway.quota.allowances import Allowances, Limit
from gateway.quota.counting import CountingQuota
from gateway.quota.failing import Guarded
from gateway.quota.memory import MemoryBuckets
from gateway.quota.quota import Quota
from gateway.quota.redis import RedisBuckets
from gateway.redis import Redis


@asynccontextmanager
async def quota(rule: Allowance, redis: Redis | None, trail: SqlTrail, metrics: Metrics) -> AsyncIterator[Quota]:
    """Give quotas that gateways share where there is a Redis; one that does not answer stops tools only."""
    services, uses = ({name: _limit(one) for name, one in ceilings.items()} for ceilings in (rule.services, rule.uses))
    allowances = Allowances(_limit(rule), services, uses)
    if redis is None:
        yield CountingQuota(allowances, MemoryBuckets())
        return
    buckets = RedisBuckets(redis, lambda name: trail.keyed_hash("quota", name))
    shared = Guarded(CountingQuota(allowances, buckets), metrics.count_uncounted)
    if not allowances.limits_concurrency:
        yield shared
        return
    async with buckets.leases.running():
        yield shared


def _limit(rule: Allowance | Ceiling) -> Limit:
    return Limit(rule.requests_per_minute, rule.tokens_per_minute, rule.concurrent_requests)
