"""`ecluse key`: API keys, shown once. Works before the gateway has ever run."""

import datetime as dt
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from config.settings import Settings
from gateway.cli.french import Command, Group
from gateway.cli.stores import Config, charter_of, directory, register, run, settings_of, stop
from gateway.identity.key import Key
from gateway.identity.sql import InvalidKeyRequestError, KeyEntry, KeyKind, KeyRequest
from gateway.people.desk import InvalidEntryError, person_id
from gateway.people.person import Dossier, Person

app = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Clés d’API : affichées une fois, conservées hachées.",
)


@app.command("create", cls=Command)
def create(  # noqa: PLR0917 - options of a command line, all named
    role: Annotated[
        str | None, typer.Option(help="Rôle de la charte : `medecin`, `ide`, `dpo`… Par défaut, celui de la personne.")
    ] = None,
    service: Annotated[
        str | None,
        typer.Option(help="Service, sans nom de personne : `cardiologie`. Par défaut, celui de la personne."),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(help="Personne du registre à qui est la clé ; sans elle, celle d’un programme partagé."),
    ] = None,
    kind: Annotated[
        KeyKind, typer.Option(help="`clinician` : une personne, par un dialogue de l’hôpital ; `tool` : un programme.")
    ] = KeyKind.TOOL,
    use: Annotated[
        list[str] | None, typer.Option(help="Limite la clé à cet usage ; répétable. Par défaut : ceux du rôle.")
    ] = None,
    expires: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Dernier jour de validité : 2027-06-30.")
    ] = None,
    requests_per_minute: Annotated[int | None, typer.Option(min=1, help="Demandes par minute.")] = None,
    tokens_per_minute: Annotated[int | None, typer.Option(min=1, help="Jetons par minute.")] = None,
    config: Config = None,
) -> None:
    """Crée une clé et l’affiche, une seule fois."""
    settings = settings_of(config)
    owner = _owner(settings, person, role) if person is not None else None
    if owner is not None:
        role, service = owner.role, service or owner.service
    if not role or not service:
        stop("Il manque `--role` ou `--service` ; avec `--person`, ce sont ceux de la personne.")
    _check_charter(settings, role, use or [])
    try:
        request = KeyRequest(
            role=role,
            service=service,
            kind=kind,
            uses=frozenset(use) if use else None,
            requests_per_minute=requests_per_minute,
            tokens_per_minute=tokens_per_minute,
            expires=expires.date() if expires else None,
            person=owner.id if owner else None,
        )
    except InvalidKeyRequestError:
        stop("Le service s’écrit en minuscules sans accent, chiffres, `_` et `-`, 40 caractères au plus.")
    key = run(_create(settings, request))
    Console(stderr=True).print("Notez cette clé : elle ne pourra plus être affichée.", highlight=False)
    typer.echo(key.reveal())


@app.command("list", cls=Command)
def list_keys(config: Config = None) -> None:
    """Montre les clés, sans leurs secrets."""
    table = Table(
        "préfixe", "rôle", "service", "personne", "nature", "usages", "créée", "expire", "dernier jour", "état"
    )
    for entry in run(_list(settings_of(config))):
        table.add_row(*_row(entry))
    Console(width=None if Console().is_terminal else 200).print(table)


@app.command("revoke", cls=Command)
def revoke(
    prefix: Annotated[str, typer.Argument(metavar="PRÉFIXE", help="Les huit caractères après `ecl_`.")],
    config: Config = None,
) -> None:
    """Ferme une clé pour toujours, en quelques secondes."""
    if not run(_revoke(settings_of(config), prefix)):
        stop(f"Aucune clé ouverte n’a le préfixe « {prefix} » : `ecluse key list` les montre toutes.")
    typer.echo(f"Clé {prefix} révoquée.")


async def _create(settings: Settings, request: KeyRequest) -> Key:
    async with directory(settings) as keys:
        return await keys.create(request)


async def _list(settings: Settings) -> tuple[KeyEntry, ...]:
    async with directory(settings) as keys:
        return await keys.list()


async def _revoke(settings: Settings, prefix: str) -> bool:
    async with directory(settings) as keys:
        return await keys.revoke(prefix)


def _owner(settings: Settings, typed: str, role: str | None) -> Person:
    """Return whose key it will be; a key of another role than theirs would open what they were not given."""
    try:
        id_ = person_id(typed)
    except InvalidEntryError as error:
        stop(str(error))
    found = run(_dossier(settings, id_))
    if found is None:
        stop(f"Personne n’est inscrit au registre sous « {id_} » : `ecluse people add` inscrit quelqu’un.")
    if role is not None and role != found.person.role:
        stop(f"Le rôle de cette personne au registre est « {found.person.role} », et non « {role} ».")
    return found.person


async def _dossier(settings: Settings, id_: str) -> Dossier | None:
    async with register(settings) as people:
        return await people.dossier(id_)


def _check_charter(settings: Settings, role: str, uses: list[str]) -> None:
    """Refuse a role or a use that the charter does not know: the key would open nothing."""
    charter = charter_of(settings)
    if role not in charter.roles:
        stop(f"La charte ne connaît pas le rôle « {role} ». Rôles : {', '.join(charter.roles)}.")
    for use in uses:
        if use not in charter.uses:
            stop(f"La charte ne connaît pas l’usage « {use} ». Usages : {', '.join(charter.uses)}.")


def _row(entry: KeyEntry) -> tuple[str, ...]:
    request = entry.request
    today = dt.datetime.now(dt.UTC).date()
    state = "révoquée" if entry.revoked else "ouverte" if entry.usable(today) else "expirée"
    return (
        entry.prefix,
        request.role,
        request.service,
        request.person or "—",
        request.kind.value,
        ", ".join(sorted(request.uses)) if request.uses is not None else "ceux du rôle",
        f"{entry.created:%Y-%m-%d}",
        f"{request.expires}" if request.expires else "—",
        f"{entry.last_used}" if entry.last_used else "—",
        state,
    )
