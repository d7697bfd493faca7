"""The bucket: full at first, never above its allowance, never generous."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.quota.arithmetic import full

ALLOWANCE = st.integers(1, 1_000_000)


@given(ALLOWANCE, st.lists(st.tuples(st.floats(0, 100), st.integers(0, 5000)), max_size=30))
def test_nobody_gets_more_than_the_allowance(allowance: int, steps: list[tuple[float, int]]) -> None:
    """Would catch a burst that takes two minutes' worth at once."""
    bucket, now, taken = full(allowance, 0.0), 0.0, 0
    for pause, amount in steps:
        now += pause
        bucket = bucket.filled(now)
        assert bucket.level <= allowance
        if not bucket.wait_for(amount):
            bucket, taken = bucket.less(amount), taken + amount
        assert taken <= allowance + allowance * now / 60 + 1e-6 * max(1, taken)


@given(ALLOWANCE, st.floats(-1e6, 0))
def test_the_wait_it_tells_is_enough(allowance: int, level: float) -> None:
    bucket = full(allowance, 0.0).less(allowance - level)
    wait = bucket.wait_for(1)
    assert wait >= 1
    assert bucket.filled(wait * (1 + 1e-9) + 1e-3).wait_for(1) == 0


def test_a_clock_that_goes_back_gives_nothing() -> None:
    assert full(60, 100.0).less(10).filled(50.0).level == 50.0
