"""The report as one page that can be read, printed and archived alone: no script, nothing fetched from outside."""

import datetime as dt
from html import escape
from importlib.resources import files
from typing import Final

from gateway.usage import plots
from gateway.usage.disclosure import Cell
from gateway.usage.names import Names
from gateway.usage.report import Evolution, Report, Table
from gateway.usage.words import EXPLANATION, label, shown, summary

_DAYS: Final = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")


def render(report: Report) -> str:
    """Return the page, in French."""
    style = files("gateway.usage").joinpath("page_style.txt").read_text(encoding="utf-8")
    figures = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in summary(report))
    tables = "".join(_section(table, report.names) for table in report.tables if table.rows)
    title = f"Usage de l’IA générative — {report.month.title}"
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f'<header><p class="house">Écluse</p><h1>Usage de l’IA générative<br><span>{escape(report.month.title)}'
        f"</span></h1>\n<p>{escape(EXPLANATION)} Bleu foncé : le mois du rapport ; bleu clair : le mois "
        "précédent.</p></header>\n"
        f'<section aria-labelledby="summary"><h2 id="summary">En bref</h2><dl>{figures}</dl></section>\n'
        f"{_evolution(report.evolution)}{tables}</main>\n</body>\n</html>\n"
    )


def _section(table: Table, names: Names) -> str:
    rows = [(label(table, name, names), now, before) for name, now, before in table.rows]
    body = "".join(f'<tr><th scope="row">{escape(name)}</th>{_td(now)}{_td(before)}</tr>' for name, now, before in rows)
    columns = (table.of, "Ce mois", "Mois précédent")
    head = "<tr>" + "".join(f'<th scope="col">{escape(name)}</th>' for name in columns) + "</tr>"
    told = (
        f"{table.title} : barres du mois, et du mois précédent en plus clair. Les mêmes chiffres sont dans le tableau."
    )
    return (
        f'<section aria-labelledby="{table.id}"><h2 id="{table.id}">{escape(table.title)}</h2>\n<div class="pair">'
        f'<figure role="img" aria-label="{escape(told)}">{plots.bars(rows)}</figure>\n'
        f"<table><caption>{escape(table.title)}</caption><thead>{head}</thead><tbody>{body}</tbody></table>"
        "</div></section>\n"
    )


def _evolution(evolution: Evolution) -> str:
    title = f"Demandes par {evolution.unit}"
    drawn = plots.columns([(f"{day:%d/%m}", cell) for day, cell in evolution.rows])
    told = f"{title} : une colonne par {evolution.unit}. Les mêmes chiffres sont dans le tableau."
    table = _calendar(evolution) if evolution.unit == "jour" else _weeks(evolution)
    return (
        f'<section aria-labelledby="evolution"><h2 id="evolution">{title}</h2>\n<div class="pair">'
        f'<figure role="img" aria-label="{told}">{drawn}</figure>\n'
        f"<table><caption>{title}</caption>{table}</table></div></section>\n"
    )


def _calendar(evolution: Evolution) -> str:
    """Return days as a calendar: a row for each week, a column for each day of the week."""
    weeks: dict[dt.date, dict[int, Cell]] = {}
    for day, cell in evolution.rows:
        weeks.setdefault(day - dt.timedelta(days=day.weekday()), {})[day.weekday()] = cell
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Semaine du", *_DAYS))
    body = "".join(
        f'<tr><th scope="row">{monday:%d/%m}</th>'
        + "".join(_td(days[place]) if place in days else "<td></td>" for place in range(len(_DAYS)))
        + "</tr>"
        for monday, days in weeks.items()
    )
    return f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"


def _weeks(evolution: Evolution) -> str:
    body = "".join(f'<tr><th scope="row">{day:%d/%m}</th>{_td(cell)}</tr>' for day, cell in evolution.rows)
    head = '<tr><th scope="col">Semaine du</th><th scope="col">Demandes</th></tr>'
    return f"<thead>{head}</thead><tbody>{body}</tbody>"


def _td(cell: Cell) -> str:
    return f"<td>{escape(shown(cell))}</td>" if cell.count is not None else f"<td><em>{escape(shown(cell))}</em></td>"
