"""Days and months by the hospital's clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.outbound.counting.periods import (
    Calendar,
    Grain,
    Span,
    earliest,
    kept_from,
    month,
    month_of,
    periods,
    shifted,
    start_of,
    week_end,
    week_of,
)


@given(st.integers(1_600_000_000, 2_000_000_000), st.sampled_from(["Europe/Paris", "Indian/Reunion", "Asia/Kathmandu"]))
def test_the_day_of_an_instant_is_the_clocks(at: int, zone: str) -> None:
    assert Calendar(zone).day(at) == dt.datetime.fromtimestamp(at, ZoneInfo(zone)).date()


@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)))
def test_a_day_begins_at_its_midnight(day: dt.date) -> None:
    """Would catch: an hour counted twice, or never, when summer time begins or ends."""
    calendar = Calendar("Europe/Paris")
    first = calendar.midnight(day)
    assert calendar.day(first) == day
    assert calendar.day(first - 1) == day - dt.timedelta(days=1)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)))
def test_weeks_never_cross_months(day: dt.date) -> None:
    """Would catch: a week in which an agent has two pseudonyms, and counts twice."""
    assert week_of(day) <= day < week_end(day)
    assert month_of(week_of(day)) == month_of(week_end(day) - dt.timedelta(days=1)) == month_of(day)
    assert week_end(day) - week_of(day) <= dt.timedelta(days=7)
    assert [start_of(day, grain) for grain in Grain] == [day, week_of(day), month_of(day)]


def test_spans() -> None:
    span = Span(dt.date(2026, 11, 1), dt.date(2027, 1, 1))
    assert [f"{one:%Y-%m}" for one in span.months] == ["2026-11", "2026-12", "2027-01"]
    assert span.end == dt.date(2027, 2, 1)
    assert len(periods(span, Grain.DAY)) == 92
    assert periods(span, Grain.MONTH) == tuple(span.months)
    assert periods(span, Grain.WEEK)[:3] == (dt.date(2026, 11, 1), dt.date(2026, 11, 2), dt.date(2026, 11, 9))
    assert shifted(dt.date(2026, 1, 1), -1) == dt.date(2025, 12, 1)
    with pytest.raises(ValueError, match="ends"):
        Span(span.last, span.first)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-1", "0001-01", "9999-12", "2026-11-01"])
def test_a_month_is_written_in_one_way(text: str) -> None:
    with pytest.raises(ValueError, match="2026-11"):
        month(text)
    assert month("2026-11") == dt.date(2026, 11, 1)


def test_a_month_of_31_days_is_whole_on_the_day_after_it() -> None:
    """Would catch: the attempts of the first purged before the people of the month were counted."""
    assert kept_from(dt.date(2026, 10, 31), 30) == dt.date(2026, 10, 1)
    assert earliest(dt.date(2026, 10, 31), 30) == dt.date(2026, 10, 2)
