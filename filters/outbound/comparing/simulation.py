"""What a compiled policy would have done with the attempts of a log. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from filters.outbound.attempt import Attempt
from filters.outbound.deciding import decide_service
from filters.outbound.decision import Query, Verdict
from filters.outbound.snapshot import Snapshot


@dataclass
class Counts:
    """Attempts by what would have become of them."""

    allow: int = 0
    observe: int = 0
    coach: int = 0
    block: int = 0

    @property
    def total(self) -> int:
        """Return all of them."""
        return self.allow + self.observe + self.coach + self.block


@dataclass
class Simulation:
    """Counts by service, the most tried first; of a service that the policy does not know, under its id too."""

    services: dict[str, Counts] = field(default_factory=dict)
    total: Counts = field(default_factory=Counts)


def simulate(snapshot: Snapshot, attempts: Iterable[Attempt]) -> Simulation:
    """Return what a policy would give in its last mode for `attempts`, each as of its time; nobody's name is kept."""
    found = Simulation()
    for attempt in attempts:
        query = Query("", source=attempt.source, user=attempt.user, at=attempt.at)
        planned = decide_service(snapshot, attempt.service, query).planned
        _add(found.services.setdefault(attempt.service, Counts()), planned)
        _add(found.total, planned)
    found.services = dict(sorted(found.services.items(), key=lambda one: (-one[1].total, one[0])))
    return found


def _add(counts: Counts, verdict: Verdict) -> None:
    setattr(counts, verdict.value, getattr(counts, verdict.value) + 1)
