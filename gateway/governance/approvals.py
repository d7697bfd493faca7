"""The two-person rule: a changed charter becomes active once two different people have approved it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Protocol

from gateway.audit.entry import Fields, Kind
from policies.rule import CharterText

NEEDED: Final = 2
"""People who approve the same files."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's approval of a charter's files, as they were."""

    digest: str
    person: str
    """What the journal keeps of whoever gave it, as `approver` says it: never an id of the register of people."""
    role: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Active:
    """The charter that was activated last."""

    digest: str
    text: CharterText
    at: dt.datetime
    """Since when."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A changed charter that waits for approvals."""

    version: str
    digest: str
    approvals: int
    needed: int = NEEDED


class ApprovalsUnavailableError(Exception):
    """Approvals cannot be read or written, or what is kept of them was altered; nothing changes then."""


class Approvals(Protocol):
    """Where approvals are kept, and the last activated charter."""

    async def of(self, digest: str) -> tuple[Approval, ...]:
        """Return the approvals of these files, leaving out what was altered."""
        ...

    async def approve(self, approval: Approval) -> None:
        """Keep an approval, in the place of an older one of these files by the same person."""
        ...

    async def active(self) -> Active | None:
        """Return the charter that was activated last; None where none ever was."""
        ...

    async def activate(self, active: Active) -> None:
        """Keep the charter that is now active."""
        ...


class Journal(Protocol):
    """Where changes of the charter are recorded."""

    async def write(self, kind: Kind, fields: Fields) -> None:
        """Record, durably, or raise `AuditUnavailableError`."""
        ...

    def keyed_hash(self, kind: str, value: str) -> str:
        """Return what the journal keeps of an identifier."""
        ...


def approver(journal: Journal, person: str) -> str:
    """Return what is kept of a person who approves: a keyed hash that no line of a request shares."""
    return journal.keyed_hash("approver", person)


async def record_approval(journal: Journal, approval: Approval, version: str) -> None:
    """Write who approved which files."""
    by, role = approval.person, approval.role
    fields = {"charter": version, "digest": approval.digest, "event": "approved", "by": by, "role": role}
    await journal.write(Kind.CHARTER, fields)


async def record_activation(journal: Journal, active: Active) -> None:
    """Write which charter is in force from now on."""
    fields = {"charter": active.text.version, "digest": active.digest, "event": "activated", "by": None, "role": None}
    await journal.write(Kind.CHARTER, fields)


@dataclass(frozen=True, slots=True)
class Governance:
    """Which charter is active, and by what rule another may become it."""

    active: Active | None = None
    journal: Journal | None = None
    approvals: Approvals | None = None
    """None: one person's change is enough."""
    pending: Pending | None = None


def counting(approvals: Collection[Approval], active: Active | None) -> tuple[Approval, ...]:
    """Return the approvals that let another charter follow the active one: those given since it is active.

    Older ones were given to follow another charter; they would let one person bring back what two have replaced.
    """
    return tuple(approval for approval in approvals if active is None or approval.at > active.at)


def people(approvals: Collection[Approval]) -> int:
    """Return how many different people have approved."""
    return len({approval.person for approval in approvals})
