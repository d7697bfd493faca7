"""A compiled policy in memory, ready to decide by."""

import datetime as dt
import zoneinfo
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from filters.outbound.decision import Decision, Mode, Status, Verdict
from filters.outbound.errors import BadNameError
from filters.outbound.names import canonical
from filters.outbound.snapshot.content import Content, Entry, Leave, Rule
from filters.outbound.snapshot.people import People
from filters.outbound.snapshot.table import NONE, Table

NEVER = 0
"""The number in the table of names never to block; services follow."""

USUALLY = 60
"""Seconds for which an engine may remember an answer."""

BRIEFLY = 5
"""The same for one that a pass may change at any moment."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that the policy says of one service. Each decision is made once and given again and again."""

    entry: Entry
    base: Decision
    """Where no rule and no exception applies."""
    rules: tuple[tuple[Rule, Decision], ...]
    """In order; those that name the service first."""
    leaves: tuple[tuple[Leave, Decision], ...]
    passing: Decision
    """Where a pass holds, and nothing is refused outright."""

    @property
    def settled(self) -> bool:
        """Return whether neither the person, nor the time, nor a pass changes anything."""
        return not self.rules and not self.leaves and self.base.verdict is not Verdict.COACH


@dataclass(eq=False)
class Snapshot:
    """A compiled policy. Nothing of it changes, except what it remembers of names that were asked about."""

    content: Content
    table: Table
    version: str
    """Short, and of the content: the same policy and lists are the same version."""
    cases: tuple[Case, ...] = field(init=False, repr=False)
    people: People = field(init=False, repr=False)
    zone: dt.tzinfo = field(init=False, repr=False)
    recent: "dict[tuple[str, str], Decision | tuple[Decision | Case, ...]]" = field(
        init=False, repr=False, default_factory=dict
    )
    """What was found for a host and an SNI; `deciding` fills and bounds it."""

    def __post_init__(self) -> None:
        """Prepare each decision; raises ValueError for a time zone or a network that is none."""
        try:
            self.zone = zoneinfo.ZoneInfo(self.content.timezone)
        except zoneinfo.ZoneInfoNotFoundError:
            raise ValueError("no such time zone") from None
        self.people = People(self.content.gateway, self.content.scopes, self.content.departments)
        self.cases = tuple(self._case(entry) for entry in self.content.entries)
        self.gateway = Decision(Verdict.ALLOW, rule="gateway", version=self.version)
        self.never = Decision(Verdict.ALLOW, rule="never_block", version=self.version)
        self.default = Decision(Verdict.ALLOW, version=self.version)
        self.candidate = self.decision(Status.OBSERVE, "candidate")
        self.without_name = self.decision(self.content.without_name, "default")
        self._by_id = {case.entry.id: case for case in self.cases}

    @property
    def mode(self) -> Mode:
        """Return how far the policy goes."""
        return self.content.mode

    @property
    def name(self) -> str:
        """Return the policy's own version, as its author calls it."""
        return self.content.name

    @property
    def page(self) -> str:
        """Return the URL of the block page; empty if there is none."""
        return self.content.page

    @property
    def approved(self) -> str:
        """Return the URL of the approved tool; empty if there is none."""
        return self.content.approved

    @property
    def services(self) -> Mapping[str, Entry]:
        """Return every service and feed by id."""
        return MappingProxyType({case.entry.id: case.entry for case in self.cases})

    def case(self, service: str) -> Case | None:
        """Return what the policy says of a service; None for one that it does not know."""
        return self._by_id.get(service)

    def department(self, source: str) -> str:
        """Return the department of an address; empty if it has none."""
        return self.people.department(source)

    def service_of(self, host: str) -> str:
        """Return the service of a host as an engine wrote it; empty if there is none, or if it is never blocked."""
        try:
            found = self.table.find(canonical(host))
        except BadNameError:
            return ""
        return "" if found in {NONE, NEVER} else self.cases[found - 1].entry.id

    def named(self) -> Iterator[tuple[str, Entry]]:
        """Yield each name kept in clear with its service; those of a feed are not in clear where there are many."""
        for name, number in self.table.names.items():
            if number != NEVER:
                yield name, self.cases[number - 1].entry

    def never_blocked(self) -> Iterator[str]:
        """Yield each name that is never blocked, nor those below it."""
        return (name for name, number in self.table.names.items() if number == NEVER)

    def decision(self, status: Status, rule: str, entry: Entry | None = None) -> Decision:
        """Return what a status gives in the policy's mode."""
        planned = status.verdict
        verdict = self.mode.held(planned)
        return Decision(
            verdict,
            service=entry.id if entry else "",
            category=entry.category if entry else "",
            rule=rule,
            version=self.version,
            planned=planned,
            seconds=BRIEFLY if verdict is Verdict.COACH else USUALLY,
        )

    def _case(self, entry: Entry) -> Case:
        content = self.content
        by_service = [rule for rule in content.rules if entry.id in rule.services]
        by_category = [
            rule for rule in content.rules if entry.category in rule.categories and entry.id not in rule.services
        ]
        passing = Decision(
            Verdict.OBSERVE, entry.id, entry.category, "pass", self.version, planned=Verdict.OBSERVE, seconds=BRIEFLY
        )
        return Case(
            entry,
            self.decision(entry.status, entry.by, entry),
            tuple((rule, self.decision(rule.status, f"rule:{rule.id}", entry)) for rule in [*by_service, *by_category]),
            tuple(
                (leave, self.decision(Status.ALLOW, f"exception:{leave.id}", entry))
                for leave in content.leaves
                if entry.id in leave.services
            ),
            passing,
        )
