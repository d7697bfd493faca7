"""What a day holds: attempts, sessions and people, with automatic clients apart. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from gateway.outbound.counting.rules import Rules

_HOUR: Final = 3600


class Mark(NamedTuple):
    """One attempt of a pseudonym at a service."""

    pseudonym: str
    service: str
    at: int
    department: str
    verdict: str
    planned: str
    engine: str


class Cell(NamedTuple):
    """What attempts are counted by."""

    service: str
    department: str
    verdict: str
    planned: str
    engine: str
    automatic: bool


@dataclass(slots=True)
class DayCount:
    """A day, exactly: not to be shown before `disclosure` has passed."""

    attempts: Counter[Cell] = field(default_factory=Counter)
    sessions: Counter[Cell] = field(default_factory=Counter)
    """Each is counted once, where its first attempt is."""
    agents: dict[Cell, set[str]] = field(default_factory=dict)
    automatic: set[tuple[str, str]] = field(default_factory=set)
    """Pseudonym and service of the automatic clients."""

    @property
    def people(self) -> int:
        """Return how many people there were, automatic clients left out."""
        found = [agents for cell, agents in self.agents.items() if not cell.automatic]
        return len(set().union(*found))


def count(marks: Iterable[Mark], midnight: int, rules: Rules) -> DayCount:
    """Return what the day that begins at `midnight` holds.

    `marks` come in order of pseudonym, service and time, with those of the last `session_seconds` of the day before,
    which are not counted: a session that goes on over midnight is one, of the day on which it began.
    """
    day = DayCount()
    for (pseudonym, service), group in groupby(marks, key=lambda mark: (mark.pseudonym, mark.service)):
        inside = list(_begun(group, midnight, rules.session_seconds))
        if not inside:
            continue
        automatic = _is_automatic((mark.at for mark, _ in inside), rules)
        if automatic:
            day.automatic.add((pseudonym, service))
        for mark, begins in inside:
            cell = Cell(service, mark.department, mark.verdict, mark.planned, mark.engine, automatic)
            day.attempts[cell] += 1
            day.sessions[cell] += begins
            day.agents.setdefault(cell, set()).add(pseudonym)
    return day


def _begun(group: Iterable[Mark], midnight: int, pause: int) -> Iterator[tuple[Mark, bool]]:
    """Yield the marks since midnight, and whether a session begins with each."""
    last: int | None = None
    for mark in group:
        if mark.at >= midnight:
            yield mark, last is None or mark.at - last > pause
        last = mark.at


def _is_automatic(instants: Iterable[int], rules: Rules) -> bool:
    """Return whether nobody can have clicked that often, hour after hour."""
    hours = Counter(at // _HOUR for at in instants)
    return sum(often > rules.noisy_per_hour for often in hours.values()) > rules.noisy_hours
