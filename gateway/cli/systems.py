"""`ecluse stop`, `resume` and `systems`: the kill switch at a terminal, beside gateways that run or before they do."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from gateway.cli import replicas
from gateway.cli.stores import Config, charter_of, journal, reader, run, settings_of
from gateway.cli.stores import stop as give_up
from gateway.errors import AlreadyStoppedError, SystemsUnavailableError
from gateway.redis import Redis
from gateway.secrets import hmac_key
from gateway.systems.control import Done, Person
from gateway.systems.redis import RedisStates
from gateway.systems.sql import SqlStates
from gateway.systems.state import Reason, State, Target
from gateway.systems.store import Seal, StatesUnavailableError
from gateway.systems.switchboard import Switchboard, switchboard
from policies.loader import routes_of

T = TypeVar("T")

TargetArgument = Annotated[
    str,
    typer.Argument(
        metavar="CIBLE", help="`all` (tout), `system:…`, `route:…` ou `use:…` : `ecluse systems` les montre."
    ),
]

REASONS: Mapping[Reason, str] = {
    Reason.SECURITY: "incident de sécurité",
    Reason.LEAK: "fuite de données",
    Reason.WRONG: "réponses erronées",
    Reason.OUTAGE: "panne",
    Reason.MAINTENANCE: "maintenance",
    Reason.GOVERNANCE: "décision de la gouvernance",
    Reason.EXERCISE: "exercice",
    Reason.OTHER: "autre",
}


def stop(
    target: TargetArgument,
    reason: Annotated[
        Reason, typer.Option(help="Motif, pris dans une liste : un texte libre pourrait nommer quelqu’un.")
    ],
    minutes: Annotated[
        int | None, typer.Option(min=1, max=525_600, help="Durée ; sans elle, jusqu’à `ecluse resume`.")
    ] = None,
    drill: Annotated[bool, typer.Option("--drill", help="Exercice : noté et compté, rien n’est refusé.")] = False,
    config: Config = None,
) -> None:
    """Arrête un système, une route, un usage ou tout, sur chaque passerelle, en une seconde.

    Les nouvelles demandes reçoivent la conduite à tenir que donne la charte ; les réponses en cours sont coupées.
    """
    settings = settings_of(config)
    found = _target(settings, target)
    done = run(
        _with(
            settings,
            lambda board: board.control.stop(found.id, reason, Person(reader()), minutes=minutes, drill=drill),
        )
    )
    typer.echo(f"{found.title} : {'exercice en cours' if drill else 'arrêté'}{_until(done.state)}.")
    _warn(done)


def resume(target: TargetArgument, config: Config = None) -> None:
    """Remet en service ce qui est arrêté."""
    settings = settings_of(config)
    found = _target(settings, target)
    done = run(_with(settings, lambda board: board.control.resume(found.id, Person(reader()))))
    typer.echo(f"{found.title} : en service.")
    _warn(done)


def systems(config: Config = None) -> None:
    """Montre ce qui peut être arrêté, ce qui l’est, et la charte que chaque passerelle du même Redis applique."""
    settings = settings_of(config)
    charter = charter_of(settings)

    async def read(board: Switchboard) -> list[tuple[Target, State | None]]:
        return [(target, board.holding(target.id)) for target in board.targets(charter).values()]

    table = Table("cible", "nom", "état", "motif", "depuis", "jusqu’à", "par")
    for target, stopped in run(_with(settings, read)):
        table.add_row(target.id, target.title, *_row(stopped))
    Console(width=None if Console().is_terminal else 200).print(table)
    replicas.show(settings)


def _target(settings: Settings, typed: str) -> Target:
    charter = charter_of(settings)

    async def find(board: Switchboard) -> Mapping[str, Target]:
        return board.targets(charter)

    found = run(_with(settings, find)).get(typed)
    if found is None:
        give_up(f"Rien ne peut être arrêté sous « {typed} » : `ecluse systems` montre toutes les cibles.")
    return found


async def _with(settings: Settings, work: Callable[[Switchboard], Awaitable[T]]) -> T:
    """Do some work over the stores; what goes wrong with them is one sentence, and exit code 2."""
    try:
        async with _opened(settings) as board:
            return await work(board)
    except AlreadyStoppedError:
        give_up("Cette cible est réellement arrêtée ; un exercice la rouvrirait. D’abord : `ecluse resume`.")
    except (StatesUnavailableError, SystemsUnavailableError):
        give_up(
            "L’état des arrêts ne peut pas être lu ou inscrit, ou a été modifié : rien n’est sûr. Recommencez, et "
            "vérifiez `journal.database_url` et la clé du journal."
        )


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Switchboard]:
    redis = Redis(settings.shared) if settings.shared.configured else None
    seal = Seal(hmac_key(settings.journal_key_file))
    try:
        async with journal(settings) as trail:
            news = RedisStates(redis, seal) if redis else None
            board = switchboard(trail, SqlStates(trail.database, seal), news, routes_of(settings.routes))
            await board.spread.start()
            yield board
    finally:
        if redis is not None:
            await redis.close()


def _warn(done: Done) -> None:
    if not done.told:
        typer.echo(
            "Redis ne répond pas : les passerelles qui n’ont pas cette base de données ne le savent pas encore.",
            err=True,
        )


def _row(stop: State | None) -> tuple[str, ...]:
    if stop is None:
        return "en service", "—", "—", "—", "—"
    return (
        "exercice" if stop.drill else "ARRÊTÉ",
        REASONS[stop.reason] if stop.reason else "—",
        f"{stop.since.astimezone():%d/%m/%Y %H:%M}",
        f"{stop.until.astimezone():%d/%m/%Y %H:%M}" if stop.until else "la reprise",
        stop.role or "ligne de commande",
    )


def _until(state: State | None) -> str:
    until = state.until if state else None
    return f" jusqu’au {until.astimezone():%d/%m/%Y %H:%M}" if until else ""
