"""The journal, the keys and the register of people, opened for one command. Nothing else of the gateway has to run."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn, TextIO, TypeVar

import typer
from rich.console import Console

from config.errors import FaultsError
from config.loader import load_settings
from config.settings import Settings
from gateway.audit.sql import SqlTrail
from gateway.cli.databases import AHEAD
from gateway.cli.faults import show
from gateway.database import UNAVAILABLE, Database, DatabaseAheadError
from gateway.errors import AuditUnavailableError, PeopleUnavailableError
from gateway.governance.approvals import Active, ApprovalsUnavailableError
from gateway.governance.sql import SqlApprovals
from gateway.identity.sql import SqlDirectory
from gateway.people.sql import SqlRegister
from gateway.secrets import KeyFileError, hmac_key, signing_key
from policies.charter import Charter
from policies.loader import load_charter, routes_of

Result = TypeVar("Result")

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="ECLUSE_CONFIG", help="Fichier de configuration ; par défaut, celui livré."),
]


def settings_of(config: Path | None) -> Settings:
    """Return the settings, or show every fault and end the command."""
    try:
        return load_settings(config)
    except FaultsError as error:
        show(error.faults)
        raise typer.Exit(2) from None


def charter_of(settings: Settings) -> Charter:
    """Return the charter in force, or show every fault and end the command.

    Under the two-person rule that is the last activated one; the file may be another, which waits for approvals.
    """
    routes = routes_of(settings.routes)
    active = run(_active(settings)) if settings.charter.two_person else None
    if active is not None:
        return Charter(active.text, routes)
    try:
        return load_charter(settings.charter.file, routes)
    except FaultsError as error:
        show(error.faults)
        raise typer.Exit(2) from None


async def _active(settings: Settings) -> Active | None:
    async with approvals(settings) as kept:
        return await kept.active()


def reader() -> str:
    """Return who reads at this terminal; the journal keeps a keyed hash of it."""
    return f"uid:{os.getuid()}"


@asynccontextmanager
async def journal(settings: Settings) -> AsyncIterator[SqlTrail]:
    """Open the journal, also beside a gateway that writes to it."""
    database = Database(settings.database_url)
    try:
        await database.start()
        trail = SqlTrail(
            database,
            hmac_key(settings.journal_key_file),
            signing_key(settings.journal_signing_key_file),
            heads=settings.data_dir / "heads",
            checkpoint_every=settings.journal.checkpoint_every,
            checkpoint_seconds=settings.journal.checkpoint_seconds,
        )
        async with trail:
            yield trail
    finally:
        await database.close()


@asynccontextmanager
async def approvals(settings: Settings) -> AsyncIterator[SqlApprovals]:
    """Open the approvals of charters, which lie beside the journal."""
    database = Database(settings.database_url)
    try:
        await database.start()
        yield SqlApprovals(database, hmac_key(settings.journal_key_file))
    except ApprovalsUnavailableError:
        stop(
            "Les approbations ne peuvent pas être lues ou écrites, ou ce qui en est gardé a été modifié : vérifiez "
            "`journal.database_url`, la clé du journal et vos sauvegardes."
        )
    finally:
        await database.close()


@asynccontextmanager
async def directory(settings: Settings) -> AsyncIterator[SqlDirectory]:
    """Open the register of keys; made where the gateway has never run."""
    database = Database(settings.identity_database_url)
    try:
        await database.start()
        yield SqlDirectory(database)
    finally:
        await database.close()


@asynccontextmanager
async def register(settings: Settings) -> AsyncIterator[SqlRegister]:
    """Open the register of people, which lies beside the keys."""
    database = Database(settings.identity_database_url)
    try:
        await database.start()
        yield SqlRegister(database)
    finally:
        await database.close()


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Do the work of a command; what goes wrong with its stores is one sentence, and exit code 2."""
    try:
        return asyncio.run(work)
    except KeyFileError as error:
        stop(f"Clé inutilisable. {error}")
    except AuditUnavailableError:
        stop("Le journal ne peut pas être écrit : la lecture d’un journal doit y être notée, rien n’a donc été lu.")
    except PeopleUnavailableError:
        stop("Le registre des personnes ne peut pas être ouvert : vérifiez `identity.database_url` et ses droits.")
    except DatabaseAheadError as error:
        stop(f"{AHEAD[0].upper()}{AHEAD[1:]} (révision {error.revision}).")
    except UNAVAILABLE:
        stop("La base de données ne peut pas être ouverte : vérifiez `journal.database_url` et les droits du dossier.")


@contextmanager
def written(path: Path | None) -> Iterator[TextIO]:
    """Open the file that a command writes, in UTF-8 and as it stands; the standard output where there is none."""
    if path is None:
        yield sys.stdout
        return
    try:
        out = path.open("w", encoding="utf-8", newline="")
    except OSError:
        stop(f"« {path} » ne peut pas être écrit : vérifiez son dossier et ses droits.")
    with out:
        yield out


def stop(message: str) -> NoReturn:
    """Say why, and end the command with exit code 2."""
    Console(stderr=True, highlight=False).print(message, style="bold red", soft_wrap=True, markup=False)
    raise typer.Exit(2)
