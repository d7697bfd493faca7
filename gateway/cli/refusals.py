"""`ecluse refusals`: refusals that their caller holds to be wrong, for the hospital's contact."""

import datetime as dt
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from gateway.audit.contest import Contest, Outcome
from gateway.audit.entry import Scope
from gateway.audit.sql import SqlContests, contests
from gateway.cli.french import Command, Group
from gateway.cli.stores import Config, charter_of, journal, reader, run, settings_of, stop
from gateway.usage.counts import OPEN
from gateway.usage.names import names_of
from gateway.usage.words import words

app = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Les refus contestés : les lire, y répondre.",
)


@app.command("list", cls=Command)
def list_contests(
    only_open: Annotated[bool, typer.Option("--open", help="Seulement ceux qui attendent une réponse.")] = False,
    config: Config = None,
) -> None:
    """Montre les refus contestés, le plus ancien d’abord. Ni personne ni texte n’y figure."""
    settings = settings_of(config)
    names = names_of(charter_of(settings))
    found = [one for one in run(_read(settings)) if one.outcome is None or not only_open]
    if not found:
        typer.echo("Aucun refus contesté n’attend de réponse." if only_open else "Aucun refus n’est contesté.")
        return
    table = Table("refus", "refusé le", "contesté le", "motif du refus", "contestation", "suite")
    for one in found:
        table.add_row(
            one.refusal,
            _day(one.refused_at),
            _day(one.contested_at),
            words("refusal", f"{one.code}, article {one.article}", names),
            one.reason.value,
            words("settled", one.outcome or OPEN, names),
        )
    Console(width=None if Console().is_terminal else 200).print(table)


@app.command("settle", cls=Command)
def settle(
    refusal: Annotated[str, typer.Argument(metavar="REFUS", help="Référence du refus : `ecluse refusals list`.")],
    outcome: Annotated[Outcome, typer.Option(help="`upheld` : le refus était juste ; `wrong` : il était une erreur.")],
    config: Config = None,
) -> None:
    """Répond à une contestation, une fois ; la réponse est écrite au journal et comptée dans le rapport."""
    if not run(_settle(settings_of(config), refusal, outcome)):
        stop("Aucune contestation n’attend de réponse sous cette référence : `ecluse refusals list --open` les montre.")
    typer.echo(f"Refus {refusal} : {words('settled', outcome, {})}.")


async def _read(settings: Settings) -> list[Contest]:
    async with journal(settings) as trail:
        await trail.note_reading(reader(), Scope.CONTESTS)
        return list((await contests(trail.database)).values())


async def _settle(settings: Settings, refusal: str, outcome: Outcome) -> bool:
    async with journal(settings) as trail:
        return await SqlContests(trail).settle(refusal, outcome, reader())


def _day(moment: dt.datetime) -> str:
    return f"{moment:%d/%m/%Y}"
