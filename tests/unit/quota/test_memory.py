"""Quotas by credential."""

from gateway.conversation import Usage
from gateway.errors import QuotaExceededError
from gateway.quota.memory import MOST_CALLERS, MemoryQuota
from policies.facts import Caller


class Clock:
    """A clock that moves when told."""

    now = 0.0

    def __call__(self) -> float:
        """Return its time."""
        return self.now


def caller(name: str = "a", requests: int | None = None, tokens: int | None = None) -> Caller:
    return Caller(name, "medecin", "cardiologie", requests_per_minute=requests, tokens_per_minute=tokens)


async def refusal(quota: MemoryQuota, who: Caller) -> tuple[str, int] | None:
    try:
        await quota.spend(who)
    except QuotaExceededError as error:
        return error.allowance, error.retry_after
    return None


async def test_requests_run_out_and_come_back() -> None:
    clock = Clock()
    quota = MemoryQuota(clock=clock)
    who = caller(requests=2)
    assert [await refusal(quota, who) for _ in range(3)] == [None, None, ("requests", 30)]
    assert await refusal(quota, caller("b", requests=2)) is None
    clock.now = 30.0
    assert [await refusal(quota, who) for _ in range(2)] == [None, ("requests", 30)]


async def test_tokens_of_an_answer_are_paid_by_the_next_requests() -> None:
    clock = Clock()
    quota = MemoryQuota(clock=clock)
    who = caller(tokens=600)
    assert await refusal(quota, who) is None
    await quota.settle(who, Usage(500, 400))
    assert await refusal(quota, who) == ("tokens", 31)
    clock.now = 31.0
    assert await refusal(quota, who) is None


async def test_a_credential_without_limits_has_the_house_s() -> None:
    quota = MemoryQuota(1, clock=Clock())
    assert [await refusal(quota, caller()) for _ in range(2)] == [None, ("requests", 60)]
    assert [await refusal(quota, caller("b", requests=2)) for _ in range(2)] == [None, None]


async def test_no_limit_is_no_limit() -> None:
    quota = MemoryQuota(clock=Clock())
    assert [await refusal(quota, caller()) for _ in range(10)] == [None] * 10


async def test_memory_is_bounded() -> None:
    """Would catch a process that grows with each credential it has ever seen."""
    quota = MemoryQuota(1, clock=Clock())
    for number in range(MOST_CALLERS + 10):
        await quota.spend(caller(str(number)))
    assert len(quota._accounts) == MOST_CALLERS
