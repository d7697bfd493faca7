"""The report for a terminal, in French."""

from gateway.usage.disclosure import Cell
from gateway.usage.names import Names
from gateway.usage.report import Report, Table
from gateway.usage.words import label, shown, summary

WIDTH = 56
"""Of the first column; the longest words that it is likely to hold fit."""


def render(report: Report) -> str:
    """Return the report as aligned columns."""
    parts = [f"Usage de l’IA générative — {report.month.title}"]
    parts.append("\n".join(f"  {name:<{WIDTH}}{value:>12}" for name, value in summary(report)))
    parts.extend(_table(table, report.names) for table in report.tables if table.rows)
    rows = "\n".join(f"  {day:%d/%m/%Y}  {shown(cell):>10}" for day, cell in report.evolution.rows if cell != Cell(0))
    parts.append(f"Demandes par {report.evolution.unit}\n{rows or '  aucune'}")
    return "\n\n".join(parts) + "\n"


def _table(table: Table, names: Names) -> str:
    lines = [f"{table.title:<{WIDTH + 2}}{'ce mois':>12}{'mois précédent':>18}"]
    lines += [
        f"  {label(table, name, names):<{WIDTH}}{shown(now):>12}{shown(before):>18}" for name, now, before in table.rows
    ]
    return "\n".join(lines)
