"""Approvals and a journal in memory, and what a watch of a charter does."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from gateway.audit.entry import Fields, Kind
from gateway.governance.approvals import Active, Approval, ApprovalsUnavailableError, Pending
from gateway.governance.watch import Result, Told
from policies.rule import CharterText


@dataclass
class Kept:
    """Approvals in memory; `broken` cannot be read."""

    given: list[Approval] = field(default_factory=list)
    activated: list[Active] = field(default_factory=list)
    broken: bool = False
    written: list[str] = field(default_factory=list)
    """What became of charters, in order."""

    async def of(self, digest: str) -> tuple[Approval, ...]:
        """Return the approvals of a digest."""
        if self.broken:
            raise ApprovalsUnavailableError
        return tuple(one for one in self.given if one.digest == digest)

    async def approve(self, approval: Approval) -> None:
        """Keep one."""
        self.given.append(approval)

    async def active(self) -> Active | None:
        """Return the last."""
        return self.activated[-1] if self.activated else None

    async def activate(self, active: Active) -> None:
        """Keep it."""
        if self.broken:
            raise ApprovalsUnavailableError
        self.written.append(f"kept {active.text.version}")
        self.activated.append(active)

    async def by(self, digest: str, *people: str) -> None:
        """Approve."""
        for person in people:
            await self.approve(Approval(digest, person, "dpo", dt.datetime.now(dt.UTC)))

    async def write(self, kind: Kind, fields: Fields) -> None:
        """Record, as a journal does."""
        assert kind is Kind.CHARTER
        self.written.append(f"{fields['event']} {fields['charter']}")

    def keyed_hash(self, kind: str, value: str) -> str:
        """Return no hash."""
        return f"{kind} {value}"


@dataclass
class Seen:
    """What a watch did."""

    served: list[str] = field(default_factory=list)
    waits: list[Pending | None] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    unfit: bool = False

    def prepare(self, text: CharterText) -> Callable[[], None]:
        """Return what notes the version."""
        if self.unfit:
            raise ValueError("Aucun détecteur ne trouve X.")
        return lambda: self.served.append(text.version)

    @property
    def results(self) -> list[Result]:
        """Return what was told, without words."""
        return [told.result for told in self.told]
