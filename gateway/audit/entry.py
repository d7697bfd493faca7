"""What an entry of the journal holds, kind by kind: two for a request, one for anything else."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from gateway.audit.event import Ending, Line
from gateway.conversation import Usage
from gateway.structures import Json

Fields = Mapping[str, Json]


class Kind(StrEnum):
    """What an entry is about."""

    OPENED = "opened"
    CLOSED = "closed"
    READ = "read"
    PURGED = "purged"
    CHECKPOINT = "checkpoint"
    CONTESTED = "contested"
    SETTLED = "settled"
    CHARTER = "charter"
    """A charter was approved by somebody, or became the active one."""
    IDENTIFICATION = "identification"
    """Two people asked whose a pseudonym of the outgoing connections is."""
    SWITCHED = "switched"
    """Something was stopped, or let go on again."""


class Scope(StrEnum):
    """Why the journal was read."""

    VERIFY = "verify"
    EXPORT = "export"
    REPORT = "report"
    CONTESTS = "contests"
    OUTBOUND = "outbound"
    """The report of outgoing connections, which counts the journal's requests beside them."""


_CHAIN: Final = frozenset({"writer", "seq", "at", "kind", "sealed"})
_REQUEST: Final = frozenset(
    {
        "output_id",
        "caller",
        "role",
        "service",
        "case",
        "charter",
        "decision",
        "code",
        "article",
        "use",
        "declared",
        "stream",
        "gateway",
        "route",
        "tier",
        "review",
        "system",
    }
)
_ANSWER: Final = frozenset(
    {
        "opened_at",
        "masked",
        "placeholders_lost",
        "placeholders_unknown",
        "answer",
        "prompt_tokens",
        "completion_tokens",
        "ending",
        "failure",
        "drill",
        "duration_ms",
    }
)

FIELDS: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.OPENED: _CHAIN | _REQUEST,
    Kind.CLOSED: _CHAIN | _REQUEST | _ANSWER,
    Kind.READ: _CHAIN | {"by", "scope", "since", "until"},
    Kind.PURGED: _CHAIN | {"of", "upto", "last_hash", "count", "first_at", "last_at", "signature"},
    Kind.CHECKPOINT: _CHAIN | {"entries", "chains"},
    Kind.CONTESTED: _CHAIN | {"output_id", "caller", "code", "article", "reason", "refused_at"},
    Kind.CHARTER: _CHAIN | {"charter", "digest", "event", "by", "role"},
    Kind.SWITCHED: _CHAIN | {"event", "target", "reason", "until", "drill", "by", "role"},
    Kind.IDENTIFICATION: _CHAIN | {"output_id", "event", "by", "role", "reason", "subject", "matched"},
    Kind.SETTLED: _CHAIN | {"output_id", "by", "code", "outcome"},
}
"""Every field that the journal may hold. None is free text; a new one is a change of what is kept about people."""


def timestamp(moment: dt.datetime) -> str:
    """Return `moment` in UTC to the millisecond, in the one form that sorts as text."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def now() -> str:
    """Return the present, as the journal writes it."""
    return timestamp(dt.datetime.now(dt.UTC))


def opened(line: Line) -> dict[str, Json]:
    """Return what is written before anything is sent."""
    return {name: getattr(line, name) for name in _REQUEST}


def closed(line: Line, opened_at: str) -> dict[str, Json]:
    """Return what is written before the answer leaves; repeats the opening, so that it can be read alone."""
    return opened(line) | {
        "opened_at": opened_at,
        "masked": dict(line.masked),
        "placeholders_lost": line.placeholders_lost,
        "placeholders_unknown": line.placeholders_unknown,
        "answer": dict(line.answer),
        "prompt_tokens": line.usage.prompt_tokens,
        "completion_tokens": line.usage.completion_tokens,
        "ending": line.ending.value,
        "failure": line.failure,
        "drill": line.drill,
        "duration_ms": line.duration_ms,
    }


def line_of(fields: Mapping[str, object]) -> Line:
    """Return the line that an `opened` or `closed` entry tells; an opening alone is `interrupted`."""
    values = {name: value for name, value in fields.items() if name in _REQUEST | _ANSWER and name != "opened_at"}
    tokens = (values.pop("prompt_tokens", 0), values.pop("completion_tokens", 0))
    ending = Ending(str(values.pop("ending", Ending.INTERRUPTED)))
    return Line(**values, ending=ending, usage=Usage(*tokens))  # type: ignore[arg-type]
