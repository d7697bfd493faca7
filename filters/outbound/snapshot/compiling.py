"""A policy and the lists that it names, made into a snapshot."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping

from filters.outbound.catalogue import Catalogue
from filters.outbound.decision import Status
from filters.outbound.feeds import read_feed
from filters.outbound.guards import Guards
from filters.outbound.names import suffixes
from filters.outbound.policy import Day, Policy, guards_of, minutes, users_of
from filters.outbound.policy import Feed as PolicyFeed
from filters.outbound.service import Service
from filters.outbound.snapshot.content import Content, Entry, FeedCount, Leave, Rule
from filters.outbound.snapshot.file import assembled
from filters.outbound.snapshot.people import Scope, user_hash
from filters.outbound.snapshot.state import NEVER, Snapshot
from filters.outbound.snapshot.table import Table

_DAYS = list(Day)


def compiled(policy: Policy, catalogue: Catalogue) -> Snapshot:
    """Return the snapshot of a policy that was read without faults.

    A service's name counts over a feed's, and a name never to block over both. Raises FeedUnreadableError, or OSError
    for a file of users, where one has gone since.
    """
    services = {**catalogue.services, **{one.id: one.service(catalogue.risks) for one in policy.own_services}}
    guards = guards_of(policy)
    never = guards.never.keys()
    names = dict.fromkeys(never, NEVER)
    for number, service in enumerate(services.values(), start=NEVER + 1):
        # What lies below a name never to block is no more blocked than the name.
        names |= {domain: number for domain in service.domains if never.isdisjoint(suffixes(domain))}
    many: dict[str, int] = {}
    counts = [
        _taken(feed, number, names, many, guards)
        for number, feed in enumerate(policy.feeds, start=NEVER + 1 + len(services))
    ]
    scopes = _Scopes(policy)
    content = Content(
        name=policy.version,
        mode=policy.mode,
        page=policy.page or "",
        approved=policy.approved or "",
        timezone=policy.timezone,
        without_name=Status(policy.without_name.value),
        gateway=policy.gateway,
        departments=dict(sorted(policy.departments.items())),
        rules=tuple(_rules(policy, scopes)),
        leaves=tuple(_leaves(policy, scopes)),
        scopes=tuple(scopes.found),
        entries=(*_services(policy, services), *_feeds(policy)),
        feeds=tuple(counts),
    )
    return assembled(content, Table.of(names, many))


def _taken(feed: PolicyFeed, number: int, names: Mapping[str, int], many: dict[str, int], guards: Guards) -> FeedCount:
    """Put the names of a feed into `many`, except those that stand there, or below a name of the hospital's."""
    read = read_feed(feed.file, form=feed.format, name=feed.name, licence=feed.licence, guards=guards)
    before = len(many)
    for domain in read.domains:
        if domain not in many and not any(above in names for above in suffixes(domain)):
            many[domain] = number
    kept = len(many) - before
    return FeedCount(feed.id, feed.name, feed.licence, kept, len(read.domains) - kept, sum(read.skipped.values()))


def _services(policy: Policy, services: Mapping[str, Service]) -> Iterator[Entry]:
    for service in services.values():
        status, by = policy.services.get(service.id), "service"
        if status is None:
            status, by = policy.categories.get(service.category, Status.PENDING), "category"
        yield Entry(
            id=service.id,
            name=service.name,
            vendor=service.vendor,
            country=service.country,
            category=service.category,
            instead=service.instead,
            status=status,
            by=by,
        )


def _feeds(policy: Policy) -> Iterator[Entry]:
    for feed in policy.feeds:
        status, by = policy.services.get(feed.id) or feed.status, "service"
        if status is None:
            status, by = policy.categories.get(feed.category, Status.PENDING), "category"
        yield Entry(feed.id, feed.name, "", "", feed.category, "", status, by)


class _Scopes:
    """Groups, then what rules and exceptions add of their own."""

    def __init__(self, policy: Policy) -> None:
        self.found: list[Scope] = []
        self._groups = {
            name: self._added(
                Scope(
                    name, group.subnets, tuple(map(user_hash, users_of(group.users_file) if group.users_file else ()))
                )
            )
            for name, group in policy.groups.items()
        }

    def bits(self, groups: Iterable[str], subnets: tuple[str, ...], users: Iterable[str] = ()) -> int:
        """Return the bits of everybody who is in any of them; 0 where nobody is named, which means everyone."""
        bits = 0
        for group in groups:
            bits |= self._groups[group]
        hashes = tuple(sorted(map(user_hash, users)))
        return bits | self._added(Scope("", subnets, hashes)) if subnets or hashes else bits

    def _added(self, scope: Scope) -> int:
        self.found.append(scope)
        return 1 << len(self.found)


def _rules(policy: Policy, scopes: _Scopes) -> Iterator[Rule]:
    for rule in policy.rules:
        yield Rule(
            id=rule.id,
            status=rule.status,
            scope=scopes.bits(rule.groups, rule.subnets),
            services=rule.services,
            categories=rule.categories,
            days=tuple(_DAYS.index(day) for day in rule.days),
            hours=tuple(map(minutes, rule.hours)),
        )


def _leaves(policy: Policy, scopes: _Scopes) -> Iterator[Leave]:
    zone = zoneinfo.ZoneInfo(policy.timezone)
    for leave in policy.exceptions:
        after = dt.datetime.combine(leave.expires + dt.timedelta(days=1), dt.time(), zone)
        yield Leave(
            id=leave.id,
            services=leave.services,
            scope=scopes.bits(leave.groups, leave.subnets, leave.users),
            until=after.timestamp(),
        )
