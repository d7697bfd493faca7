"""`ecluse report`: a month of use, for the data protection officer."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from config.settings import Settings
from gateway.cli.stores import Config, charter_of, journal, reader, run, settings_of, stop, written
from gateway.usage import data, text
from gateway.usage.month import Month, month
from gateway.usage.names import names_of
from gateway.usage.report import Report, usage_report
from policies.charter import Charter


class Format(StrEnum):
    """How the report is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


def report(
    month_of: Annotated[str, typer.Option("--month", help="Mois du rapport : 2026-11.")],
    form: Annotated[Format, typer.Option("--format", help="`text`, `csv`, `json` ou `html`.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(help="Fichier à écrire ; par défaut, la sortie standard.")] = None,
    config: Config = None,
) -> None:
    """Écrit le rapport d’usage d’un mois : aucun nom, petits effectifs masqués."""
    try:
        wanted = month(month_of)
    except ValueError:
        stop(f"Le mois s’écrit 2026-11, et non « {month_of} ».")
    settings = settings_of(config)
    with written(output) as out:
        out.write(_render(run(_read(settings, charter_of(settings), wanted)), form))


async def _read(settings: Settings, charter: Charter, wanted: Month) -> Report:
    async with journal(settings) as trail:
        return await usage_report(trail, wanted, by=reader(), names=names_of(charter))


def _render(found: Report, form: Format) -> str:
    match form:
        case Format.TEXT:
            return text.render(found)
        case Format.CSV:
            return data.render_csv(found)
        case Format.JSON:
            return data.render_json(found)
        case Format.HTML:
            from gateway.usage import page  # noqa: PLC0415  the plotting library takes a second to load

            return page.render(found)
