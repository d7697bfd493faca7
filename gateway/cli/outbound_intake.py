"""`ecluse outbound intake`: the logs of a filter that the hospital already has, counted as if they were ours."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import typer

from config.settings import Settings
from filters.outbound import files
from filters.outbound.attempt import Attempt
from filters.outbound.intake.ledger import Ledger, LedgerBrokenError, LedgerBusyError
from filters.outbound.intake.parser import Reason, Tally, ZoneNeededError
from filters.outbound.intake.taking import Intake, Taken
from filters.outbound.snapshot.people import GATEWAY
from gateway.cli.outbound_policy import required
from gateway.cli.outbound_simulate import Heard, zone_of
from gateway.cli.stores import stop
from gateway.outbound.counting.periods import Calendar
from gateway.outbound.counting.pseudonyms import Keys, Pseudonyms
from gateway.outbound.counting.sink import Sink
from gateway.outbound.counting.spool import CLOSED, FOLDER, OPEN
from gateway.outbound.judge import departments
from gateway.secrets import KeyFileError, hmac_key

_DRAFT: Final = ".intake-"
"""How the folder is called in which a batch is made."""

LEDGER: Final = "intake.json"
"""How far each file was counted, in the folder of what concerns outgoing connections."""

KEY: Final = "intake.key"

REASONS: Final = {
    Reason.FORM: "d’une autre forme que le journal annoncé",
    Reason.FIELDS: "sans un champ nécessaire",
    Reason.TIME: "dont l’heure ne peut pas être lue",
    Reason.LONG: "trop longues",
}


class NotKeptError(OSError):
    """Attempts could not be written; they will be counted the next time."""


class Spooled:
    """A sink by which each batch is one file of the spool, under the batch's own name.

    A file that was taken into the counts is known there by its name: written once more, it is not counted once more.
    """

    def __init__(self, spool: Path, sink: Callable[[Path], Sink]) -> None:
        """`sink` makes a sink that writes to a folder of its own."""
        self._spool = spool
        self._sink = sink

    def add(self, attempts: Sequence[Attempt], batch: str) -> None:
        """Put a batch in the spool, whole or not at all; raises OSError."""
        self._spool.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=_DRAFT, dir=self._spool) as name:
            draft = Path(name)
            with self._sink(draft) as sink:
                kept = sink.add(attempts)
            parts = sorted(draft.glob(f"*{CLOSED}"))
            events = b"".join(part.read_bytes() for part in parts)
            # The sink keeps in memory what the disk does not take; here that would be forgotten with it.
            if list(draft.glob(f"*{OPEN}")) or events.count(b'\n["e"') + events.startswith(b'["e"') != kept:
                raise NotKeptError
            mode = 0o640 if self._spool.stat().st_mode & 0o2000 else 0o600
            files.replace(self._spool / f"{batch}{CLOSED}", [events], mode)


def intake(
    settings: Settings,
    logs: Sequence[Path],
    engine: str,
    *,
    zone: str | None = None,
    heard: Heard | None = None,
) -> list[Taken]:
    """Take in files of an engine's log, the oldest first, and say what came of each; ends with 2 for one unreadable.

    The services are those of the policy in force. `zone` is that of the times that do not say theirs. Attempts wait in
    the spool until the gateway, or `ecluse outbound count`, counts them.
    """
    place, policy = zone_of(zone), required(settings)
    folder = settings.outbound_folder
    try:
        key = hmac_key(folder / KEY)
    except KeyFileError as error:
        stop(f"Clé inutilisable. {error}")
    try:
        with Ledger(folder / LEDGER, key) as ledger:
            _sweep(folder / FOLDER)
            work = Intake(
                engine,
                policy.service_of,
                spooled(settings),
                ledger,
                zone=place,
                exempt=lambda source: bool(policy.people.who(source, "") & GATEWAY),
            )
            return [_one(work, path, heard) for path in sorted(logs, key=_written)]
    except LedgerBusyError:
        stop("Une autre prise en compte est en cours : attendez qu’elle finisse.")
    except LedgerBrokenError:
        stop(f"« {folder / LEDGER} » est abîmé : restaurez-le, car sans lui tout serait compté une seconde fois.")


def _sweep(spool: Path) -> None:
    """Take away what an intake left that was killed in the middle of a batch; its lines are read again.

    For who holds the ledger: nobody else is in the middle of one.
    """
    for left in spool.glob(".*") if spool.is_dir() else ():
        if left.name.startswith(_DRAFT):
            shutil.rmtree(left, ignore_errors=True)
        elif CLOSED in left.suffixes:
            left.unlink(missing_ok=True)


def spooled(settings: Settings) -> Spooled:
    """Return the sink of the running house."""
    folder = settings.outbound_folder
    pseudonyms = Pseudonyms(Keys(settings.outbound_keys_folder))
    calendar, of = Calendar(settings.outbound.timezone), departments(folder)
    days = settings.outbound.raw_days
    return Spooled(folder / FOLDER, lambda draft: Sink(draft, pseudonyms, calendar, of, raw_days=days))


def told(path: Path, taken: Taken) -> str:
    """Return what to say of a file: numbers and reasons, never a line of it."""
    parts = [f"{path.name} : {_counted(taken.tally)}"]
    if taken.known and not taken.tally.lines:
        parts = [f"{path.name} : déjà pris en compte"]
    elif taken.known:
        parts.append("la suite d’un fichier déjà connu")
    parts += [f"{count} ligne(s) {REASONS[reason]}" for reason, count in sorted(taken.tally.bad.items())]
    if taken.left:
        parts.append("dernière ligne incomplète, laissée pour la prochaine fois")
    if taken.damaged:
        parts.append("fichier compressé abîmé : la suite n’a pas pu être lue")
    return " ; ".join(parts) + "."


def _counted(tally: Tally) -> str:
    return f"{tally.lines} ligne(s) lue(s), {tally.attempts} tentative(s)"


def _one(work: Intake, path: Path, heard: Heard | None) -> Taken:
    try:
        taken = work.take(path, heard and partial(heard, path))
    except ZoneNeededError:
        stop(f"« {path.name} » donne des heures sans fuseau : ajoutez par exemple `--zone Europe/Paris`.")
    except NotKeptError:
        stop("Les tentatives n’ont pas pu être écrites (disque plein, clé inutilisable ?) : elles le seront ensuite.")
    except OSError as error:
        stop(f"« {path} » ne peut pas être pris en compte : {error.strerror}.")
    typer.echo(told(path, taken))
    return taken


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError as error:
        stop(f"« {path} » ne peut pas être lu : {error.strerror}.")
