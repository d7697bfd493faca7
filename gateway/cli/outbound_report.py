"""`ecluse outbound report` and `count`: attempts to reach AI services outside, and nobody among them."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from config.settings import Settings
from gateway.audit.sql import SqlTrail
from gateway.cli.stores import Config, journal, reader, run, settings_of, stop, written
from gateway.database import Database
from gateway.outbound.counting import data, spool, text
from gateway.outbound.counting.event import Note
from gateway.outbound.counting.periods import Calendar, Grain, Span, month, month_of
from gateway.outbound.counting.pseudonyms import Keys
from gateway.outbound.counting.report import Report, outbound_report
from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sql import Kept, SqlCounts
from gateway.outbound.counting.taking import Taken, take_in
from gateway.outbound.counting.upkeep import Upkeep, months_left


class Format(StrEnum):
    """How the report is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def report(  # noqa: PLR0917 - options of a command line, all named
    since: Annotated[
        str | None, typer.Option("--from", help="Premier mois : 2026-09 ; par défaut, le dernier.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Dernier mois : 2026-11 ; par défaut, celui-ci.")] = None,
    grain: Annotated[Grain, typer.Option("--by", help="`day`, `week` ou `month`.")] = Grain.WEEK,
    form: Annotated[Format, typer.Option("--format", help="`text`, `csv` ou `json`.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(help="Fichier à écrire ; par défaut, la sortie standard.")] = None,
    config: Config = None,
) -> None:
    """Écrit le rapport des tentatives vers des services d’IA : aucun nom, petits effectifs masqués."""
    settings = settings_of(config)
    span = _span(settings, since, until)
    with written(output) as out:
        out.write(_render(run(_report(settings, span, grain)), form))


def count(config: Config = None) -> None:
    """Compte les tentatives en attente, puis efface ce qui dépasse sa durée de conservation, clés comprises."""
    settings = settings_of(config)
    taken, kept, forgotten = run(_count(settings))
    typer.echo(f"{taken.total} tentative(s) comptée(s).")
    for note, told in _NOTES.items():
        if taken.notes[note]:
            typer.echo(f"{taken.notes[note]} {told}.")
    typer.echo(
        f"{kept.events} tentative(s) effacée(s), antérieures au {kept.kept_from:%d/%m/%Y} ; "
        f"{len(forgotten)} clé(s) de pseudonymes effacée(s)."
    )
    if left := months_left(Keys(settings.outbound_keys_folder), kept.kept_from):
        stop(
            f"{len(left)} clé(s) de pseudonymes périmée(s) ne peuvent pas être effacées : "
            f"vérifiez les droits de « {settings.outbound_keys_folder} »."
        )


_NOTES = {
    Note.ERROR: "connexion(s) passées sans décision (erreurs du programme d’aide)",
    Note.LOST: "tentative(s) perdues (disque plein ou clé inutilisable)",
    Note.LATE: "tentative(s) trop anciennes pour être gardées",
    Note.BROKEN: "ligne(s) illisibles",
}


def counts_in(settings: Settings, database: Database) -> SqlCounts:
    """Return the counts that are kept in `database`."""
    return SqlCounts(database, Calendar(settings.outbound.timezone), Rules.chosen(settings.outbound))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[SqlTrail, SqlCounts]]:
    """Open the journal and the counts, which are in the same database."""
    async with journal(settings) as trail:
        yield trail, counts_in(settings, trail.database)


async def _report(settings: Settings, span: Span, grain: Grain) -> Report:
    async with opened(settings) as (trail, counts):
        await take_in(settings.outbound_folder / spool.FOLDER, counts)
        return await outbound_report(counts, trail, span, grain, by=reader())


async def _count(settings: Settings) -> tuple[Taken, Kept, tuple[dt.date, ...]]:
    async with opened(settings) as (_, counts):
        keys = Keys(settings.outbound_keys_folder)
        taken = await take_in(settings.outbound_folder / spool.FOLDER, counts)
        kept, forgotten = await Upkeep(counts, settings.outbound_folder / spool.FOLDER, keys).purge()
        return taken, kept, forgotten


def _span(settings: Settings, since: str | None, until: str | None) -> Span:
    today = Calendar(settings.outbound.timezone).day(int(dt.datetime.now(dt.UTC).timestamp()))
    try:
        last = month(until) if until else month_of(today)
        return Span(month(since) if since else last, last)
    except ValueError:
        stop("Un mois s’écrit 2026-11, et `--from` ne vient pas après `--to`.")


def _render(found: Report, form: Format) -> str:
    match form:
        case Format.TEXT:
            return text.render(found)
        case Format.CSV:
            return data.render_csv(found)
        case Format.JSON:
            return data.render_json(found)
