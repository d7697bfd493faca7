"""`ecluse outbound simulate`: what a policy would have done with yesterday's log."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from filters.outbound.attempt import Attempt
from filters.outbound.comparing import Simulation
from filters.outbound.comparing import simulate as simulated
from filters.outbound.intake.blocks import DamagedError, blocks, opened
from filters.outbound.intake.engines import Engine, parser, read
from filters.outbound.intake.parser import Reason, Tally, ZoneNeededError
from filters.outbound.snapshot import Snapshot
from gateway.cli.outbound_policy import compiled_of, in_force
from gateway.cli.stores import Config, settings_of, stop

MOST: Final = 20
"""Services shown one by one; the others together."""

Heard = Callable[[Path, int, int], None]
"""Is told how far a file is read, in bytes."""

Zone = Annotated[str | None, typer.Option(help="Fuseau des heures qui n’en disent pas : Europe/Paris.")]


def simulate(
    logs: Annotated[list[Path], typer.Argument(metavar="JOURNAUX…", help="Journaux d’hier, compressés ou non.")],
    engine: Annotated[Engine, typer.Option(help="Qui les a écrits.")] = Engine.SQUID,
    policy: Annotated[
        Path | None, typer.Option("--policy", "-p", help="Politique à essayer ; par défaut, celle en vigueur.")
    ] = None,
    zone: Zone = None,
    config: Config = None,
) -> None:
    """Dit ce qu’une politique aurait fait, en mode « block », des connexions d’un journal. Rien n’en est gardé."""
    if policy is not None:
        snapshot, _, _ = compiled_of(policy)
    else:
        snapshot = in_force(settings_of(config)) or stop("Aucune politique n’est en vigueur : donnez-en une (`-p`).")
    tally = Tally()
    with progress_of(logs) as heard:
        try:
            found = simulated(snapshot, _attempts(logs, engine, snapshot, zone_of(zone), tally, heard))
        except ZoneNeededError:
            stop("Ces journaux donnent des heures sans fuseau : ajoutez par exemple `--zone Europe/Paris`.")
        except DamagedError:
            stop(
                "Un journal compressé est abîmé, ou n’est pas complet : retirez-le, ou décompressez ce qui peut l’être."
            )
        except OSError as error:
            stop(f"« {error.filename or 'Un journal'} » ne peut pas être lu : vérifiez son chemin et ses droits.")
    _show(found, snapshot, tally)


def zone_of(name: str | None) -> ZoneInfo | None:
    """Return a time zone; one that is none ends the command."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        stop(f"« {name} » n’est pas un fuseau horaire : écrivez par exemple Europe/Paris.")


@contextmanager
def progress_of(files: Sequence[Path]) -> Iterator[Heard]:
    """Show, on the error output, how far each file is read."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        tasks = {path: progress.add_task(path.name, total=None) for path in files}

        def heard(path: Path, done: int, total: int) -> None:
            progress.update(tasks[path], completed=done, total=total)

        yield heard


def _attempts(  # noqa: PLR0917 - one log read in one place
    logs: Sequence[Path],
    engine: Engine,
    snapshot: Snapshot,
    zone: ZoneInfo | None,
    tally: Tally,
    heard: Heard,
) -> Iterator[Attempt]:
    for path in logs:
        with opened(path) as source:
            written = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            reader = parser(engine.value, snapshot.service_of, zone, written)
            for block in blocks(source, 0, last_too=True):
                tally.lines += block.cut
                tally.bad[Reason.LONG] += block.cut
                yield from read(block.lines, reader, tally)
                heard(path, min(source.raw.tell(), source.size), source.size)


def _show(found: Simulation, snapshot: Snapshot, tally: Tally) -> None:
    console = Console(highlight=False)
    table = Table("service", "passerait", "compté", "averti", "refusé", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for id_, counts in list(found.services.items())[:MOST]:
        name = snapshot.services[id_].name if id_ in snapshot.services else id_
        table.add_row(Text(name), *map(str, (counts.allow, counts.observe, counts.coach, counts.block)))
    total = found.total
    table.add_row("ensemble", *map(str, (total.allow, total.observe, total.coach, total.block)), style="bold")
    console.print(table)
    if len(found.services) > MOST:
        console.print(f"{len(found.services) - MOST} autres services sont dans « ensemble ».")
    unread = sum(tally.bad.values())
    console.print(
        f"{tally.lines} ligne(s) lue(s), {total.total} tentative(s) vers un service connu, dont "
        f"{total.coach + total.block} auraient été arrêtées ; {unread} ligne(s) illisible(s).",
        soft_wrap=True,
    )
