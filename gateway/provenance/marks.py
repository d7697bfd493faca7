"""What the pipeline asks of provenance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from gateway.conversation import Choice
from gateway.structures import Json
from policies.decision import Allowed


@dataclass(frozen=True, slots=True)
class Marks:
    """What an answer carries besides its text: HTTP headers, and the `ecluse` object of the body."""

    headers: Mapping[str, str]
    body: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of an answer before its first word: enough for the headers of a stream."""

    output_id: str
    allowed: Allowed


@dataclass(frozen=True, slots=True)
class Ended:
    """What is known of an answer once it is whole; the choices hold restored text, with the visible notice."""

    opening: Opening
    route: str
    """Id of the route that answered: one of `opening.allowed.routes`."""
    choices: tuple[Choice, ...]
    masked: Mapping[str, int]
    lost: int
    unknown: int
    found: Mapping[str, int] = field(default_factory=dict)
    """What the scan of the answer has found, by kind."""


class Provenance(Protocol):
    """Marks answers. Fails closed: where an answer cannot be marked, `ProvenanceUnavailableError` is raised."""

    def notice(self, allowed: Allowed, route: str) -> str:
        """Return what is appended to a text for its reader, blank line included; empty where the use asks for none."""
        ...

    def headers(self, opening: Opening, route: str) -> Mapping[str, str]:
        """Return the headers of an answer; needs nothing of its text, so a stream has them too."""
        ...

    async def mark(self, ended: Ended) -> Marks:
        """Sign and keep a manifest of the answer, and return its marks, headers included."""
        ...
