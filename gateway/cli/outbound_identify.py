"""`ecluse outbound identify`: whose is a pseudonym, asked by two people after an incident."""

import os
from collections.abc import Awaitable, Callable
from typing import Annotated, Final, TypeVar

import typer

from config.settings import Settings
from gateway.cli.stores import Config, directory, journal, run, settings_of, stop
from gateway.errors import UnknownCallerError
from gateway.outbound.counting.periods import month
from gateway.outbound.counting.pseudonyms import Keys
from gateway.outbound.counting.reidentify import (
    MOST_NAMES,
    VALID_DAYS,
    Denied,
    DeniedError,
    Identification,
    Reason,
    Subject,
)
from policies.facts import Caller

Found = TypeVar("Found")

Month = Annotated[str, typer.Option("--month", help="Mois du pseudonyme : 2026-11.")]
Pseudonym = Annotated[str, typer.Argument(metavar="PSEUDONYME", help="32 chiffres hexadécimaux.")]
Request = Annotated[str, typer.Argument(metavar="DEMANDE", help="Numéro que `request` a donné.")]

_SENTENCES: Final = {
    Denied.ROLE: "Le rôle de cette clé n’en décide pas ; voir `outbound.readers`.",
    Denied.NOBODY: "Cette clé n’est à personne du registre : il faut une clé personnelle.",
    Denied.UNKNOWN: "Il n’y a pas de demande de ce numéro pour ce pseudonyme.",
    Denied.SAME: "Une autre personne, d’un autre rôle, doit approuver cette demande.",
    Denied.TWICE: "Cette demande est déjà approuvée.",
    Denied.UNAPPROVED: "Cette demande attend encore l’accord d’une deuxième personne.",
    Denied.STRANGER: "Seules les deux personnes de cette demande peuvent vérifier.",
    Denied.EXPIRED: f"Cette demande a plus de {VALID_DAYS} jours.",
    Denied.TRIED: f"{MOST_NAMES} noms ont déjà été essayés pour cette demande.",
    Denied.FORGOTTEN: "La clé de ce mois est effacée : plus personne ne peut dire à qui est ce pseudonyme.",
    Denied.SHAPE: "Donnez un pseudonyme de 32 chiffres hexadécimaux, et un utilisateur ou une adresse.",
}


def request(
    pseudonym: Pseudonym,
    month_of: Month,
    reason: Annotated[Reason, typer.Option(help="`securite`, `fuite`, `requisition` ou `plainte`.")],
    config: Config = None,
) -> None:
    """Demande à qui est un pseudonyme, après un incident. Une deuxième personne doit l’approuver."""
    subject = _subject(pseudonym, month_of)
    id_ = _step(settings_of(config), lambda asking, caller: asking.request(caller, subject, reason))
    typer.echo(f"Demande {id_} inscrite au journal : une personne d’un autre rôle doit l’approuver.")


def approve(id_: Request, config: Config = None) -> None:
    """Approuve la demande d’une autre personne."""
    reason = _step(settings_of(config), lambda asking, caller: asking.approve(caller, id_))
    typer.echo(f"Demande {id_} approuvée, pour le motif « {reason} » ; valable {VALID_DAYS} jours.")


def check(  # noqa: PLR0917 - options of a command line, all named
    id_: Request,
    pseudonym: Pseudonym,
    month_of: Month,
    user: Annotated[str, typer.Option(help="Utilisateur, tel que le filtre le nomme.")] = "",
    source: Annotated[str, typer.Option(help="Ou adresse du poste.")] = "",
    config: Config = None,
) -> None:
    """Dit si un pseudonyme est celui d’un utilisateur ou d’une adresse ; ne liste jamais rien."""
    subject = _subject(pseudonym, month_of)
    matched = _step(
        settings_of(config), lambda asking, caller: asking.check(caller, id_, subject, user=user, source=source)
    )
    typer.echo("Oui : ce pseudonyme est le sien." if matched else "Non : ce pseudonyme n’est pas le sien.")


def _subject(pseudonym: str, month_of: str) -> Subject:
    try:
        return Subject(month(month_of), pseudonym.strip().lower())
    except ValueError:
        stop(f"Le mois s’écrit 2026-11, et non « {month_of} ».")


def _step(settings: Settings, step: Callable[[Identification, Caller], Awaitable[Found]]) -> Found:
    given = os.environ.get("ECLUSE_APPROVAL_KEY")
    credential: str = given or typer.prompt("Clé d’accès", hide_input=True, err=True)
    try:
        return run(_stepped(settings, credential.strip(), step))
    except UnknownCallerError:
        stop("Cette clé n’est pas valable.")
    except DeniedError as error:
        stop(_SENTENCES[error.why])


async def _stepped(
    settings: Settings, credential: str, step: Callable[[Identification, Caller], Awaitable[Found]]
) -> Found:
    async with directory(settings) as keys:
        caller = await keys.caller(credential)
    async with journal(settings) as trail:
        kept = Keys(settings.outbound_keys_folder)
        return await step(Identification(trail, kept, settings.outbound.readers), caller)
