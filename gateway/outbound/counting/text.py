"""The report for a terminal, in French."""

from textwrap import fill

from gateway.outbound.counting.disclosure import NOTHING, Shown
from gateway.outbound.counting.periods import Grain
from gateway.outbound.counting.report import Report
from gateway.outbound.counting.words import GRAINS, MODES, TITLES, name, notes, number, percent, period, shown

WIDTH = 44
"""Of the first column."""


def render(report: Report) -> str:
    """Return the report as aligned columns."""
    span = f"{report.span.first:%m/%Y}"
    if report.span.last != report.span.first:
        span = f"de {span} à {report.span.last:%m/%Y}"
    parts = [
        f"Tentatives vers des services d’IA non approuvés — {span}",
        _table(report, "Ensemble", [("Total", report.total)]),
        _trend(report),
    ]
    parts += [_shares(report)] if report.shares else []
    parts += [
        _table(report, TITLES[by], [(name(by, row), cell) for row, cell in rows]) for by, rows in report.tables if rows
    ]
    apart = [(period(month, Grain.MONTH), cell) for month, cell in report.automatic if cell != NOTHING]
    parts += [_table(report, "Automates, comptés à part", apart)] if apart else []
    parts += [fill(note, WIDTH + 38) for note in notes(report)]
    return "\n\n".join(parts) + "\n"


def _trend(report: Report) -> str:
    rows = [(period(start, report.grain), cell) for start, cell in report.trend if cell != NOTHING]
    changes = [f"  {change.day:%d/%m/%Y}  mode {MODES.get(change.mode, change.mode)}" for change in report.changes]
    table = _table(report, f"Par {GRAINS[report.grain]}", rows) if rows else f"Par {GRAINS[report.grain]}\n  aucune"
    return "\n".join([table, *(["", "Changements de mode", *changes] if changes else [])])


def _shares(report: Report) -> str:
    head = f"{'Usage approuvé':<{WIDTH + 2}}{'demandes':>12}{'sessions':>12}{'part':>12}"
    hidden = f"< {report.smallest}"
    lines = [
        f"  {period(one.month, Grain.MONTH):<{WIDTH}}{hidden if one.requests is None else number(one.requests):>12}"
        f"{'masqué' if one.sessions is None else number(one.sessions):>12}"
        f"{'—' if one.share is None else percent(one.share):>12}"
        for one in report.shares
    ]
    return "\n".join([head, *lines, "  demandes à Écluse, à côté des sessions vers d’autres services"])


def _table(report: Report, title: str, rows: list[tuple[str, Shown]]) -> str:
    lines = [f"{title:<{WIDTH + 2}}{'tentatives':>12}{'sessions':>12}{'agents':>12}"]
    for label, cell in rows:
        numbers = (cell.attempts, cell.sessions, cell.agents)
        lines.append(f"  {label:<{WIDTH}}" + "".join(f"{shown(each, cell, report.smallest):>12}" for each in numbers))
    return "\n".join(lines)
