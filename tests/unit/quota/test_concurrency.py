"""How much is in progress at once, the same over memory and over a real Redis."""

import asyncio
import itertools

from gateway.conversation import Usage
from gateway.quota.allowances import Allowances, Limit
from gateway.quota.counting import RETRY_SECONDS, CountingQuota
from policies.facts import Caller
from tests.fakes.quota_stores import Refused, Store, caller, prompt, refusal

FULL = ("concurrent", RETRY_SECONDS, "key")


names = map("request-{}".format, itertools.count())


async def begin(quota: CountingQuota, who: Caller, use: str | None = None) -> Refused:
    """Begin a request that never ends."""
    return await refusal(quota, who, use, slot=next(names))


async def end(quota: CountingQuota, who: Caller, slot: str, use: str | None = None) -> None:
    await quota.settle(who, Usage(), use, slot=slot)


async def test_a_slot_is_taken_while_a_request_is_in_progress(store: Store) -> None:
    quota, who = CountingQuota(Allowances(Limit(concurrent=2)), store.buckets), caller()
    assert [await refusal(quota, who, slot=slot) for slot in ("a", "b", "c")] == [None, None, FULL]
    assert await begin(quota, caller("other234")) is None
    await end(quota, who, "b")
    assert [await begin(quota, who) for _ in range(2)] == [None, FULL]


async def test_a_service_and_a_use_have_limits_of_their_own(store: Store) -> None:
    """Would catch: a ward with many keys that keeps every model busy."""
    allowances = Allowances(services={"cardiologie": Limit(concurrent=2)}, uses={"traduction": Limit(concurrent=1)})
    quota = CountingQuota(allowances, store.buckets)
    assert await begin(quota, caller("aaaa2222"), "compte_rendu") is None
    assert await refusal(quota, caller("bbbb2222"), "traduction", slot="one") is None
    assert await begin(quota, caller("cccc2222"), "compte_rendu") == ("concurrent", RETRY_SECONDS, "service")
    elsewhere = caller("dddd2222", service="urgences")
    assert await begin(quota, elsewhere, "traduction") == ("concurrent", RETRY_SECONDS, "use")
    assert [await begin(quota, elsewhere, "compte_rendu") for _ in range(5)] == [None] * 5
    await end(quota, caller("bbbb2222"), "one", "traduction")
    assert await begin(quota, elsewhere, "traduction") is None
    assert await begin(quota, caller("cccc2222"), "compte_rendu") is None


async def test_a_refused_request_takes_no_slot_and_no_token(store: Store) -> None:
    """Would catch: a tool that asks again and again while it waits, and has used up its minute once it may."""
    allowances = Allowances(Limit(concurrent=1), uses={"traduction": Limit(requests=1, concurrent=9)})
    quota, who = CountingQuota(allowances, store.buckets), caller(requests=2)
    assert await refusal(quota, who, slot="one") is None
    assert [await begin(quota, who) for _ in range(5)] == [FULL] * 5
    await end(quota, who, "one")
    assert await refusal(quota, who, "traduction", slot="two") is None
    await end(quota, who, "two", "traduction")
    assert [await begin(quota, caller("other234", requests=9), "traduction") for _ in range(3)] == [
        ("requests", 60, "use")
    ] * 3
    assert await begin(quota, caller("other234", requests=9)) is None


async def test_what_an_answer_took_is_settled_as_its_slot_is_given_back(store: Store) -> None:
    quota, who = CountingQuota(Allowances(Limit(concurrent=1)), store.buckets), caller(tokens=100)
    assert await refusal(quota, who, None, prompt(200), "one") is None
    await quota.settle(who, Usage(20, 100), None, prompt(200), "one")
    assert await begin(quota, who) == ("tokens", 13, "key")
    await store.wait(13)
    assert await begin(quota, who) is None


async def test_a_request_that_is_over_at_once_is_not_refused(store: Store) -> None:
    """Would catch: a preview of masking that is refused because answers are awaited, or that holds a slot for ever."""
    quota, who = CountingQuota(Allowances(Limit(concurrent=1)), store.buckets), caller()
    assert [await refusal(quota, who) for _ in range(3)] == [None] * 3
    assert await begin(quota, who) is None
    assert await refusal(quota, who) is None


async def test_giving_back_twice_or_what_was_never_taken_frees_nobody_else_s(store: Store) -> None:
    """Would catch: a count that goes below what is in progress, after a clinician was let through uncounted."""
    quota, who = CountingQuota(Allowances(Limit(concurrent=2)), store.buckets), caller()
    assert [await refusal(quota, who, slot=slot) for slot in ("a", "b")] == [None, None]
    for slot in ("a", "a", "never"):
        await end(quota, who, slot)
    assert [await begin(quota, who) for _ in range(2)] == [None, FULL]


async def test_a_changed_limit_counts_what_is_in_progress(store: Store) -> None:
    who = caller()
    wide, narrow = (CountingQuota(Allowances(Limit(concurrent=most)), store.buckets) for most in (3, 1))
    assert await refusal(wide, who, slot="a") is None
    assert await refusal(wide, who, slot="b") is None
    assert await begin(narrow, who) == FULL
    await end(narrow, who, "a")
    assert await begin(narrow, who) == FULL
    assert await begin(wide, who) is None


async def test_a_crowd_has_as_many_in_progress_as_it_may_and_all_are_served_in_the_end(store: Store) -> None:
    """Would catch: two gateways that read before either writes, or a slot that a hurried end leaves behind."""
    quota = CountingQuota(Allowances(Limit(concurrent=5)), store.buckets)
    now = most = served = 0

    async def ask(number: int) -> None:
        nonlocal now, most, served
        while await refusal(quota, caller(), slot=f"{number}"):  # noqa: ASYNC110 - as a tool does
            await asyncio.sleep(0.001)
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.002)
        now -= 1
        await end(quota, caller(), f"{number}")
        served += 1

    await asyncio.gather(*(ask(number) for number in range(40)))
    assert (most, served) == (5, 40)
    assert [await begin(quota, caller()) for _ in range(6)].count(None) == 5
