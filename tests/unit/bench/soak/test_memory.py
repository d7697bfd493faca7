"""Whether the soak sees what grows."""

import os

import pytest

from bench.soak.memory import Held, _mebibytes, stages


def samples(*mebibytes: float) -> list[tuple[float, dict[str, float]]]:
    return [(float(second), {"gateway": held}) for second, held in enumerate(mebibytes)]


def test_the_warm_up_is_left_out() -> None:
    """Would catch: caches that fill at the start, taken for a leak."""
    (held,) = stages(samples(*range(100, 200), *[200] * 200), warm_up=100)
    assert held == Held("gateway", 200, 200, 200)
    assert not held.grown


def test_one_odd_moment_is_no_growth() -> None:
    (held,) = stages(samples(*[200.0] * 99, 900.0), warm_up=0)
    assert not held.grown


@pytest.mark.parametrize(
    ("start", "end", "grown"), [(400, 419, False), (400, 421, True), (4, 11, False), (4, 13, True)]
)
def test_growth_is_more_than_a_twentieth(start: float, end: float, *, grown: bool) -> None:
    """Would catch: a leak that a round number hides."""
    assert Held("gateway", start, start, end).grown is grown


def test_a_process_that_has_ended_holds_nothing() -> None:
    assert _mebibytes(os.getpid()) > 1
    assert _mebibytes(2**22 + 1) == 0
