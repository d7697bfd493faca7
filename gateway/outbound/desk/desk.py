"""The desk: what the policy in force says of a service to the computer that asks, passes, and requests for tools."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from prometheus_client import CollectorRegistry, Counter

from filters.outbound.catalogue import Catalogue
from filters.outbound.deciding import decide, decide_service
from filters.outbound.decision import Decision, Query, Verdict
from filters.outbound.errors import SnapshotMissingError
from filters.outbound.passes import Passes
from filters.outbound.snapshot import Snapshot
from gateway.errors import NotFoundError, OutboundUnavailableError
from gateway.metrics import Closed
from gateway.outbound.counting.periods import Calendar, Grain, Span
from gateway.outbound.counting.report import Report
from gateway.outbound.desk.pace import Pace
from gateway.outbound.desk.reason import Reason
from gateway.outbound.desk.request import Requests
from gateway.outbound.desk.site import Site
from gateway.outbound.desk.tickets import Tickets

_PASSED: Final = "pass"


class Stage(StrEnum):
    """What a service is to a computer."""

    REFUSED = "refused"
    COACHED = "coached"
    """Refused, unless the person gives a reason."""
    OPEN = "open"
    """A pass is in force."""


class Policies(Protocol):
    """Gives the policy in force, as often as it is asked."""

    def current(self) -> Snapshot:
        """Return it; raises `SnapshotMissingError` where there never was one."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the routes of outbound filtering need."""

    policies: Policies
    catalogue: Callable[[], Catalogue]
    """Reads it, which takes a second the first time."""
    passes: Passes
    requests: Requests
    tickets: Tickets
    pace: Pace
    readers: frozenset[str]
    """Roles that may ask for decisions, read the report and answer requests."""
    granted: Callable[[Reason], object]
    """Counts a pass, by its reason alone."""
    report: Callable[[Span, Grain, str], Awaitable[Report]]
    """Reports some months for somebody, whose reading is recorded."""
    calendar: Calendar
    """Of the report."""
    kept_days: int
    """How long attempts are kept one by one, as staff are told."""
    pass_hours: int
    """How long a pass holds."""
    now: Callable[[], dt.datetime]
    notice: str = ""
    """Address of the notice to staff; empty where the hospital has given none."""

    def policy(self) -> Snapshot:
        """Return the policy in force; raises `NotFoundError` where the hospital filters nothing."""
        try:
            return self.policies.current()
        except SnapshotMissingError:
            raise NotFoundError(
                "Le filtrage des services d’IA n’est pas en place sur cette passerelle : aucune politique n’y est "
                "chargée, rien n’y est donc refusé ni compté.",
                "filtrage_absent",
            ) from None

    def decide(self, query: Query) -> Decision:
        """Return what the policy answers; nothing of the query is kept.

        Passes do not count: whoever asks about each computer in turn would learn who has gone on to which service.
        """
        return decide(self.policy(), query)

    def departments(self) -> Sequence[str]:
        """Return the departments that the policy names."""
        return tuple(self.policy().content.departments)

    def site(self, service: str) -> Site | None:
        """Return what is known of a service; None for an id that the policy does not have."""
        policy = self.policy()
        case = policy.case(service)
        if case is None:
            return None
        entry, listed = case.entry, self.catalogue().services.get(service)
        # A list of others has no vendor, and no one name.
        own = (name for name, owner in policy.named() if owner.id == service) if entry.vendor and not listed else ()
        domain = listed.domains[0] if listed else min(own, key=len, default="")
        return Site(entry.id, entry.name, entry.vendor, entry.instead, domain)

    def stage(self, service: str, source: str) -> Stage:
        """Return what a service is to a computer; whoever sits there is not known, so rules for users do not count."""
        if not source:
            return Stage.REFUSED
        made = decide_service(self.policy(), service, Query("", source=source, at=self.now()), self.passes)
        if made.rule == _PASSED:
            return Stage.OPEN
        return Stage.COACHED if made.verdict is Verdict.COACH else Stage.REFUSED

    def grant(self, service: str, source: str, reason: Reason) -> None:
        """Let a computer go to a service for some hours; the reason is counted without either.

        Writes to the disk. Raises `OutboundUnavailableError`.
        """
        try:
            self.passes.grant(source, service, self.pass_hours, self.now())
        except OSError:
            raise OutboundUnavailableError("passes cannot be written") from None
        self.granted(reason)


def count_passes(registry: CollectorRegistry) -> Callable[[Reason], None]:
    """Return what counts passes among the metrics of the gateway, by reason: neither who nor where to."""
    told = "Passes that people gave themselves to a service that they were warned about."
    counted = Closed(Counter("ecluse_outbound_passes", told, ("reason",), registry=registry), Reason)

    def count(reason: Reason) -> None:
        counted[(reason,)].inc()

    return count
