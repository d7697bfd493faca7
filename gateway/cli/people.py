"""`ecluse people`: the register of people. Works before the gateway has ever run, and beside one that runs."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console

from config.errors import Fault
from config.settings import Settings
from gateway.cli import faults
from gateway.cli.french import Command, Group
from gateway.cli.people_tables import ending, everybody, one, sheet, show
from gateway.cli.stores import Config, charter_of, directory, register, run, settings_of, stop
from gateway.people import table
from gateway.people.desk import Desk, InvalidEntryError, person_id
from gateway.people.person import Dossier, Entry, Habilitation, Kind, Person, Signature, Training
from gateway.people.register import UnknownPeopleError
from gateway.people.sheet import deadlines, role_sheet
from policies.standing import WARNING_DAYS

app = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Le registre des personnes : formations, signature de la charte, habilitations.",
)

PersonArgument = Annotated[str, typer.Argument(metavar="PERSONNE", help="Identifiant interne, jamais un nom.")]
Day = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Jour ; par défaut, aujourd’hui.")]
LastDay = Annotated[
    dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Dernier jour ; par défaut, ce que dit la charte.")
]


@app.command("list", cls=Command)
def list_people(
    role: Annotated[str | None, typer.Option(help="Seulement ce rôle.")] = None,
    service: Annotated[str | None, typer.Option(help="Seulement ce service.")] = None,
    config: Config = None,
) -> None:
    """Montre les personnes, et si elles ont ce qui est demandé à toutes."""
    settings = settings_of(config)
    found = [
        dossier
        for dossier in run(_dossiers(settings))
        if role in {None, dossier.person.role} and service in {None, dossier.person.service}
    ]
    show(everybody(found, charter_of(settings), _today()))


@app.command("show", cls=Command)
def show_person(person: PersonArgument, config: Config = None) -> None:
    """Montre tout ce qui est gardé d’une personne, et ce que cela lui ouvre."""
    settings, id_ = settings_of(config), _id(person)
    dossier = run(_dossier(settings, id_))
    if dossier is None:
        _absent(id_)
    show(*one(dossier, charter_of(settings), _today()))


@app.command("add", cls=Command)
def add(  # noqa: PLR0917 - options of a command line, all named
    person: PersonArgument,
    role: Annotated[str, typer.Option(help="Rôle de la charte : `medecin`, `ide`, `dpo`…")],
    service: Annotated[str, typer.Option(help="Service, sans nom de personne : `cardiologie`.")],
    kind: Annotated[
        Kind | None, typer.Option(help="`agent` (par défaut), `interimaire` ou `prestataire` : la règle est la même.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Nom affiché, facultatif ; il ne quitte pas le registre.")] = None,
    config: Config = None,
) -> None:
    """Inscrit une personne, ou change ce qui la décrit ; une option non donnée garde ce qui est inscrit."""
    settings = settings_of(config)
    dossier = run(_dossier(settings, _id(person)))
    known = dossier.person if dossier else None
    nature = kind or (known.kind if known else Kind.AGENT)
    called = name if name is not None or known is None else known.name
    made = _record(settings, person, lambda desk, id_: desk.person(id_, nature, role, service, called or None))
    typer.echo(f"{made.id} : inscrit au registre.")


@app.command("train", cls=Command)
def train(
    person: PersonArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code de la formation : `IA-SOCLE`, `RGPD`, `RESP`…")],
    obtained: Day = None,
    expires: LastDay = None,
    config: Config = None,
) -> None:
    """Inscrit une formation suivie."""
    made = _record(
        settings_of(config), person, lambda desk, id_: desk.training(id_, code, _day(obtained), _day(expires))
    )
    typer.echo(f"{made.person} : formation {made.code} valable jusqu’au {made.expires:%d/%m/%Y}.")


@app.command("sign", cls=Command)
def sign(
    person: PersonArgument,
    version: Annotated[str | None, typer.Option(help="Version signée ; par défaut, celle en vigueur.")] = None,
    signed: Day = None,
    config: Config = None,
) -> None:
    """Inscrit une signature de la charte donnée sur papier."""
    made = _record(settings_of(config), person, lambda desk, id_: desk.signature(id_, version, _day(signed)))
    typer.echo(f"{made.person} : charte {made.version} signée le {made.signed:%d/%m/%Y}.")


@app.command("habilitate", cls=Command)
def habilitate(  # noqa: PLR0917 - options of a command line, all named
    person: PersonArgument,
    subject: Annotated[str, typer.Argument(metavar="OBJET", help="Usage de la charte, ou nom d’un système d’IA.")],
    issuer: Annotated[str, typer.Option(help="Qui habilite : une fonction, ou un identifiant interne.")],
    issued: Day = None,
    expires: LastDay = None,
    config: Config = None,
) -> None:
    """Inscrit une habilitation."""
    made = _record(
        settings_of(config),
        person,
        lambda desk, id_: desk.habilitation(id_, subject, issuer, _day(issued), _day(expires)),
    )
    typer.echo(f"{made.person} : habilitation pour {made.subject} valable jusqu’au {made.expires:%d/%m/%Y}.")


@app.command("import", cls=Command)
def import_table(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", exists=True, dir_okay=False, help="Table CSV, en UTF-8, avec en-tête.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Vérifie tout sans rien inscrire.")] = False,
    config: Config = None,
) -> None:
    """Inscrit une table entière, ou rien : tous ses défauts sont dits à la fois, avec leur ligne.

    Colonnes : `personne` ; `role`, `service`, `nature`, `nom` ; `formation`, `obtenue_le`, `expire_le` ; `charte`,
    `signee_le` ; `habilitation`, `delivree_par`, `delivree_le`, `finit_le`. Seule la première est obligatoire.
    """
    settings = settings_of(config)
    desk = _desk(settings)
    try:
        entries = table.read(file.read_text("utf-8-sig"), desk, _people(settings))
    except UnicodeDecodeError:
        stop(f"« {file} » n’est pas en UTF-8 : enregistrez-le dans cet encodage (« CSV UTF-8 »).")
    except table.TableError as error:
        faults.show(Fault(str(file), fault.line, 1, fault.sentence) for fault in error.faults)
        raise typer.Exit(2) from None
    unasked = sorted({one.code for one in entries if isinstance(one, Training) and desk.unasked(one.code)})
    if unasked:
        _warn(f"La charte ne demande nulle part : {', '.join(unasked)}.")
    if not dry_run:
        run(_write(settings, entries))
    typer.echo(f"{_counted(entries)} : {'rien n’a été inscrit (--dry-run)' if dry_run else 'inscrit'}.")


@app.command("expiring", cls=Command)
def expiring(
    days: Annotated[int, typer.Option(min=1, help="Ce qui finit d’ici tant de jours.")] = WARNING_DAYS,
    config: Config = None,
) -> None:
    """Montre ce qui finit bientôt, et ce qui a fini sans être renouvelé."""
    found = deadlines(run(_dossiers(settings_of(config))), _today(), days)
    if not found:
        typer.echo(f"Rien ne finit d’ici {days} jour{'s' if days > 1 else ''}.")
        return
    show(ending(found))


@app.command("sheet", cls=Command)
def print_sheet(
    role: Annotated[str, typer.Argument(metavar="RÔLE", help="Rôle de la charte : `medecin`, `ide`…")],
    config: Config = None,
) -> None:
    """Montre la fiche d’un rôle : ses usages, et ce que chacun demande."""
    charter = charter_of(settings_of(config))
    if role not in charter.roles:
        stop(f"La charte ne connaît pas le rôle « {role} ». Rôles : {', '.join(charter.roles)}.")
    show(*sheet(role_sheet(charter, role, _today()), charter, role))


@app.command("withdraw", cls=Command)
def withdraw(
    person: PersonArgument,
    training: Annotated[str, typer.Option(help="Code de la formation.")] = "",
    habilitation: Annotated[str, typer.Option(help="Usage ou système d’IA de l’habilitation.")] = "",
    signature: Annotated[str, typer.Option(help="Version de la charte.")] = "",
    config: Config = None,
) -> None:
    """Retire une habilitation, ou ce qui a été inscrit par erreur ; compte en quelques secondes."""
    settings, id_ = settings_of(config), _id(person)
    names = {"training": training.upper(), "habilitation": habilitation, "signature": signature}
    deleted = run(_withdraw(settings, id_, names))
    if not deleted:
        stop(f"Rien de tel n’est inscrit pour « {id_} » : `ecluse people show {id_}` montre tout.")
    typer.echo(f"{id_} : {deleted} inscription{'s' if deleted > 1 else ''} retirée{'s' if deleted > 1 else ''}.")


@app.command("remove", cls=Command)
def remove(person: PersonArgument, config: Config = None) -> None:
    """Efface une personne et tout ce qui est gardé d’elle, et ferme ses clés."""
    settings, id_ = settings_of(config), _id(person)
    known, closed = run(_remove(settings, id_))
    if not known and not closed:
        _absent(id_)
    typer.echo(
        f"{id_} : effacé du registre, {closed} clé{'s' if closed > 1 else ''} fermée{'s' if closed > 1 else ''}."
    )


E = TypeVar("E", bound=Person | Training | Signature | Habilitation)


def _record(settings: Settings, typed: str, make: Callable[[Desk, str], E]) -> E:
    """Write one entry, and return it; what is wrong with it ends the command."""
    id_, desk = _id(typed), _desk(settings)
    try:
        entry = make(desk, id_)
    except InvalidEntryError as error:
        stop(str(error))
    if isinstance(entry, Training) and desk.unasked(entry.code):
        _warn(f"La charte ne demande nulle part la formation {entry.code}.")
    try:
        run(_write(settings, [entry]))
    except UnknownPeopleError:
        _absent(id_)
    return entry


async def _write(settings: Settings, entries: Sequence[Entry]) -> None:
    async with register(settings) as people:
        await people.record(entries)


async def _dossier(settings: Settings, id_: str) -> Dossier | None:
    async with register(settings) as people:
        return await people.dossier(id_)


async def _dossiers(settings: Settings) -> tuple[Dossier, ...]:
    async with register(settings) as people:
        return await people.dossiers()


def _people(settings: Settings) -> dict[str, Person]:
    return {dossier.person.id: dossier.person for dossier in run(_dossiers(settings))}


async def _withdraw(settings: Settings, id_: str, names: Mapping[str, str]) -> int:
    async with register(settings) as people:
        return await people.withdraw(id_, **names)


async def _remove(settings: Settings, id_: str) -> tuple[bool, int]:
    """Close the keys first: one whose person is forgotten would be nobody's."""
    async with directory(settings) as keys:
        closed = await keys.detach(id_)
    async with register(settings) as people:
        return await people.remove(id_), closed


def _desk(settings: Settings) -> Desk:
    return Desk(charter_of(settings), {route.system.name for route in settings.routes}, _today)


def _id(typed: str) -> str:
    try:
        return person_id(typed)
    except InvalidEntryError as error:
        stop(str(error))


def _absent(id_: str) -> NoReturn:
    stop(f"Personne n’est inscrit au registre sous « {id_} » : `ecluse people add` inscrit quelqu’un.")


def _day(given: dt.datetime | None) -> dt.date | None:
    return given.date() if given else None


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).astimezone().date()


def _counted(entries: Collection[Entry]) -> str:
    counts = Counter(type(entry) for entry in entries)
    words = {Person: "personne", Training: "formation", Signature: "signature", Habilitation: "habilitation"}
    return ", ".join(f"{counts[kind]} {word}{'s' if counts[kind] > 1 else ''}" for kind, word in words.items())


def _warn(sentence: str) -> None:
    Console(stderr=True, highlight=False).print(sentence, style="yellow", soft_wrap=True, markup=False)
