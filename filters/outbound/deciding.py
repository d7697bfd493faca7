"""What becomes of an outgoing connection. Never raises: a proxy that gets no answer stands still."""

import datetime as dt
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final, Protocol

from filters.outbound.decision import Decision, Query, Verdict
from filters.outbound.errors import BadNameError
from filters.outbound.names import LONGEST, canonical, is_address
from filters.outbound.snapshot import Case, Snapshot
from filters.outbound.snapshot.people import GATEWAY
from filters.outbound.snapshot.state import NEVER
from filters.outbound.snapshot.table import NONE

_REMEMBERED: Final = 16_384
"""Pairs of host and SNI; beyond, all are forgotten, which costs a microsecond for each when it comes again."""

_CANDIDATE: Final = ".ai"
"""Most services whose names no catalogue has yet are there."""


class Holder(Protocol):
    """Knows who was given a pass: `passes.Passes`."""

    def holds(self, source: str, service: str, now: dt.datetime) -> bool:
        """Return whether a pass for `service` was given to `source` and still holds."""
        ...


def decide(snapshot: Snapshot, query: Query, passes: Holder | None = None) -> Decision:
    """Return what becomes of a connection; the stricter of what its host and its SNI give.

    In order: the gateway's own source, a name never to block, an exception in force, a rule for the service, one for
    its category, the status of the service, that of its category, an unknown name of `.ai`. A pass opens what would be
    a warning, and nothing that is refused. A text that is no host name is let through.
    """
    who = snapshot.people.who(query.source, query.user)
    if who & GATEWAY:
        return snapshot.gateway
    key = (query.host, query.sni)
    found = snapshot.recent.get(key)
    if found is None:
        found = _found(snapshot, key)
    if isinstance(found, Decision):
        return found
    return _strictest([_weighed(snapshot, one, who, query, passes) for one in found])


def decide_service(snapshot: Snapshot, service: str, query: Query, passes: Holder | None = None) -> Decision:
    """Return the same where the service is known already, as in a log that was read; the query's names are not read."""
    who = snapshot.people.who(query.source, query.user)
    if who & GATEWAY:
        return snapshot.gateway
    case = snapshot.case(service)
    return _weighed(snapshot, case, who, query, passes) if case else snapshot.default


def strictest(snapshot: Snapshot, host: str) -> Decision:
    """Return the strictest answer for a host that anyone but the gateway may get at any time."""
    found = _one(snapshot, host)
    if isinstance(found, Decision):
        return found
    return _strictest([found.base, *(decision for _, decision in found.rules)])


def _found(snapshot: Snapshot, key: tuple[str, str]) -> Decision | tuple[Decision | Case, ...]:
    host, sni = key
    of_host = _one(snapshot, host)
    found: Decision | tuple[Decision | Case, ...]
    if sni and sni != host:
        of_sni = _one(snapshot, sni)
        if of_host is snapshot.without_name:
            # The SNI is the name that was missing.
            of_host = of_sni
        if isinstance(of_host, Decision) and isinstance(of_sni, Decision):
            found = _strictest((of_host, of_sni))
        else:
            found = (of_host, of_sni)
    else:
        found = of_host if isinstance(of_host, Decision) else (of_host,)
    if len(host) + len(sni) <= 2 * LONGEST:
        if len(snapshot.recent) >= _REMEMBERED:
            snapshot.recent.clear()
        snapshot.recent[key] = found
    return found


def _one(snapshot: Snapshot, host: str) -> Decision | Case:
    """Return what the policy says of a host: a decision where neither person, nor time, nor pass changes it."""
    try:
        name = canonical(host)
    except BadNameError:
        return snapshot.default
    number = snapshot.table.find(name)
    if number == NONE:
        if name.endswith(_CANDIDATE):
            return snapshot.candidate
        return snapshot.without_name if is_address(name) else snapshot.default
    if number == NEVER:
        return snapshot.never
    case = snapshot.cases[number - 1]
    return case.base if case.settled else case


def _weighed(snapshot: Snapshot, found: Decision | Case, who: int, query: Query, passes: Holder | None) -> Decision:
    """Return the decision for this person, now."""
    if isinstance(found, Decision):
        return found
    now = _local(snapshot, query)
    for leave, decision in found.leaves:
        left = leave.until - now.timestamp()
        if left > 0 and (not leave.scope or leave.scope & who):
            return decision if left >= decision.seconds else replace(decision, seconds=math.ceil(left))
    decision = found.base
    for rule, of_rule in found.rules:
        if (not rule.scope or rule.scope & who) and rule.now(now):
            decision = of_rule
            break
    if decision.verdict is Verdict.COACH and passes is not None and passes.holds(query.source, found.entry.id, now):
        return replace(found.passing, planned=Verdict.BLOCK) if decision.planned is Verdict.BLOCK else found.passing
    return decision


def _local(snapshot: Snapshot, query: Query) -> dt.datetime:
    """Return when it is, on the hospital's clocks."""
    if query.at is not None:
        with suppress(OverflowError, ValueError, OSError):
            local = query.at.astimezone(snapshot.zone)
            local.timestamp()
            return local
    return dt.datetime.now(snapshot.zone)


def _strictest(decisions: Sequence[Decision]) -> Decision:
    """Return the decision that refuses most; of equals, the first that is about a service."""
    return max(decisions, key=lambda one: (one.verdict.severity, one.planned.severity, bool(one.service)))
