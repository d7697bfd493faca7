"""The rule that keeps a number from pointing at somebody."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.outbound.counting.disclosure import NOTHING, Day, Level, Numbers, Shown, alone, column, levels
from gateway.outbound.counting.periods import week_end, week_of

AFTER = dt.date(2026, 12, 1)
SMALLEST = 5


def rows(**agents: int) -> dict[str, Numbers]:
    """Return rows of so many agents, each of whom tried thrice in two sessions."""
    return {name: Numbers(3 * number, 2 * number, number) for name, number in agents.items()}


def told(shown: dict[str, Shown]) -> dict[str, str]:
    return {name: ("< 5" if one.small else "masqué") if one.hidden else str(one.agents) for name, one in shown.items()}


@pytest.mark.parametrize(
    ("agents", "shown"),
    [
        ({"a": 10, "b": 20}, {"a": "10", "b": "20"}),
        ({"a": 4, "b": 20, "c": 7}, {"a": "< 5", "b": "20", "c": "masqué"}),
        ({"a": 4, "b": 4, "c": 7, "d": 9}, {"a": "< 5", "b": "< 5", "c": "masqué", "d": "9"}),
        ({"a": 4, "b": 0, "c": 7}, {"a": "< 5", "b": "0", "c": "masqué"}),
        ({"a": 3, "b": 4}, {"a": "< 5", "b": "< 5"}),
        ({"a": 4, "b": 4}, {"a": "< 5", "b": "masqué"}),
        ({"a": 4}, {"a": "masqué"}),
        ({}, {}),
    ],
)
def test_a_row_of_few_people_takes_another_one_with_it(agents: dict[str, int], shown: dict[str, str]) -> None:
    """Would catch: a hidden row that is the total less the shown ones."""
    assert told(column(rows(**agents), SMALLEST)) == shown


def test_a_row_alone() -> None:
    assert alone(Numbers(9, 7, 5), SMALLEST) == Shown(9, 7, 5)
    assert alone(Numbers(900, 700, 4), SMALLEST) == Shown(small=True)
    assert alone(Numbers(0, 0, 0), SMALLEST) == NOTHING


NUMBERS = st.builds(
    lambda agents, more, again: Numbers(agents + more + again, agents + more, agents),
    st.integers(1, 9),
    st.integers(0, 3),
    st.integers(0, 3),
)


@given(st.dictionaries(st.sampled_from("abcd"), NUMBERS, min_size=1))
def test_from_a_table_and_its_total_no_small_row_follows(found: dict[str, Numbers]) -> None:
    """Would catch: a total that gives a hidden row away; tries all that hidden rows could be."""
    shown = column(found, SMALLEST)
    assert all(one.hidden == (one.attempts is None) for one in shown.values())
    assert all(one.hidden or found[name].agents >= SMALLEST for name, one in shown.items())
    hidden = [name for name, one in shown.items() if one.hidden]
    for of in ("attempts", "sessions"):
        total = sum(getattr(found[name], of) for name in hidden)
        least = [1 if shown[name].small else SMALLEST for name in hidden]
        if any(not shown[name].small and found[name].agents < SMALLEST for name in hidden):
            continue  # one has stopped saying how small it is
        spare = total - sum(least)
        assert not hidden or (len(hidden) > 1 and spare > 0)
    if hidden and len(hidden) < len(found):
        # What is hidden together is always of enough people.
        assert max(found[name].agents for name in hidden) >= SMALLEST


def day(people: int, first: int = 0, attempts: int | None = None) -> Day:
    return Day(frozenset(f"{who}" for who in range(first, first + people)), attempts or people * 3)


def november(**days: Day) -> dict[dt.date, Day]:
    return {dt.date(2026, 11, int(name[1:])): one for name, one in days.items()}


def test_small_days_are_shown_together_or_not_at_all() -> None:
    month = november(d2=day(9), d3=day(3), d4=day(3, first=3), d10=day(3, first=1), d17=day(3, first=20), d24=day(1))
    found = levels(month, AFTER, SMALLEST)
    assert [level.value for level in found.values()] == ["day", "week", "week", "month", "month", "month"]
    assert set(levels(november(d3=day(4), d10=day(4)), AFTER, SMALLEST).values()) == {Level.NONE}


def test_one_attempt_a_day_is_not_shown_together() -> None:
    """Would catch: six hidden days whose sum is six, each then known to the attempt."""
    month = november(**{f"d{number}": day(1, first=number, attempts=1) for number in range(2, 8)})
    assert set(levels(month, AFTER, SMALLEST).values()) == {Level.NONE}


def test_nothing_is_shown_before_it_is_over() -> None:
    """Would catch: a report read twice on one day, the second less the first being one agent's morning."""
    month = november(d2=day(3), d3=day(3, first=3), d4=day(9))
    assert levels(month, dt.date(2026, 11, 4), SMALLEST)[dt.date(2026, 11, 4)] is Level.NONE
    assert levels(month, dt.date(2026, 11, 8), SMALLEST)[dt.date(2026, 11, 2)] is Level.NONE
    assert levels(month, dt.date(2026, 11, 9), SMALLEST)[dt.date(2026, 11, 2)] is Level.WEEK


DAYS = st.dictionaries(
    st.integers(1, 30).map(lambda number: dt.date(2026, 11, number)),
    st.builds(
        lambda people, more: Day(frozenset(people), len(people) + more),
        st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=7),
        st.integers(0, 3),
    ),
)


@settings(max_examples=300)
@given(DAYS)
def test_whatever_is_added_up_is_of_enough_people(month: dict[dt.date, Day]) -> None:
    """Would catch: two reports of other grains, one less the other being a group of fewer than five.

    All that any report shows is a sum of pieces: days, what a week has besides, what the month has besides.
    """
    found = levels(month, AFTER, SMALLEST)
    pieces: list[list[dt.date]] = [[one] for one, level in found.items() if level is Level.DAY]
    weeks = itertools.groupby(sorted(one for one, level in found.items() if level is Level.WEEK), week_of)
    pieces += [list(group) for _, group in weeks]
    pieces.append([one for one, level in found.items() if level is Level.MONTH])
    for piece in filter(None, pieces):
        assert len(frozenset[str]().union(*(month[one].people for one in piece))) >= SMALLEST


@settings(max_examples=200)
@given(DAYS, st.integers(1, 30))
def test_what_was_shown_is_not_taken_back(month: dict[dt.date, Day], until: int) -> None:
    """Would catch: a day shown on Tuesday and hidden on Thursday, which its week then gives away."""
    today = dt.date(2026, 11, until)
    seen = {one: data for one, data in month.items() if one < today}
    before, after = levels(seen, today, SMALLEST), levels(month, AFTER, SMALLEST)
    for one, level in before.items():
        if level is not Level.NONE:
            assert after[one] is level
        else:
            assert after[one] is not Level.DAY
            assert after[one] is not Level.WEEK or week_end(one) > today
