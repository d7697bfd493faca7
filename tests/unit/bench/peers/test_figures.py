"""Medians, pooled percentiles, ratios within a round."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.peers.figures import Cell, Round, Spread, percentile, ratios, row, rows, spread

figures = st.floats(min_value=0.001, max_value=1e6)


def done(rate: float, cpu: float, times: tuple[float, ...] = (1.0,), wrong: int = 0) -> Round:
    return Round(rate, cpu, times, times, errors=0, wrong=wrong, read=len(times))


@given(st.lists(figures, min_size=1))
def test_the_median_lies_in_the_range(values: list[float]) -> None:
    found = spread(values)
    assert found is not None
    assert found.lowest <= found.middle <= found.highest


@given(st.lists(st.tuples(figures, figures), min_size=1), st.floats(min_value=0.1, max_value=10))
def test_a_machine_that_slows_a_whole_round_changes_no_ratio(pairs: list[tuple[float, float]], slow: float) -> None:
    ours, base = [done(one, 1) for one, _ in pairs], [done(other, 1) for _, other in pairs]
    ours_slowed = [done(ours[0].rate * slow, 1), *ours[1:]]
    base_slowed = [done(base[0].rate * slow, 1), *base[1:]]
    before, after = (ratios(*both, lambda one: one.rate) for both in ((ours, base), (ours_slowed, base_slowed)))
    assert before is not None
    assert after == pytest.approx(before)


def test_a_round_without_an_answer_gives_no_ratio() -> None:
    nothing = Round(0.0, 0.0, (), (), errors=9, wrong=0, read=0)
    assert ratios([nothing, done(4, 1)], [done(2, 1), done(2, 1)], lambda one: one.rate) == Spread(2, 2, 2)
    assert ratios([nothing], [done(2, 1)], lambda one: one.rate) is None
    assert math.isnan(row([nothing], None).p50)


def test_percentiles_are_of_all_rounds_and_faults_are_summed() -> None:
    found = row([done(10, 1, (1.0, 2.0), wrong=1), done(30, 3, (3.0, 90.0), wrong=1)], None)
    assert (found.p50, found.p99, found.answers, found.wrong, found.read) == (3.0, 90.0, 4, 2, 4)
    assert found.rate == Spread(20, 10, 30)
    assert found.rate_ratio is None


def test_ratios_are_beside_the_base_of_the_same_cell() -> None:
    found = rows({Cell("long", 16): {"ecluse": [done(10, 4)], "other": [done(5, 8)]}}, "ecluse")
    other = found[Cell("long", 16)]["other"]
    assert (other.rate_ratio, other.cpu_ratio) == (Spread(0.5, 0.5, 0.5), Spread(2, 2, 2))


def test_a_percentile_of_nothing_is_no_number() -> None:
    assert math.isnan(percentile([], 0.99))
