"""`ecluse serve`: opens the gateway, if nothing is wrong with it."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import uvicorn
from fastapi import FastAPI

from config.errors import FaultsError
from config.loader import load_settings
from config.settings import Settings
from filters.identifiers.entity import ALL_LABELS
from gateway.api.logs import configure
from gateway.app import create_app
from gateway.cli import check
from gateway.cli.databases import AHEAD
from gateway.cli.faults import show
from gateway.database import UNAVAILABLE, DatabaseAheadError
from gateway.redis import OtherKeyError
from gateway.systems.store import StatesUnavailableError

CANNOT_START = 1


def serve(
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", envvar="ECLUSE_CONFIG", help="Fichier de configuration ; par défaut, celui livré."
        ),
    ] = None,
    host: Annotated[str | None, typer.Option(help="Adresse d’écoute ; par défaut, celle de la configuration.")] = None,
    port: Annotated[int | None, typer.Option(help="Port d’écoute ; 0 laisse le système choisir.")] = None,
) -> None:
    """Ouvre la passerelle. Refuse de démarrer tant qu’un défaut de configuration demeure.

    Un arrêt (SIGTERM ou Ctrl-C) laisse finir les demandes en cours, puis ferme le journal.
    """
    if found := check.faults(config, load=_CheckedByWorkers):
        show(found)
        raise typer.Exit(CANNOT_START)
    try:
        settings = load_settings(config)
    except FaultsError as error:
        show(error.faults)
        raise typer.Exit(CANNOT_START) from None
    host, port = host or settings.server.host, settings.server.port if port is None else port
    require_free(host, port)
    configure(settings.logging)
    failure = _run(settings, host, port)
    if failure is not None:
        _refuse(_reason(failure))


def require_free(host: str, port: int) -> None:
    """End the command where the address cannot be listened on: said before the models are loaded, which is long."""
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except (OSError, OverflowError):
        _refuse(f"l’adresse {host}:{port} est déjà prise, ou n’est pas celle de cette machine.")


def _refuse(reason: str) -> NoReturn:
    typer.echo(f"Écluse ne peut pas démarrer : {reason}", err=True)
    raise typer.Exit(CANNOT_START)


def _reason(failure: Exception) -> str:
    """Return what kept the gateway from opening, in words where there are some."""
    if isinstance(failure, OSError) and failure.filename is not None:
        return f"« {failure.filename} » ne peut pas être lu ou écrit ; vérifiez `data_dir` et les droits du dossier."
    if isinstance(failure, DatabaseAheadError):
        return f"{AHEAD} (révision {failure.revision})."
    if isinstance(failure, UNAVAILABLE):
        return "la base de données ne peut pas être ouverte ; vérifiez `journal.database_url` et les droits du dossier."
    if isinstance(failure, OtherKeyError):
        return (
            "d’autres passerelles se servent de ce Redis avec une autre clé de journal ; donnez à toutes la même "
            "(`journal.key_file`), ou un autre `shared.prefix`."
        )
    if isinstance(failure, StatesUnavailableError):
        return "l’état des arrêts ne peut pas être lu, ou a été modifié ; vérifiez la base et la clé du journal."
    return f"{type(failure).__name__}: {failure}"


class _CheckedByWorkers:
    """Stands for the detectors while files are checked: the lifespan loads and tests them in their own processes."""

    def __init__(self, extra: Path | None) -> None:
        del extra

    def labels(self) -> frozenset[str]:
        return frozenset(ALL_LABELS)

    def canary(self) -> None:
        return


def _run(settings: Settings, host: str, port: int) -> Exception | None:
    """Serve until told to stop; return what kept the gateway from opening, if anything did."""
    app = create_app(settings)
    failures: list[Exception] = []
    starts = app.router.lifespan_context

    @asynccontextmanager
    async def noting(running: FastAPI) -> AsyncIterator[None]:
        try:
            async with starts(running):
                yield
        except Exception as error:
            failures.append(error)
            raise

    app.router.lifespan_context = noting
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            lifespan="on",
            ws="none",  # an upgrade's path would be logged, and there is nothing to upgrade to
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=round(settings.server.drain_seconds),
        )
    )
    try:
        server.run()
    except SystemExit:
        # uvicorn's word for a lifespan that failed, or an address that is taken: it says no more than that.
        return failures[0] if failures else OSError(f"l’adresse {host}:{port} ne peut pas être ouverte.")
    return None
