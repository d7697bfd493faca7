"""The report of a month, ready to be shown: every count has passed the disclosure rule."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gateway.audit.entry import Scope
from gateway.audit.sql import SqlTrail, lines
from gateway.usage.counts import Counts
from gateway.usage.disclosure import THRESHOLD, Cell, column, single
from gateway.usage.month import Month
from gateway.usage.names import Names


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of one month beside those of the month before; the rows come largest first, hidden ones last."""

    id: str
    title: str
    of: str
    """What a row is."""
    rows: tuple[tuple[str, Cell, Cell], ...]


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
    async for recorded in lines(trail.database, month.previous.start, month.end):
        (now if recorded.at >= month.start else before).add(recorded.at, recorded.line)
    return replace(report(month, now, before), names=names)


def report(month: Month, now: Counts, before: Counts) -> Report:
    """Return what may be shown of two months. Pure."""
    losses = now.requests_with_losses == 0 or now.requests_with_losses >= THRESHOLD
    return Report(
        month=month,
        requests=single(now.requests),
        requests_before=single(before.requests),
        placeholders_lost=Cell(now.placeholders_lost) if losses else Cell(None, small=True),
        placeholders_unknown=Cell(now.placeholders_unknown) if losses else Cell(None, small=True),
        tokens=now.tokens if single(now.requests).count is not None else None,
        tables=(
            _table("use", "Demandes par usage", "Usage", now.by_use, before.by_use),
            _table("decision", "Demandes par décision de la charte", "Décision", now.by_decision, before.by_decision),
            _table("ending", "Demandes par issue", "Issue", now.by_ending, before.by_ending),
            _table("refusal", "Refus par motif et article", "Motif", now.refusals, before.refusals),
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
