"""`ecluse mask`: what would leave, for a text or for a file of them; nothing is sent."""

import asyncio
import datetime as dt
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated, BinaryIO

import orjson
import typer
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from filters.identifiers.entity import ALL_LABELS
from filters.identifiers.known.patient import KnownPatient
from filters.identifiers.masker import Masked, Masker
from filters.identifiers.text import Text
from gateway.api.schemas_patient import PatientIn
from gateway.cli.explanation import table
from gateway.cli.stores import Config, settings_of
from gateway.errors import GatewayError
from gateway.masking.cache import SpanCache
from gateway.masking.stage import Masking
from gateway.workers.pool import WorkerPool

BAD_INPUT = 2
"""Exit code where a line cannot be read, or a text cannot be masked; what was written before stands."""

PATIENCE_SECONDS = 300.0
"""For one text; a file is not a person who waits."""

FEW_LINES = 32
"""Up to here a second worker costs more time to load than it saves."""


class Line(BaseModel):
    """One input line. Other keys are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    id: str | int
    text: str
    patient: PatientIn | None = None
    """Whom the text is about; every writing of it is masked."""


class BadLineError(Exception):
    """An input line cannot be masked; the message names it, and quotes nothing of it."""


def mask(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="Fichier à masquer ; sans lui, l’entrée standard.", metavar="FICHIER", exists=True, dir_okay=False
        ),
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help='Lit des lignes {"id","text"} (et "patient") ; écrit {"id","masked","spans"}, dans l’ordre.'
        ),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Dit pour chaque passage masqué ce qui l’a trouvé ; montre le texte lui-même."),
    ] = False,
    config: Config = None,
) -> None:
    """Masque un texte, ou chaque ligne d’un fichier JSONL, et l’écrit sur la sortie standard. Rien n’est envoyé.

    Les positions de `spans` comptent les caractères (points de code Unicode) du texte d’origine.
    """
    if jsonl and explain:
        typer.echo("`--explain` explique un texte ; avec `--jsonl`, les lignes portent déjà `spans`.", err=True)
        raise typer.Exit(BAD_INPUT)
    extra = settings_of(config).masking.recognizers
    source = file.open("rb") if file else sys.stdin.buffer
    failures: list[Exception] = []
    try:
        with source:
            asyncio.run(_lines(source, _workers(file), extra) if jsonl else _text(source, extra, explain=explain))
    except* BadLineError as group:
        failures.extend(group.exceptions)
    if failures:
        typer.echo(str(failures[0]), err=True)
        raise typer.Exit(BAD_INPUT)


async def _text(source: BinaryIO, extra: Path | None, *, explain: bool) -> None:
    try:
        text = source.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadLineError("L’entrée n’est pas un texte en UTF-8.") from None
    async with _masking(1, extra) as masking:
        masked = await _masked(masking, text, "Le texte")
    sys.stdout.write(masked.texts[0])
    if explain:
        Console().print("", table(text, masked))
    sys.stdout.flush()


async def _lines(source: BinaryIO, workers: int, extra: Path | None) -> None:
    """Mask line by line, several at a time, and write in order as soon as possible."""
    pending: asyncio.Queue[asyncio.Task[bytes] | BadLineError | None] = asyncio.Queue(4 * workers)
    async with _masking(workers, extra) as masking, asyncio.TaskGroup() as group:
        group.create_task(_write(pending))
        numbered = enumerate(source, start=1)
        while (item := await asyncio.to_thread(next, numbered, None)) is not None:
            try:
                number, line = item[0], _read(*item)
            except BadLineError as error:
                await pending.put(error)
                break
            await pending.put(group.create_task(_line(masking, line, number)))
        await pending.put(None)


async def _write(pending: "asyncio.Queue[asyncio.Task[bytes] | BadLineError | None]") -> None:
    with _progress() as advance:
        while (item := await pending.get()) is not None:
            if isinstance(item, BadLineError):
                raise item
            sys.stdout.buffer.write(await item)
            sys.stdout.buffer.flush()
            advance()


def _read(number: int, line: bytes) -> Line:
    try:
        return Line.model_validate_json(line)
    except ValidationError as error:
        # Paths only: what pydantic says besides could quote the line.
        places = {fault["loc"][:1] for fault in error.errors(include_url=False, include_input=False)}
        if places == {("patient",)}:
            raise BadLineError(f'Ligne {number} : "patient" n’a pas la forme d’un Patient FHIR.') from None
        raise BadLineError(f'Ligne {number} : ce n\'est pas un objet JSON avec "id" et "text".') from None


async def _line(masking: Masking, line: Line, number: int) -> bytes:
    known = line.patient.known if line.patient else None
    masked = await _masked(masking, line.text, f"Ligne {number} : le texte", known)
    spans = [{"start": span.start, "end": span.end, "label": span.label.value} for span in masked.spans[0]]
    return orjson.dumps({"id": line.id, "masked": masked.texts[0], "spans": spans}) + b"\n"


async def _masked(masking: Masking, text: str, what: str, known: KnownPatient | None = None) -> Masked:
    try:
        return await masking.mask([Text(text)], ALL_LABELS, known)
    except GatewayError:
        raise BadLineError(f"{what} n’a pas pu être masqué : la détection a échoué ou a duré trop longtemps.") from None


@asynccontextmanager
async def _masking(workers: int, extra: Path | None) -> AsyncIterator[Masking]:
    pool = WorkerPool(arguments=(extra,), workers=workers, queue=8 * workers, timeout_seconds=PATIENCE_SECONDS)
    masking = Masking(pool, SpanCache(0), Masker(lambda: dt.datetime.now(dt.UTC).astimezone().date()))
    try:
        await masking.start()
    except GatewayError:
        raise BadLineError("La détection ne fonctionne pas : `ecluse check` dit ce qui manque.") from None
    try:
        yield masking
    finally:
        await masking.close()


def _workers(file: Path | None) -> int:
    if file is not None:
        with file.open("rb") as lines:
            if len(list(islice(lines, FEW_LINES + 1))) <= FEW_LINES:
                return 1
    return os.cpu_count() or 1


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """Show how many lines are done, to a person; a file or a pipe gets nothing."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.completed} lignes"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda: progress.advance(task)
