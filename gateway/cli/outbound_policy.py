"""`ecluse outbound check`, `diff` and `apply`: a policy of outgoing connections on its way into force."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.text import Text

from config.errors import Fault
from config.reading import Reading
from config.settings import Settings
from filters.outbound.catalogue import Catalogue, load_catalogue
from filters.outbound.comparing import LOCAL, differences, hosts_of, safety
from filters.outbound.errors import FeedUnreadableError, SnapshotBrokenError
from filters.outbound.loader import DEFAULT, advice, read_policy
from filters.outbound.policy import Policy
from filters.outbound.snapshot import Snapshot, compiled, read, write
from gateway.cli.faults import show
from gateway.cli.outbound_report import opened
from gateway.cli.stores import Config, run, settings_of, stop
from gateway.outbound.counting.upkeep import note_changes
from gateway.outbound.judge import SNAPSHOT

File = Annotated[
    Path | None,
    typer.Argument(metavar="POLITIQUE", help="Fichier de la politique ; par défaut, celle livrée.", dir_okay=False),
]


def check(file: File = None, config: Config = None) -> None:
    """Dit tous les défauts d’une politique, puis ce qui mérite attention. Code 1 s’il y a un défaut."""
    snapshot, reading, catalogue = compiled_of(file)
    _warn(reading, catalogue)
    _require_safe(snapshot, settings_of(config))
    content = snapshot.content
    for feed in content.feeds:
        typer.echo(feed.told)
    typer.echo(
        f"Politique {content.name} : aucun défaut ; mode « {content.mode} », {len(content.entries)} services, "
        f"{len(content.rules)} règle(s), {len(content.leaves)} exception(s). Mettez-la en vigueur avec "
        "`ecluse outbound apply`."
    )


def diff(file: File = None, config: Config = None) -> None:
    """Dit ce qui change de la politique en vigueur à celle d’un fichier. Code 1 s’il y a un défaut."""
    snapshot, _, _ = compiled_of(file)
    old = in_force(settings_of(config))
    if old is None:
        typer.echo("Aucune politique n’est en vigueur : tout est nouveau.")
        return
    _tell(differences(old, snapshot) or ("Rien ne change.",))


def apply(
    file: File = None,
    config: Config = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Sans demander confirmation.")] = False,
) -> None:
    """Met une politique en vigueur : Squid la suit en 5 secondes, sans être relancé. Un défaut : rien ne change."""
    settings = settings_of(config)
    snapshot, reading, catalogue = compiled_of(file)
    _warn(reading, catalogue)
    _require_safe(snapshot, settings)
    old = _replaced(settings)
    _tell(differences(old, snapshot) if old else ())
    same = old is not None and old.version == snapshot.version
    if not (same or yes):
        _confirm(f"Mettre en vigueur la politique {snapshot.content.name}, mode « {snapshot.mode} » ?")
    # First, so that nothing has changed where the base does not answer; and of a policy that only adds a step too.
    run(_note(settings, reading.result()))
    if same:
        typer.echo(f"La politique {snapshot.content.name} est déjà en vigueur, telle quelle.")
        return
    target = settings.outbound_folder / SNAPSHOT
    try:
        write(snapshot, target)
    except OSError:
        stop(f"« {target} » ne peut pas être écrit : vérifiez son dossier et ses droits.")
    typer.echo(f"Politique {snapshot.content.name} en vigueur ({snapshot.version}), mode « {snapshot.mode} ».")


def in_force(settings: Settings) -> Snapshot | None:
    """Return the compiled policy, None where there is none; a broken one ends the command."""
    try:
        return read(settings.outbound_folder / SNAPSHOT)
    except FileNotFoundError:
        return None
    except (OSError, SnapshotBrokenError):
        stop("La politique compilée ne peut pas être lue : refaites-la avec `ecluse outbound apply`.")


def required(settings: Settings) -> Snapshot:
    """Return the compiled policy; without one, say how to have it and end the command."""
    return in_force(settings) or stop("Aucune politique n’est en vigueur : mettez-en une par `ecluse outbound apply`.")


def _replaced(settings: Settings) -> Snapshot | None:
    """Return the compiled policy that another one is about to replace; a broken one counts as none."""
    try:
        return read(settings.outbound_folder / SNAPSHOT)
    except (OSError, SnapshotBrokenError):
        return None


def _confirm(question: str) -> None:
    """Ask, in French as the rest; anything but yes ends the command with exit code 1."""
    if typer.prompt(f"{question} Écrivez oui ou non", default="non").strip().casefold() not in {"o", "oui"}:
        raise typer.Abort


def sanctioned(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Return the hosts that each route may call: of the address that the configuration gives, or of its provider.

    Routes on the gateway's own machine are left out; one whose host is not known has none.
    """
    return {
        route.id: (urlsplit(route.base_url).hostname or "",) if route.base_url else hosts_of(route.model)
        for route in settings.routes
        if route.base_url or route.model.partition("/")[0] not in LOCAL
    }


def compiled_of(file: Path | None) -> tuple[Snapshot, Reading[Policy], Catalogue]:
    """Return a policy's file compiled, with how it was read; its faults end the command with exit code 1."""
    catalogue = load_catalogue()
    try:
        reading = read_policy(file or DEFAULT, catalogue)
        if reading.faults:
            show(sorted(reading.faults))
            raise typer.Exit(1)
        return compiled(reading.result(), catalogue), reading, catalogue
    except FeedUnreadableError as error:
        stop(str(error))
    except OSError as error:
        stop(f"« {error.filename} » ne peut pas être lu : vérifiez son chemin et ses droits.")


def _require_safe(snapshot: Snapshot, settings: Settings) -> None:
    """Say what the policy would cut; end the command with exit code 1 where it must not."""
    found = safety(snapshot, sanctioned(settings))
    _tell(found.notes, "à savoir", "yellow")
    if found.faults:
        _tell(found.faults, "refusé", "bold red", stderr=True)
        raise typer.Exit(1)


def _warn(reading: Reading[Policy], catalogue: Catalogue) -> None:
    console = Console(highlight=False)
    warnings: tuple[Fault, ...] = advice(reading, catalogue, dt.datetime.now(dt.UTC).date())
    for warning in warnings:
        place = Text(f"{warning.file}:{warning.line}:{warning.column}:", style="bold")
        console.print(Text.assemble(place, (" attention : ", "yellow"), warning.message), soft_wrap=True)


def _tell(sentences: Iterable[str], title: str = "", style: str = "", *, stderr: bool = False) -> None:
    console = Console(stderr=stderr, highlight=False)
    for sentence in sentences:
        console.print(Text.assemble((f"{title} : " if title else "", style), sentence), soft_wrap=True)


async def _note(settings: Settings, policy: Policy) -> None:
    """Keep the steps that have begun beside the counts, so that a report shows them when the file is another.

    One that is planned for later has changed nothing yet, and may still be put off.
    """
    today = dt.datetime.now(dt.UTC).date()
    begun = [(step.begins, step.mode.value) for step in policy.steps if step.begins <= today]
    if begun:
        async with opened(settings) as (_, counts):
            await note_changes(counts, begun)
