"""What a journal line may hold: a closed list of fields, none of them free text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gateway.conversation import Usage


class Ending(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """By the charter."""
    LIMITED = "limited"
    """By a quota."""
    STOPPED = "stopped"
    """By the kill switch, before it began or in mid-answer."""
    FAILED = "failed"
    """A stage could not do its work; `failure` says which."""
    CANCELLED = "cancelled"
    """The caller went away."""
    INTERRUPTED = "interrupted"
    """Never written: what a reader says of a record that was opened and not closed, since the gateway stopped."""


@dataclass(slots=True)
class Line:
    """What is known of a request once it has ended; grows while the journey goes on.

    Caller and case are keyed hashes. Every string is an identifier from the charter, the configuration or a closed
    list of this house: nothing that a person typed.
    """

    output_id: str
    caller: str
    role: str
    service: str
    case: str | None
    charter: str
    decision: str
    code: str
    article: str
    use: str | None
    declared: bool
    stream: bool
    gateway: str
    route: str | None = None
    tier: str | None = None
    review: str | None = None
    system: str | None = None
    masked: Mapping[str, int] = field(default_factory=dict)
    """Distinct identifiers masked, by label."""
    placeholders_lost: int = 0
    placeholders_unknown: int = 0
    answer: Mapping[str, int] = field(default_factory=dict)
    """What the scan of the answer has found, by kind; empty where nothing was, or before answers were scanned."""
    usage: Usage = field(default_factory=Usage)
    ending: Ending = Ending.FAILED
    failure: str | None = None
    """The class name of the error that ended the journey, from `gateway.errors`."""
    drill: bool = False
    """Whether a rehearsed stop would have stopped it."""
    duration_ms: int = 0
    stages_ms: Mapping[str, float] = field(default_factory=dict)
    """Time spent in each stage; for metrics only, not written to the journal."""
