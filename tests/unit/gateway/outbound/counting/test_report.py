"""What the DPO and the DSI see, and what they never do."""

import asyncio
import csv
import datetime as dt
import io
import itertools
import tempfile
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.audit.entry import Kind, Scope
from gateway.audit.sql import SqlTrail
from gateway.audit.sql.table import journal
from gateway.errors import AuditUnavailableError
from gateway.outbound.counting import data, text
from gateway.outbound.counting.disclosure import Shown
from gateway.outbound.counting.event import Event
from gateway.outbound.counting.periods import Grain, Span, month_of, start_of
from gateway.outbound.counting.report import _COUNTED, Report, outbound_report
from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sql import Settled, SqlCounts, read
from gateway.outbound.counting.upkeep import note_changes
from tests.fakes.attempts import CALENDAR, Clock, at, crowd, event, taken
from tests.fakes.journal import answered, journal_in

pytestmark = pytest.mark.usefixtures("engine")

OCTOBER, NOVEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1)
BOTH, OCTOBERS = Span(OCTOBER, NOVEMBER), Span(OCTOBER, OCTOBER)


def counts_beside(trail: SqlTrail, now: dt.datetime, **rules: int) -> SqlCounts:
    return SqlCounts(trail.database, CALENDAR, Rules(**rules), Clock(now).now)


async def reported(folder: Path, events: list[Event], grain: Grain = Grain.WEEK, requests: int = 0) -> Report:
    """Return the report of October and November, read on the 1st of December."""
    async with journal_in(folder) as trail:
        counts = counts_beside(trail, at(1, month=12), raw_days=90)
        await note_changes(counts, [(dt.date(2026, 9, 1), "observe"), (dt.date(2026, 11, 9), "coach")])
        for _ in range(requests):
            await answered(trail)
        await taken(counts, events)
        return await outbound_report(counts, trail, BOTH, grain, by="uid:0")


BUSY = [
    *crowd(at(5, month=10), 12),
    *crowd(at(5, month=10), 6, "claude", department="urgences", verdict="observe"),
    *crowd(at(6, month=10), 20, department="urgences"),
    *crowd(at(3), 9),
    *crowd(at(3), 2, "heidi", department="accueil"),
    *crowd(at(10), 30, "claude"),
    *crowd(at(11), 3),
    event(at(10, 18), 77),
]


async def test_the_report_adds_up(tmp_path: Path) -> None:
    found = await reported(tmp_path, BUSY, Grain.MONTH)
    assert [(f"{month:%Y-%m}", cell) for month, cell in found.months] == [
        ("2026-10", Shown(38, 38, 20)),
        ("2026-11", Shown(42, 42, 31)),
    ]
    assert found.trend == found.months
    assert found.total == Shown(80, 80, 31)
    assert found.closed == (OCTOBER, NOVEMBER)
    assert dict(found.tables)["department"] == (
        ("urgences", Shown(26, 26, 20)),
        # Two people of another department hide it in November.
        ("cardiologie", Shown(12, 12, 12, partial=True)),
        ("accueil", Shown(small=True)),
    )
    assert [(change.day.month, change.mode) for change in found.changes] == [(9, "observe"), (11, "coach")]


async def test_small_cells_are_in_no_format(tmp_path: Path) -> None:
    """Would catch: a service of two agents in a column of a spreadsheet, since the screen alone was looked at."""
    found = await reported(tmp_path, BUSY, Grain.DAY)
    whole = orjson.loads(data.render_json(found))
    heidi = next(row for row in whole["tables"]["service"] if row["name"] == "heidi")
    assert heidi == {
        "name": "heidi",
        "attempts": None,
        "sessions": None,
        "agents": None,
        "hidden": "< 5",
        "partial": False,
    }
    assert whole["threshold"] == 5
    rows = list(csv.reader(io.StringIO(data.render_csv(found))))
    assert ["service", "heidi", "< 5", "", "", ""] in rows
    assert ["day", "2026-11-11", "< 5", "", "", ""] in rows
    assert ["mode", "2026-11-09", "coach", "", "", ""] in rows
    shown = text.render(found)
    assert "heidi                                                < 5" in shown
    assert "Ces nombres sont un minimum" in shown
    assert "09/11/2026  mode avertissement" in shown
    assert max(map(len, shown.splitlines())) <= 86


async def test_approved_use_is_shown_beside(tmp_path: Path) -> None:
    """Would catch: a trend that says how much is refused, and never that the approved tool is used instead."""
    async with journal_in(tmp_path) as trail:
        today = dt.datetime.now(dt.UTC)
        following = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1, hour=12)
        for _ in range(6):
            await answered(trail)
        month = month_of(today.date())
        counts = counts_beside(trail, following, raw_days=90)
        await taken(counts, crowd(dt.datetime.combine(month, dt.time(12), dt.UTC), 18))
        found = await outbound_report(counts, trail, Span(month, month), by="uid:0")
        assert [(one.requests, one.sessions, one.share) for one in found.shares] == [(6, 18, 0.25)]
        assert "25 %" in text.render(found).replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("requests", "shown"), [(0, 0), (3, None)])
