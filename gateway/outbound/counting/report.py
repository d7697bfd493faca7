"""The report of some months, ready to be shown: every number has passed the disclosure rule.

It only adds up what `disclosure` lets be shown of each day, week and month by itself, so that no two reports, of
different spans or grains, give away together what neither shows.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gateway.audit.entry import Scope
from gateway.audit.sql import SqlTrail
from gateway.outbound.counting.disclosure import NOTHING, Level, Numbers, Shown, alone, column
from gateway.outbound.counting.periods import Grain, Span, periods, shifted, start_of, week_end
from gateway.outbound.counting.sanctioned import requests
from gateway.outbound.counting.sql import Change, DayRow, Settled, SqlCounts, read

TABLES: Final = ("service", "department", "verdict", "planned", "engine")

_COUNTED: Final[Mapping[Grain, frozenset[Level]]] = {
    Grain.DAY: frozenset({Level.DAY}),
    Grain.WEEK: frozenset({Level.DAY, Level.WEEK}),
    Grain.MONTH: frozenset({Level.DAY, Level.WEEK, Level.MONTH}),
}
"""Which days a period is made of."""


@dataclass(frozen=True, slots=True)
class Share:
    """Which part the approved tools are of what a month has seen: their requests beside sessions at the others."""

    month: dt.date
    requests: int | None
    sessions: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader sees. Holds no number of fewer people than `smallest`, so any format may show all of it."""

    span: Span
    grain: Grain
    smallest: int
    closed: tuple[dt.date, ...]
    """The months that are over, of which there are tables."""
    partial: bool
    """Whether attempts came so late that the people of their month are a few more than are told."""
    trend: tuple[tuple[dt.date, Shown], ...]
    months: tuple[tuple[dt.date, Shown], ...]
    total: Shown
    """Of all months; people are those of the month that had most, since pseudonyms do not go from one to the next."""
    tables: tuple[tuple[str, tuple[tuple[str, Shown], ...]], ...]
    """By id of the table, its rows: the largest first, hidden ones last."""
    automatic: tuple[tuple[dt.date, Shown], ...]
    """Automatic clients by month that is over; in no other number."""
    changes: tuple[Change, ...]
    """Of the policy's mode: the one in force when the span begins, and those that follow."""
    shares: tuple[Share, ...]


async def outbound_report(
    counts: SqlCounts, trail: SqlTrail, span: Span, grain: Grain = Grain.WEEK, *, by: str
) -> Report:
    """Return the report of `span`; `by` names who reads, a credential or a system account.

    The reading is recorded first; where it cannot be, `AuditUnavailableError` is raised and nothing is read.
    """
    since, until = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (span.first, span.end))
    await trail.note_reading(by, Scope.OUTBOUND, since, until)
    found = await read(counts, span)
    closed = [month for month in span.months if shifted(month, 1) <= found.today]
    return report(found, span, grain, await requests(trail.database, closed), counts.rules.smallest_cell)


def report(found: Settled, span: Span, grain: Grain, sanctioned: Mapping[dt.date, int], smallest: int) -> Report:
    """Return what may be shown. Pure. `sanctioned` are requests to approved tools, by month that is over."""
    closed = tuple(month for month in span.months if shifted(month, 1) <= found.today)
    months = _trend(found, span, Grain.MONTH)
    return Report(
        span=span,
        grain=grain,
        smallest=smallest,
        closed=closed,
        partial=found.partial,
        trend=_trend(found, span, grain),
        months=months,
        total=_together([shown for _, shown in months]),
        tables=tuple((by, _table(found, closed, by, smallest)) for by in TABLES),
        automatic=tuple((month, alone(numbers, smallest)) for month, numbers in sorted(found.automatic.items())),
        changes=_changes(found.changes, span),
        shares=tuple(_share(month, shown, sanctioned, smallest) for month, shown in months if month in closed),
    )


def _trend(found: Settled, span: Span, grain: Grain) -> tuple[tuple[dt.date, Shown], ...]:
    inside: dict[dt.date, list[DayRow]] = {}
    for day, row in found.days.items():
        inside.setdefault(start_of(day, grain), []).append(row)
    return tuple(
        (start, _period(inside.get(start, []), grain, _people(found, start, grain)))
        for start in periods(span, grain)
        if start < found.today
    )


def _people(found: Settled, start: dt.date, grain: Grain) -> int | None:
    """Return the people of a week or a month that is over; None before, since they would change from day to day."""
    end = week_end(start) if grain is Grain.WEEK else shifted(start, 1)
    return found.people.get((grain, start)) if end <= found.today else None


def _period(rows: Collection[DayRow], grain: Grain, people: int | None) -> Shown:
    shown = [row.numbers for row in rows if row.level in _COUNTED[grain]]
    if not rows:
        return NOTHING
    if not shown:
        return Shown(small=grain is Grain.DAY)
    agents = shown[0].agents if grain is Grain.DAY else people
    return Shown(sum(row.attempts for row in shown), sum(row.sessions for row in shown), agents)


def _table(found: Settled, closed: Iterable[dt.date], by: str, smallest: int) -> tuple[tuple[str, Shown], ...]:
    """Add up the rows that each month shows by itself."""
    rows: dict[str, list[Shown]] = {}
    for month in closed:
        numbers: Mapping[str, Numbers] = found.tables.get((month, by), {})
        for name, shown in column(numbers, smallest).items():
            rows.setdefault(name, []).append(shown)
    added = {name: _together(shown) for name, shown in rows.items()}
    return tuple(sorted(added.items(), key=lambda row: (row[1].hidden, -(row[1].attempts or 0), row[0])))


def _together(months: Collection[Shown]) -> Shown:
    """Add up months; those that are hidden are left out, and people are those of the fullest month."""
    shown = [month for month in months if not month.hidden]
    if not shown:
        return Shown(small=all(month.small for month in months)) if months else NOTHING
    known = [month.agents for month in shown if month.agents is not None]
    return Shown(
        sum(month.attempts or 0 for month in shown),
        sum(month.sessions or 0 for month in shown),
        max(known) if known else None,
        partial=len(shown) < len(months),
    )


def _changes(known: Collection[Change], span: Span) -> tuple[Change, ...]:
    before = [change for change in known if change.day < span.first]
    return (*before[-1:], *(change for change in known if change.day >= span.first))


def _share(month: dt.date, shown: Shown, sanctioned: Mapping[dt.date, int], smallest: int) -> Share:
    count = sanctioned.get(month, 0)
    asked = count if count == 0 or count >= smallest else None
    if asked is None or shown.sessions is None or not asked + shown.sessions:
        return Share(month, asked, shown.sessions, None)
    return Share(month, asked, shown.sessions, asked / (asked + shown.sessions))
