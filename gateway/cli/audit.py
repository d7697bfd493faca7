"""`ecluse audit`: is the journal whole, what does it say, and what may no longer be kept."""

import csv
import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import orjson
import typer

from config.settings import Settings
from gateway.audit.chain import Finding, Flaw
from gateway.audit.entry import Scope
from gateway.audit.export import COLUMNS, row
from gateway.audit.sql import Purged, Verification, limit, lines, purge, verify
from gateway.cli.french import Command, Group
from gateway.cli.stores import Config, journal, reader, run, settings_of, written
from gateway.provenance.sql import SqlOutputs

app = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Le journal : vérifier, exporter, purger.",
)

_EXPLANATIONS = {
    Flaw.ALTERED: "une écriture a été modifiée",
    Flaw.MISSING: "des écritures ont été supprimées juste avant celle-ci",
    Flaw.MISPLACED: "une écriture a été insérée, répétée ou déplacée",
    Flaw.TRUNCATED: "les dernières écritures ont été supprimées, à partir de celle-ci",
    Flaw.UNSEALED: "une signature manque ou est fausse",
    Flaw.HEAD_MISSING: "le fichier qui connaît la fin de cette chaîne manque ou est illisible",
    Flaw.HEAD_FORGED: "le fichier qui connaît la fin de cette chaîne n’est pas signé par la clé du journal",
}


class Format(StrEnum):
    """How lines are exported."""

    JSONL = "jsonl"
    CSV = "csv"


Since = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Premier jour (UTC).")]
Until = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Dernier jour, inclus (UTC).")]


@app.command("verify", cls=Command)
def verify_journal(config: Config = None) -> None:
    """Vérifie tout le journal ; code de sortie 1 si quelque chose a été modifié, supprimé ou ajouté."""
    found = run(_verify(settings_of(config)))
    for done in found.purges:
        typer.echo(
            f"purgé   {done.of.writer} : écritures 1 à {done.of.seq}, jusqu’au {done.last_at:%Y-%m-%d %H:%M} UTC"
        )
    for end in found.ends:
        elsewhere = " (autre machine : fin connue par les points de contrôle)" if end.writer in found.elsewhere else ""
        typer.echo(f"chaîne  {end.writer} : dernière écriture {end.seq}, empreinte {end.hash}{elsewhere}")
    for finding in found.findings:
        typer.echo(_told(finding))
    if not found.sound:
        typer.echo(f"JOURNAL ALTÉRÉ : {len(found.findings)} anomalie(s), {found.entries} écritures lues.")
        raise typer.Exit(1)
    typer.echo(f"Journal intègre : {found.entries} écritures, {len(found.ends)} chaîne(s).")


@app.command("export", cls=Command)
def export(
    since: Since = None,
    until: Until = None,
    form: Annotated[Format, typer.Option("--format", help="`jsonl` ou `csv`.")] = Format.JSONL,
    output: Annotated[Path | None, typer.Option(help="Fichier à écrire ; par défaut, la sortie standard.")] = None,
    config: Config = None,
) -> None:
    """Écrit une ligne par demande. La lecture est elle-même inscrite au journal."""
    settings = settings_of(config)
    first, last = _range(since, until)
    with written(output) as out:
        run(_export(settings, first, last, form, out))


@app.command("purge", cls=Command)
def purge_journal(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compte sans rien supprimer.")] = False,
    config: Config = None,
) -> None:
    """Supprime ce qui dépasse la durée de conservation, manifestes compris, et en laisse une trace signée."""
    settings = settings_of(config)
    done = run(_purge(settings, dry_run=dry_run))
    verb = "à supprimer" if dry_run else "supprimées"
    typer.echo(f"{done.entries} écritures {verb}, antérieures au {done.before:%Y-%m-%d}.")


async def _verify(settings: Settings) -> Verification:
    async with journal(settings) as trail:
        await trail.note_reading(reader(), Scope.VERIFY)
        return await verify(trail.database, trail.heads, trail.public_key)


async def _export(
    settings: Settings, since: dt.datetime | None, until: dt.datetime | None, form: Format, out: TextIO
) -> None:
    async with journal(settings) as trail:
        await trail.note_reading(reader(), Scope.EXPORT, since, until)
        table: Any = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        if form is Format.CSV:
            table.writeheader()
        async for recorded in lines(trail.database, since, until):
            fields = row(recorded.at, recorded.line)
            if form is Format.CSV:
                counts = {"masked": recorded.line.masked, "answer": recorded.line.answer}
                table.writerow(
                    fields | {name: ";".join(f"{k}={v}" for k, v in each.items()) for name, each in counts.items()}
                )
            else:
                out.write(orjson.dumps(fields).decode() + "\n")


async def _purge(settings: Settings, *, dry_run: bool) -> Purged:
    before = limit(dt.datetime.now(dt.UTC).date(), settings.journal.retention_months)
    async with journal(settings) as trail:
        done = await purge(trail, before, dry_run=dry_run)
        if not dry_run:
            # A manifest proves an output that the journal tells of: it is kept as long, and no longer.
            await SqlOutputs(trail.database).purge(before)
        return done


def _range(since: dt.datetime | None, until: dt.datetime | None) -> tuple[dt.datetime | None, dt.datetime | None]:
    return (
        since.replace(tzinfo=dt.UTC) if since else None,
        until.replace(tzinfo=dt.UTC) + dt.timedelta(days=1) if until else None,
    )


def _told(finding: Finding) -> str:
    request = f" (demande {finding.output_id})" if finding.output_id else ""
    return (
        f"ANOMALIE  {finding.writer}, écriture {finding.seq}{request} : {_EXPLANATIONS[finding.flaw]} [{finding.flaw}]"
    )
