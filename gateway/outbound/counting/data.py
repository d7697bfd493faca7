"""The report for programs: JSON and CSV. A hidden number is null, and says in words why."""

import csv
import io

import orjson

from gateway.outbound.counting.disclosure import Shown
from gateway.outbound.counting.report import Report
from gateway.outbound.counting.words import notes
from gateway.structures import Json


def as_json(report: Report) -> dict[str, Json]:
    """Return the report as an object: what `GET /v1/outbound/report` answers."""
    return {
        "from": f"{report.span.first:%Y-%m}",
        "to": f"{report.span.last:%Y-%m}",
        "by": report.grain.value,
        "threshold": report.smallest,
        "closed_months": [f"{month:%Y-%m}" for month in report.closed],
        "partial": report.partial,
        "total": _cell(report, report.total),
        "trend": [{"from": start.isoformat(), **_cell(report, cell)} for start, cell in report.trend],
        "months": [{"month": f"{month:%Y-%m}", **_cell(report, cell)} for month, cell in report.months],
        "tables": {by: [{"name": name, **_cell(report, cell)} for name, cell in rows] for by, rows in report.tables},
        "automatic": [{"month": f"{month:%Y-%m}", **_cell(report, cell)} for month, cell in report.automatic],
        "mode_changes": [{"day": change.day.isoformat(), "mode": change.mode} for change in report.changes],
        "sanctioned": [
            {
                "month": f"{one.month:%Y-%m}",
                "requests": one.requests,
                "other_sessions": one.sessions,
                "share": one.share,
            }
            for one in report.shares
        ],
        "notes": list(notes(report)),
    }


def render_json(report: Report) -> str:
    """Return the report as JSON text."""
    return orjson.dumps(as_json(report), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def render_csv(report: Report) -> str:
    """Return the report as one long table; `attempts` is words where it is hidden."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "row", "attempts", "sessions", "agents", "partial"))
    writer.writerow(("total", "", *_columns(report, report.total)))
    writer.writerows((report.grain.value, start.isoformat(), *_columns(report, cell)) for start, cell in report.trend)
    for by, rows in report.tables:
        writer.writerows((by, _plain(name), *_columns(report, cell)) for name, cell in rows)
    writer.writerows(("automatic", f"{month:%Y-%m}", *_columns(report, cell)) for month, cell in report.automatic)
    writer.writerows(("mode", change.day.isoformat(), change.mode, "", "", "") for change in report.changes)
    for one in report.shares:
        requests = f"< {report.smallest}" if one.requests is None else one.requests
        writer.writerow(("sanctioned", f"{one.month:%Y-%m}", requests, "", "", ""))
    return out.getvalue()


def _cell(report: Report, cell: Shown) -> dict[str, Json]:
    return {
        "attempts": cell.attempts,
        "sessions": cell.sessions,
        "agents": cell.agents,
        "hidden": _why(report, cell) if cell.hidden else None,
        "partial": cell.partial,
    }


def _columns(report: Report, cell: Shown) -> tuple[str, ...]:
    if cell.hidden:
        return (_why(report, cell), "", "", "")
    numbers = (cell.attempts, cell.sessions, cell.agents)
    return (*("" if each is None else str(each) for each in numbers), "yes" if cell.partial else "")


def _why(report: Report, cell: Shown) -> str:
    return f"< {report.smallest}" if cell.small else "masqué"


def _plain(name: str) -> str:
    """Return a name that no spreadsheet takes for a formula: departments are named in a file that people write."""
    return f"'{name}" if name[:1] in {"=", "+", "-", "@"} else name
