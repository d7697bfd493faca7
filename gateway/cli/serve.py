"""`ecluse serve`: opens the gateway, if nothing is wrong with it."""

import socket
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

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
from gateway.serving import group, opening
from gateway.serving.server import Server
from gateway.systems.store import StatesUnavailableError

CANNOT_START = 1

NEEDS_REDIS: Final = (
    "plusieurs processus comptent les quotas ensemble, dans Redis ; écrivez `shared.redis_url`, ou gardez un seul "
    "processus (`--workers 1`)."
)


def serve(
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", envvar="ECLUSE_CONFIG", help="Fichier de configuration ; par défaut, celui livré."
        ),
    ] = None,
    host: Annotated[str | None, typer.Option(help="Adresse d’écoute ; par défaut, celle de la configuration.")] = None,
    port: Annotated[int | None, typer.Option(help="Port d’écoute ; 0 laisse le système choisir.")] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Processus qui répondent ; par défaut, ceux de la configuration."),
    ] = None,
) -> None:
    """Ouvre la passerelle. Refuse de démarrer tant qu’un défaut de configuration demeure.

    Un arrêt (SIGTERM ou Ctrl-C) se dit d’abord sur /readyz, laisse finir les demandes en cours, coupe en le disant
    celles qui durent, puis ferme le journal. Un second n’attend plus rien.
    """
    if found := check.faults(config, load=_CheckedByWorkers):
        show(found)
        raise typer.Exit(CANNOT_START)
    try:
        settings = load_settings(config)
    except FaultsError as error:
        show(error.faults)
        raise typer.Exit(CANNOT_START) from None
    settings = _asked(settings, host=host, port=port, workers=workers)
    require_free(settings.server.host, settings.server.port)
    configure(settings.logging)
    if settings.server.workers > 1:
        if not settings.shared.configured:
            _refuse(NEEDS_REDIS)
        reason = group.serve(settings, _reason)
    else:
        app = create_app(settings)
        failure = opening.serve(app, Server(*opening.parts(app, settings)))
        reason = _reason(failure) if failure is not None else None
    if reason is not None:
        _refuse(reason)


def _asked(settings: Settings, **options: object) -> Settings:
    """Return the configuration with what the command line says of the server."""
    given = {name: value for name, value in options.items() if value is not None}
    return settings.model_copy(update={"server": settings.server.model_copy(update=given)})


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
