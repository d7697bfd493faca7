"""What somebody asks at the hospital's single entry point for AI tools, and what becomes of it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

LONGEST_TEXT: Final = 300
"""Characters of a free text, before anything in it is masked."""

CONTACT_DAYS: Final = 90
"""How long the contact of a settled request is kept."""

KEPT_DAYS: Final = 730
"""How long a settled request is kept."""


class Status(StrEnum):
    """How far a request has come."""

    RECEIVED = "recue"
    IN_REVIEW = "en_examen"
    APPROVED = "approuvee"
    REFUSED = "refusee"

    @property
    def settled(self) -> bool:
        """Return whether somebody has decided."""
        return self in {Status.APPROVED, Status.REFUSED}


class Purpose(StrEnum):
    """Purposes beside the uses of the charter."""

    MISTAKE = "erreur"
    """The site is refused by mistake."""
    OTHER = "autre"
    """A use that the charter does not list yet."""


@dataclass(frozen=True, slots=True)
class ToolRequest:
    """A request. Nothing in it tells a patient: what is free text has been masked before it came here."""

    id: str
    received: dt.datetime
    purpose: str
    """A use of the charter, or a `Purpose`."""
    department: str
    service: str = ""
    """Id of the catalogue; empty for a tool that it does not have."""
    tool: str = ""
    """The name of a tool that the catalogue does not have."""
    address: str = ""
    """The host of such a tool, canonical."""
    text: str = ""
    """Masked."""
    contact: str = ""
    """A professional e-mail address, if somebody wants an answer."""
    status: Status = Status.RECEIVED
    changed: dt.datetime | None = None
    note: str = ""
    """What was answered, masked."""


class Requests(Protocol):
    """Keeps requests. What it cannot do is an `OutboundUnavailableError`."""

    async def add(self, request: ToolRequest) -> None:
        """Keep a request, and let go of what is older than it may be."""
        ...

    async def listed(self, status: Status | None = None) -> tuple[ToolRequest, ...]:
        """Return the requests, the newest first; those of one status where it is given."""
        ...

    async def answer(self, id_: str, status: Status, note: str, at: dt.datetime) -> ToolRequest | None:
        """Note what was decided, and return the request; None where there is none."""
        ...
