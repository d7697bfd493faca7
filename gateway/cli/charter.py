"""`ecluse charter`: what the committee that owns a charter needs in order to change it."""

import datetime as dt
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from config.errors import FaultsError
from gateway.cli.charter_approval import approve, status
from gateway.cli.faults import show
from gateway.cli.french import Command, Group
from gateway.cli.stores import Config, settings_of, stop, written
from gateway.document.content import document
from gateway.document.html import as_html
from gateway.document.text import as_text
from policies.advice import advice
from policies.cases import Cases, Recognise, beside, failures, read_cases
from policies.differences import Effect, differences
from policies.loader import read_charter, routes_of
from policies.practices.errors import RecognitionUnavailableError
from policies.practices.families import FAMILIES
from policies.rule import EVERYONE, CharterText
from policies.schema import written_schema

CHARTER = typer.Argument(metavar="CHARTE", help="Fichier de la charte.", exists=True, dir_okay=False)
CharterPath = Annotated[Path, CHARTER]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Fichier à écrire ; sans lui, la sortie standard.")]

STYLES = {Effect.OPENS: "bold yellow", Effect.RESTRICTS: "bold green", Effect.WORDS: "dim"}

app = typer.Typer(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Vérifie, compare, éprouve, imprime et approuve une charte.",
)


app.command("approve", cls=Command)(approve)
app.command("status", cls=Command)(status)


class Form(StrEnum):
    """The forms of the printed document."""

    HTML = "html"
    PDF = "pdf"
    TEXT = "text"


@app.command("check", cls=Command)
def check(file: CharterPath, config: Config = None) -> None:
    """Dit tous les défauts d’une charte, puis ce qui mérite attention. Code 1 s’il y a un défaut."""
    settings = settings_of(config)
    reading = read_charter(file, [route.id for route in settings.routes])
    if reading.faults or reading.value is None:
        show(sorted(reading.faults))
        raise typer.Exit(1)
    console = Console(highlight=False)
    recognised = [family.practice for family in FAMILIES]
    warnings = advice(reading, routes_of(settings.routes), recognised, dt.datetime.now(dt.UTC).date())
    for warning in warnings:
        place = Text(f"{warning.file}:{warning.line}:{warning.column}:", style="bold")
        console.print(Text.assemble(place, (" attention : ", "yellow"), warning.message), soft_wrap=True)
    text = reading.value
    attention = f", {len(warnings)} point{_s(len(warnings))} d’attention" if warnings else ""
    console.print(
        f"Charte {text.version} : aucun défaut{attention} ; {len(text.uses)} usages, "
        f"{len(text.practices)} pratiques interdites.",
        soft_wrap=True,
    )


@app.command("diff", cls=Command)
def diff(
    old: Annotated[Path, typer.Argument(metavar="ANCIENNE", exists=True, dir_okay=False, help="Charte d’avant.")],
    new: Annotated[Path, typer.Argument(metavar="NOUVELLE", exists=True, dir_okay=False, help="Charte d’après.")],
) -> None:
    """Dit en phrases ce qui change d’une charte à l’autre : qui gagne ou perd quoi, et ce qui n’est que rédaction."""
    before, after = text_of(old), text_of(new)
    console = Console(highlight=False)
    chapters = differences(before, after)
    for chapter in chapters:
        console.print(Text(f"\n{chapter.title}", style="bold"))
        for change in chapter.changes:
            effect = (f"[{change.effect}]", STYLES[change.effect])
            console.print(Text.assemble("  ", effect, " ", change.sentence), soft_wrap=True)
    changes = [change for chapter in chapters for change in chapter.changes]
    if not changes:
        console.print("Les deux chartes disent la même chose.")
        return
    counts = {effect: sum(change.effect is effect for change in changes) for effect in Effect}
    total = f"{len(changes)} changement{_s(len(changes))}"
    console.print(f"\n{total} : " + ", ".join(f"{count} « {effect} »" for effect, count in counts.items()) + ".")