async def test_few_requests_are_not_shown_either(tmp_path: Path, requests: int, shown: int | None) -> None:
    async with journal_in(tmp_path) as trail:
        for _ in range(requests):
            await answered(trail)
        month = month_of(dt.datetime.now(dt.UTC).date())
        counts = counts_beside(trail, dt.datetime.now(dt.UTC) + dt.timedelta(days=40))
        found = await outbound_report(counts, trail, Span(month, month), by="uid:0")
        assert [one.requests for one in found.shares] == [shown]


async def test_who_reads_is_recorded_first(tmp_path: Path) -> None:
    """Would catch: a report read by nobody knows whom, or in spite of a journal that cannot be written."""
    async with journal_in(tmp_path) as trail:
        counts = counts_beside(trail, at(1, month=12))
        await outbound_report(counts, trail, BOTH, by="uid:0")
        async with trail.database.engine.connect() as connection:
            rows = (await connection.execute(journal.select().where(journal.c.kind == Kind.READ.value))).all()
        assert orjson.loads(rows[0].body)["scope"] == Scope.OUTBOUND
    trail = await _closed(tmp_path)
    with pytest.raises(AuditUnavailableError):
        await outbound_report(counts_beside(trail, at(1, month=12)), trail, BOTH, by="uid:0")


async def _closed(folder: Path) -> SqlTrail:
    async with journal_in(folder) as trail:
        return trail


async def test_automatic_clients_are_in_no_total(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        counts = counts_beside(trail, at(1, month=12), noisy_per_hour=2, noisy_hours=1)
        tabs = [event(at(9, hour, minute), 99) for hour in (8, 9) for minute in range(3)]
        await taken(counts, [*crowd(at(9), 8), *tabs])
        found = await outbound_report(counts, trail, Span(NOVEMBER, NOVEMBER), by="uid:0")
        assert found.total == Shown(8, 8, 8)
        assert found.automatic == ((NOVEMBER, Shown(small=True)),)
        assert "Automates" in text.render(found)


async def test_an_empty_report_can_be_read(tmp_path: Path) -> None:
    found = await reported(tmp_path, [])
    assert "aucune" in text.render(found)
    assert data.as_json(found)["total"] == {"attempts": 0, "sessions": 0, "agents": 0, "hidden": None, "partial": False}


async def test_a_department_is_no_formula(tmp_path: Path) -> None:
    """Would catch: a department named `=CMD(…)`, which the DPO's spreadsheet would run."""
    found = await reported(tmp_path, crowd(at(3), 9, department="=1+1"))
    assert "department,'=1+1,9,9,9" in data.render_csv(found)


MONTH = st.lists(
    st.tuples(
        st.integers(1, 31), st.integers(1, 8), st.sampled_from(["a", "b", "c"]), st.sampled_from(["x", "y", "z"])
    ),
    max_size=60,
)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=25, deadline=None)
@given(MONTH)
def test_no_two_reports_give_away_together_what_neither_shows(attempts: list[tuple[int, int, str, str]]) -> None:
    """Would catch: a period or a row that is a total less what is shown of it, and is of fewer than five people."""

    async def play(folder: Path) -> None:
        events = [event(at(day, month=10), who, service, department=of) for day, who, service, of in attempts]
        async with journal_in(folder) as trail:
            counts = counts_beside(trail, at(1), raw_days=90)
            await taken(counts, events)
            pieces = {
                grain: _pieces(
                    await outbound_report(counts, trail, OCTOBERS, grain, by="uid:0"),
                    await read(counts, OCTOBERS),
                    events,
                )
                for grain in Grain
            }
            for coarse, fine in itertools.combinations(reversed(Grain), 2):
                for whole in pieces[coarse]:
                    rest = whole - frozenset[int]().union(*(piece for piece in pieces[fine] if piece <= whole))
                    assert not rest or len({events[place].pseudonym for place in rest}) >= 5
            found = await outbound_report(counts, trail, OCTOBERS, by="uid:0")
            month = frozenset[int]().union(*pieces[Grain.MONTH])
            for by, rows in found.tables:
                shown = {name for name, cell in rows if not cell.hidden}
                rest = {place for place in month if getattr(events[place], by) not in shown}
                assert not rest or len({events[place].pseudonym for place in rest}) >= 5
                assert sum(cell.attempts or 0 for _, cell in rows) == len(month) - len(rest)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder)))


def _pieces(found: Report, settled: Settled, events: list[Event]) -> list[frozenset[int]]:
    """Return the attempts that each shown period is made of, having checked that it shows as many."""
    pieces = []
    for start, cell in found.trend:
        days = [
            day
            for day, row in settled.days.items()
            if start_of(day, found.grain) == start and row.level in _COUNTED[found.grain]
        ]
        piece = frozenset(place for place, one in enumerate(events) if CALENDAR.day(one.at) in days)
        assert (cell.attempts or 0) == len(piece)
        pieces.append(piece)
    return pieces
