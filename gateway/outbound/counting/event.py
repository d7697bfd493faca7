"""One attempt as it may be written down: nobody's name, no address, no host. Pure.

A line of the spool is a JSON array: `["e", at, pseudonym, service, department, verdict, planned, engine, version]`, or
`["n", what, how many]` for what could not be counted. The folder is written by another system user, so a line is
checked as strictly as anything that comes from outside.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson

from filters.outbound.decision import Verdict
from filters.outbound.intake.engines import Engine

ENGINES: Final = frozenset({*map(str, Engine), "icap"})
OTHER: Final = "other"

LONGEST: Final = 64
_SERVICE: Final = re.compile(r"[a-z0-9_]{1,64}")
_PSEUDONYM: Final = re.compile(r"[0-9a-f]{32}")
_TELLING: Final = re.compile(r"\w\.\w|[@\\:\x00-\x1f\x7f]|//")
"""What a name of a person, an address or a host has, and the name of a department or of a policy must not have."""

_VERDICTS: Final = frozenset(verdict.value for verdict in Verdict)
_LATEST: Final = 2**32
"""Of instants, in the year 2106: later ones are on no day of a calendar. Of counts as well."""


class Note(StrEnum):
    """What could not be counted as an attempt, and is counted as itself."""

    ERROR = "error"
    """A decision that a helper could not take, after which the connection went through."""
    LOST = "lost"
    """An attempt that could not be written: the disk was full for too long."""
    LATE = "late"
    """An attempt older than attempts are kept."""
    BROKEN = "broken"
    """A line that is no event."""


class Event(NamedTuple):
    """One attempt, under a pseudonym. A tuple, since hundreds of thousands of them are made."""

    at: int
    """Unix time, in whole seconds."""
    pseudonym: str
    service: str
    department: str
    verdict: str
    planned: str
    engine: str
    version: str


class BrokenLineError(ValueError):
    """The line is no event of the spool; the message says nothing of what it holds."""


@lru_cache(4096)
def service_id(given: str) -> str:
    """Return a service's id; empty for anything that has not its form, such as a host."""
    return given if _SERVICE.fullmatch(given) else ""


@lru_cache(4096)
def label(given: str) -> str:
    """Return the name of a department or a policy's version; empty where it could be an address, a host or a user."""
    cut = given.strip()[:LONGEST].strip()
    return "" if _TELLING.search(cut) else cut


def engine_id(given: str) -> str:
    """Return an engine of the closed list."""
    return given if given in ENGINES else OTHER


def written(event: Event) -> bytes:
    """Return an event as a line."""
    return orjson.dumps(("e", *event), option=orjson.OPT_APPEND_NEWLINE)


def noted(note: Note, count: int) -> bytes:
    """Return a note as a line."""
    return orjson.dumps(("n", note.value, count), option=orjson.OPT_APPEND_NEWLINE)


def read(line: bytes) -> Event | tuple[Note, int]:
    """Return what a line says, or raise `BrokenLineError`."""
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise BrokenLineError("no JSON") from None
    match fields:
        case ["e", int(at), *texts] if len(texts) == len(Event._fields) - 1 and _sound(at, texts):
            return Event(at, *texts)
        case ["n", str(what), int(count)] if what in set(Note) and 0 < count < _LATEST:
            return Note(what), count
        case _:
            raise BrokenLineError("no event")


def _sound(at: int, texts: list[Any]) -> bool:
    if not (0 <= at < _LATEST and all(isinstance(text, str) for text in texts)):
        return False
    pseudonym, service, department, verdict, planned, engine, version = texts
    return (
        _PSEUDONYM.fullmatch(pseudonym) is not None
        and service_id(service) == service
        and label(department) == department
        and verdict in _VERDICTS
        and planned in _VERDICTS
        and (engine in ENGINES or engine == OTHER)
        and label(version) == version
    )