@app.command("test", cls=Command)
def replay(
    file: CharterPath,
    cases: Annotated[
        Path | None,
        typer.Argument(metavar="CAS", exists=True, dir_okay=False, help="Fichier de cas ; sinon CHARTE_cases.yaml."),
    ] = None,
) -> None:
    """Rejoue les cas écrits à côté d’une charte. Code 1 si l’un d’eux n’obtient pas la réponse attendue."""
    path = cases or beside(file)
    if not path.exists():
        stop(f"Il n’y a pas de cas à côté de cette charte : écrivez-les dans « {path} ».")
    reading = read_cases(path)
    try:
        known = reading.result()
        text = text_of(file, [route.id for route in known.routes])
    except FaultsError as error:
        show(error.faults)
        raise typer.Exit(1) from None
    console = Console(highlight=False)
    failed = 0
    recognise = _recognise(known)
    for index, case in enumerate(known.cases):
        if found := failures(case, known, text, recognise):
            failed += 1
            place = reading.positions.fault(("cases", index, "case"), "")
            console.print(
                Text.assemble((f"{place.file}:{place.line}:", "bold"), " ", (case.case, "red")), soft_wrap=True
            )
            for sentence in found:
                console.print(Text(f"    {sentence}"), soft_wrap=True)
    count = len(known.cases)
    if failed:
        console.print(f"{failed} cas sur {count} n’obtien{'nent' if failed > 1 else 't'} pas la réponse attendue.")
        raise typer.Exit(1)
    console.print(f"{count} cas, tous conformes.")


@app.command("print", cls=Command)
def print_(
    file: CharterPath,
    form: Annotated[Form, typer.Option("--format", "-f", help="`html`, `pdf` ou `text`.")] = Form.TEXT,
    out: Out = None,
) -> None:
    """Écrit la charte comme document à signer : usages par rôle, pratiques, obligations, mentions, signatures."""
    today = dt.datetime.now(dt.UTC).astimezone().date()
    content = document(text_of(file), today)
    if form is not Form.PDF:
        with written(out) as stream:
            stream.write(as_html(content) if form is Form.HTML else as_text(content))
        return
    from gateway.document.pdf import as_pdf  # noqa: PLC0415  the other forms must not wait for its library

    made = as_pdf(content, today)
    if out is not None:
        try:
            out.write_bytes(made)
        except OSError:
            stop(f"« {out} » ne peut pas être écrit : vérifiez son dossier et ses droits.")
    elif sys.stdout.isatty():
        stop("Un PDF ne se lit pas dans un terminal : donnez un fichier avec `--out charte.pdf`.")
    else:
        sys.stdout.buffer.write(made)


@app.command("schema", cls=Command)
def schema(out: Out = None) -> None:
    """Écrit le schéma JSON d’une charte, avec lequel un éditeur propose et explique les clés."""
    with written(out) as stream:
        stream.write(written_schema())


def text_of(file: Path, routes: Sequence[str] | None = None) -> CharterText:
    """Return the text of a charter, or show every fault and end the command; without `routes` it may name any."""
    reading = read_charter(file, routes if routes is not None else _named_routes(file))
    if reading.faults or reading.value is None:
        show(sorted(reading.faults))
        raise typer.Exit(1)
    return reading.value


def _named_routes(file: Path) -> list[str]:
    """Return the routes that a charter names: comparing or printing it needs no configuration."""
    reading = read_charter(file, [])
    return sorted(set().union(*(use.routes for use in reading.value.uses)) - {EVERYONE}) if reading.value else []


def _recognise(cases: Cases) -> Recognise | None:
    """Return the reader of texts, loaded only where a case has a text."""
    if all(case.request.prompt is None for case in cases.cases):
        return None
    from policies.practices.recogniser import Recogniser  # noqa: PLC0415  its networks take a second to load

    try:
        return Recogniser().recognise
    except RecognitionUnavailableError as error:
        stop(f"Le module qui reconnaît les pratiques interdites ne fonctionne pas : {error}.")


def _s(count: int) -> str:
    return "s" if count > 1 else ""
