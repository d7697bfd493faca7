"""The report of a month, ready to be shown: every count has passed the disclosure rule."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from gateway.audit.entry import Scope
from gateway.audit.sql import SqlTrail, contests, lines
from gateway.usage.counts import Counts
from gateway.usage.disclosure import THRESHOLD, Cell, column, part, parts, single
from gateway.usage.month import Month
from gateway.usage.names import Names

CONTESTED: Final = "contest"
"""The table of contested refusals, whose rows have shares."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of one month beside those of the month before; the rows come largest first, hidden ones last."""

    id: str
    title: str
    of: str
    """What a row is."""
    rows: tuple[tuple[str, Cell, Cell], ...]
    shares: Mapping[str, float] = field(default_factory=dict)
    """By row, which part this month's count is of what the report says elsewhere; where both are shown."""


@dataclass(frozen=True, slots=True)
class Evolution:
    """Requests by period, in order; by week where days are too small to be shown."""

    unit: str
    rows: tuple[tuple[dt.date, Cell], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the DPO sees of a month. Holds no exact count below the threshold, so any format may show all of it."""

    month: Month
    requests: Cell
    requests_before: Cell
    refusals: Cell
    contests: Cell
    """Of those refusals, the ones that their caller contests."""
    placeholders_lost: Cell
    placeholders_unknown: Cell
    tokens: int | None
    tables: tuple[Table, ...]
    evolution: Evolution
    names: Names = field(default_factory=dict)
    """What people are shown in place of the identifiers of the charter; programs keep the identifiers."""


async def usage_report(trail: SqlTrail, month: Month, *, by: str, names: Names) -> Report:
    """Return the report of `month`; `by` names who reads, a credential or a system account.

    The reading is recorded first; where it cannot be, `AuditUnavailableError` is raised and nothing is read.
    """
    await trail.note_reading(by, Scope.REPORT, month.previous.start, month.end)
    now, before = Counts(), Counts()
    contested = await contests(trail.database, month.previous.start)
    async for recorded in lines(trail.database, month.previous.start, month.end):
        counts = now if recorded.at >= month.start else before
        counts.add(recorded.at, recorded.line, contested.get(recorded.line.output_id))
    return replace(report(month, now, before), names=names)


def report(month: Month, now: Counts, before: Counts) -> Report:
    """Return what may be shown of two months. Pure."""
    losses = now.requests_with_losses == 0 or now.requests_with_losses >= THRESHOLD
    return Report(
        month=month,
        requests=single(now.requests),
        requests_before=single(before.requests),
        refusals=single(now.refusals.total()),
        contests=part(now.contested.total(), now.refusals.total()),
        placeholders_lost=Cell(now.placeholders_lost) if losses else Cell(None, small=True),
        placeholders_unknown=Cell(now.placeholders_unknown) if losses else Cell(None, small=True),
        tokens=now.tokens if single(now.requests).count is not None else None,
        tables=(
            _table("use", "Demandes par usage", "Usage", now.by_use, before.by_use),
            _table("decision", "Demandes par décision de la charte", "Décision", now.by_decision, before.by_decision),
            _table("ending", "Demandes par issue", "Issue", now.by_ending, before.by_ending),
            _table("refusal", "Refus par motif et article", "Motif", now.refusals, before.refusals),
            _contested(now, before),
            Table("settled", "Suites des contestations", "Suite", _rows(_settled(now), _settled(before))),
            _table("role", "Demandes par rôle", "Rôle", now.by_role, before.by_role),
            _table("service", "Demandes par service", "Service", now.by_service, before.by_service),
            _table("route", "Demandes par route", "Route", now.by_route, before.by_route),
            Table(
                "masked",
                "Identifiants masqués par catégorie",
                "Catégorie",
                _rows(_masked(now), _masked(before)),
            ),
        ),
        evolution=_evolution(month, now),
    )


def _table(id_: str, title: str, of: str, now: Mapping[str, int], before: Mapping[str, int]) -> Table:
    names = sorted({*now, *before})
    return Table(
        id_,
        title,
        of,
        _rows(
            column({name: now.get(name, 0) for name in names}), column({name: before.get(name, 0) for name in names})
        ),
    )


def _contested(now: Counts, before: Counts) -> Table:
    """Count contests beside the refusals of the same name, none of which they may give away."""
    month, earlier = (
        parts({name: counts.contested[name] for name in counts.refusals}, counts.refusals) for counts in (now, before)
    )
    refusals = column(now.refusals)
    shares = {
        name: cell.count / whole
        for name, cell in month.items()
        if cell.count is not None and name in refusals and (whole := refusals[name].count)
    }
    rows = tuple(row for row in _rows(month, earlier) if row[1:] != (Cell(0), Cell(0)))
    return Table(CONTESTED, "Refus contestés, par motif et article", "Motif", rows, shares)


def _settled(counts: Counts) -> dict[str, Cell]:
    """Return contests by what became of them, which add up to a total that may itself be hidden."""
    total = part(counts.contested.total(), counts.refusals.total())
    cells = column(counts.settled)
    return cells if total.count is not None or total.small else dict.fromkeys(cells, Cell(None))


def _masked(counts: Counts) -> dict[str, Cell]:
    """Return identifiers by label; the threshold is on requests, and no total of these is shown."""
    return {
        label: Cell(count) if counts.requests_masked[label] >= THRESHOLD else Cell(None, small=True)
        for label, count in counts.masked.items()
    }


def _rows(now: Mapping[str, Cell], before: Mapping[str, Cell]) -> tuple[tuple[str, Cell, Cell], ...]:
    nothing = Cell(0)
    rows = [(name, now.get(name, nothing), before.get(name, nothing)) for name in {*now, *before}]
    return tuple(sorted(rows, key=lambda row: (-(row[1].count or 0), row[1].count == 0, row[0])))


def _evolution(month: Month, now: Counts) -> Evolution:
    days = {day: now.by_day.get(day, 0) for day in month.days}
    if all(count == 0 or count >= THRESHOLD for count in days.values()):
        return Evolution("jour", tuple((day, Cell(count)) for day, count in days.items()))
    weeks: dict[str, int] = {}
    for day, count in days.items():
        monday = max(day - dt.timedelta(days=day.weekday()), month.start.date())
        weeks[monday.isoformat()] = weeks.get(monday.isoformat(), 0) + count
    return Evolution("semaine", tuple((dt.date.fromisoformat(day), cell) for day, cell in column(weeks).items()))
