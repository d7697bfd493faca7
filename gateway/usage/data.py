"""The report for programs: JSON and CSV. A hidden count is null, and says in words why."""

import csv
import io

import orjson

from gateway.structures import Json
from gateway.usage.disclosure import THRESHOLD, Cell
from gateway.usage.report import CONTESTED, Report


def as_json(report: Report) -> dict[str, Json]:
    """Return the report as an object: what `GET /v1/usage` answers."""
    return {
        "month": report.month.id,
        "threshold": THRESHOLD,
        "requests": _cell(report.requests),
        "requests_previous_month": _cell(report.requests_before),
        "refusals": _cell(report.refusals),
        "contests": _cell(report.contests),
        "placeholders": {"lost": _cell(report.placeholders_lost), "unknown": _cell(report.placeholders_unknown)},
        "tokens": report.tokens,
        "tables": {
            table.id: [
                {"name": name, "month": _cell(now), "previous_month": _cell(before)}
                | ({"share": table.shares.get(name)} if table.id == CONTESTED else {})
                for name, now, before in table.rows
            ]
            for table in report.tables
        },
        "evolution": {
            "unit": "day" if report.evolution.unit == "jour" else "week",
            "rows": [{"from": day.isoformat(), "requests": _cell(cell)} for day, cell in report.evolution.rows],
        },
    }


def render_json(report: Report) -> str:
    """Return the report as JSON text."""
    return orjson.dumps(as_json(report), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def render_csv(report: Report) -> str:
    """Return the report as one long table: month, table, row, this month, the month before."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("month", "table", "row", "requests", "previous_month"))
    single = (
        ("requests", report.requests, report.requests_before.text),
        ("refusals", report.refusals, ""),
        ("contests", report.contests, ""),
        ("placeholders_lost", report.placeholders_lost, ""),
        ("placeholders_unknown", report.placeholders_unknown, ""),
    )
    writer.writerows((report.month.id, "total", name, cell.text, before) for name, cell, before in single)
    for table in report.tables:
        writer.writerows((report.month.id, table.id, name, now.text, before.text) for name, now, before in table.rows)
    unit = "day" if report.evolution.unit == "jour" else "week"
    writer.writerows((report.month.id, unit, day.isoformat(), cell.text, "") for day, cell in report.evolution.rows)
    return out.getvalue()


def _cell(cell: Cell) -> Json:
    return {"count": cell.count, "text": cell.text}
