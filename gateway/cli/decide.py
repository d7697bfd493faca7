"""`ecluse decide`: the charter alone, for one request or for a file of them."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import orjson
import typer
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.text import Text

from config.errors import FaultsError
from config.loader import load_settings
from gateway.cli.faults import show
from policies.charter import Charter
from policies.decision import Decision, Outcome
from policies.facts import Caller, Facts, Recognition
from policies.loader import load_charter, routes_of
from policies.practices.errors import RecognitionUnavailableError
from policies.practices.recogniser import Recogniser

Recognise = Callable[[str], Recognition]

INVALID = "ligne_invalide"
"""The reason given for an input line that is no request; it is refused, so that answers stay in step with lines."""


class Request(BaseModel):
    """One input line. Other keys, such as an id, are left aside: they cannot change the decision."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    prompt: str | None = None
    declared_use: str | None = None
    role: str | None = None
    service: str | None = None
    route: str | None = None


def decide(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FICHIER", exists=True, dir_okay=False, help="Fichier de demandes ; sans lui, l’entrée standard."
        ),
    ] = None,
    *,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", "-c", envvar="ECLUSE_CONFIG", help="Fichier de configuration ; par défaut, celui livré."
        ),
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Lit {"prompt","declared_use","role"} et écrit {"decision","reason","use"}.'),
    ] = False,
    role: Annotated[str, typer.Option(help="Rôle de la personne qui demande.")] = "",
    use: Annotated[str, typer.Option(help="Usage déclaré.")] = "",
    prompt: Annotated[str, typer.Option(help="Texte de la demande.")] = "",
    route: Annotated[str, typer.Option(help="Route demandée ; sans elle, la première permise.")] = "",
    media: Annotated[bool, typer.Option("--media", help="Une image, un son ou un fichier est joint.")] = False,
    date: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Jour de la décision.")] = None,
) -> None:
    """Dit ce que la charte décide, sans rien envoyer.

    Avec --jsonl : une ligne écrite par ligne lue, dans le même ordre. Une ligne illisible est refusée (ligne_invalide),
    nommée sur la sortie d’erreur, et la commande finit avec le code 2 une fois les autres traitées.
    """
    try:
        settings = load_settings(config)
        charter = load_charter(settings.charter.file, routes_of(settings.routes))
        recognise = Recogniser().recognise
    except FaultsError as error:
        show(error.faults)
        raise typer.Exit(1) from None
    except RecognitionUnavailableError as error:
        typer.echo(f"Le module qui reconnaît les pratiques interdites ne fonctionne pas : {error}.", err=True)
        raise typer.Exit(1) from None
    today = date.date() if date else dt.datetime.now(tz=dt.UTC).date()
    if not jsonl:
        read = recognise(prompt) if prompt else Recognition()
        facts = Facts(use or None, route or None, today, has_media=media, recognition=read)
        _explain(charter.decide(Caller("cli", role, "cli"), facts), read)
        return
    if file is None:
        invalid = _answer(charter, recognise, sys.stdin.buffer, today)
    else:
        with file.open("rb") as lines:
            invalid = _answer(charter, recognise, lines, today)
    if invalid:
        raise typer.Exit(2)


def _answer(charter: Charter, recognise: Recognise, lines: BinaryIO, today: dt.date) -> bool:
    """Write one answer per line; return whether a line was invalid."""
    invalid = False
    for number, decision in enumerate(decide_lines(charter, recognise, lines, today), start=1):
        if decision is None:
            invalid = True
            typer.echo(f"ligne {number} : ce n’est pas un objet JSON avec prompt, declared_use et role", err=True)
            answer = {"decision": Outcome.REFUSE.value, "reason": INVALID, "use": None}
        else:
            answer = {"decision": decision.outcome.value, "reason": decision.code, "use": decision.use}
        typer.echo(orjson.dumps(answer).decode())
    return invalid


def decide_lines(
    charter: Charter, recognise: Recognise, lines: Iterable[bytes], today: dt.date
) -> Iterator[Decision | None]:
    """Yield the decision of each line, as it is read; None where the line is no request."""
    for line in lines:
        try:
            request = Request.model_validate_json(line)
        except ValidationError:
            yield None
        else:
            caller = Caller("cli", request.role or "", request.service or "cli")
            read = recognise(request.prompt) if request.prompt else Recognition()
            facts = Facts(request.declared_use or None, request.route or None, today, recognition=read)
            yield charter.decide(caller, facts)


def _explain(decision: Decision, read: Recognition) -> None:
    console = Console(highlight=False)
    style = "bold green" if decision.allowed else "bold red"
    console.print(Text.assemble((decision.outcome.value, style), f"  {decision.code}  ({decision.article})"))
    console.print(Text(decision.message))
    if decision.route and decision.duties:
        console.print(
            Text(f"Route {decision.route.id}, palier {decision.duties.tier}, relecture {decision.duties.review}")
        )
        if decision.duties.notice:
            system = decision.route.system
            notice = decision.duties.notice.format(nom=system.name, version=system.version)
            console.print(Text(f"Mention : {notice}"))
    for other in decision.alternatives:
        console.print(Text(f"  {other.use}  {other.title}"))
    for found in (*read.forbidden, *read.doubtful):
        signals = f"  ({', '.join(found.signals)})" if found.signals else ""
        console.print(Text(f"Reconnu : {found.practice}, {found.certainty:.0%}{signals}"))
    if read.uses:
        likely = ", ".join(f"{likely.use} {likely.chance:.0%}" for likely in read.uses)
        console.print(Text(f"Usages vraisemblables : {likely}"))
