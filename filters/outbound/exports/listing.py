"""Which names are written for another filter, and what has to stay open below them."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from filters.outbound.decision import Verdict
from filters.outbound.errors import BadNameError
from filters.outbound.names import canonical, is_address, suffixes
from filters.outbound.snapshot import Case, Snapshot

LONGEST: Final = 230
"""Characters of a name that still fits where a format puts something before and after it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the policy, which stands for all names below it too."""

    domain: str
    service: str
    planned: Verdict
    """The mildest that the policy plans for anybody, at any time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A name to refuse, with the names below it."""

    domain: str
    service: str
    open: tuple[str, ...] = ()
    """Names below it that stay open, with those below them."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A name that is not written, and why, in French."""

    domain: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to be refused, in order."""

    rules: tuple[Rule, ...]
    """Without those that another one already refuses in every format."""
    names: tuple[str, ...]
    """Every refused name, for a format in which a name stands for nothing but itself."""
    left_out: tuple[LeftOut, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Return every name that stays open below a refused one."""
        return tuple(sorted({name for rule in self.rules for name in rule.open}))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an export says of itself."""

    version: str
    """Of the policy."""
    made: dt.date
    verdict: Verdict = Verdict.BLOCK

    def lines(self, count: int) -> tuple[str, ...]:
        """Return what a file begins with, in ASCII: not every filter reads more, even in a comment."""
        what = "a prevenir (avertir)" if self.verdict is Verdict.COACH else "a refuser (bloquer)"
        version = " ".join(self.version.split()).encode("ascii", "replace").decode("ascii")
        return (
            f"Ecluse : services d'IA {what}, {count} noms",
            f"version: {version}",
            f"date: {self.made.isoformat()}",
        )


def entries(snapshot: Snapshot, now: dt.datetime) -> Iterator[Entry]:
    """Yield the names of a policy. Those of long lists, of which only hashes are kept, are not among them."""
    cases = {case.entry.id: mildest(case, now) for case in snapshot.cases}
    for domain, entry in snapshot.named():
        yield Entry(domain, entry.id, cases[entry.id])


def mildest(case: Case, now: dt.datetime) -> Verdict:
    """Return the mildest verdict that the policy plans for anybody, at any time from now on.

    A list knows neither people nor hours: a name is written only if it is refused to all, always.
    """
    found = [decision.planned for leave, decision in case.leaves if leave.until > now.timestamp()]
    for rule, decision in case.rules:
        found.append(decision.planned)
        if not (rule.scope or rule.days or rule.hours):
            break  # it holds for everybody, always: nothing after it does
    else:
        found.append(case.base.planned)
    return min(found, key=lambda verdict: verdict.severity)


def listing(policy: Iterable[Entry], kept: Collection[str], verdict: Verdict = Verdict.BLOCK) -> Listing:
    """Return what to write of a policy: the names of which `verdict` is planned for everybody.

    `kept` are hosts never to cut, nor what is below them: never-block names, hosts of the gateway's own routes, of the
    block page and of the approved tool.
    """
    protected = {name for host in kept if (name := _name(host))}
    refused: dict[str, bool] = dict.fromkeys(protected, False)
    services, left_out = {}, []
    for entry in sorted(policy, key=lambda entry: entry.domain):
        if entry.planned.severity < verdict.severity:
            refused.setdefault(entry.domain, False)
        elif entry.planned is verdict:
            if reason := _objection(entry.domain, protected):
                left_out.append(LeftOut(entry.domain, reason))
            else:
                refused[entry.domain] = True
                services[entry.domain] = entry.service
    above = {name: _nearest(name, refused) for name in refused}
    opened: dict[str, list[str]] = {name: [] for name in services}
    for name in [name for name, is_refused in refused.items() if not is_refused]:
        covering = above[name]
        while covering in opened:
            opened[covering].append(name)
            covering = above[covering]
    rules = tuple(
        Rule(name, service, tuple(sorted(opened[name])))
        for name, service in services.items()
        # Below a name that some formats can only refuse by itself, each has to be named.
        if above[name] not in opened or opened[above[name]]
    )
    return Listing(rules, tuple(services), tuple(left_out))


def _objection(domain: str, protected: Collection[str]) -> str:
    if _name(domain) != domain or len(domain) > LONGEST:
        return "ce n’est pas un nom que ces formats peuvent porter"
    if any(name in protected for name in suffixes(domain)):
        return "il ne doit jamais être refusé, ou sert à la passerelle"
    return ""


def _name(host: str) -> str:
    """Return the canonical name of a host; empty for an address or what is no name."""
    try:
        name = canonical(host)
    except BadNameError:
        return ""
    return "" if is_address(name) else name


def _nearest(domain: str, among: Collection[str]) -> str:
    """Return the first of some names that stands above a name; empty if none does."""
    above = suffixes(domain)
    next(above)
    return next((name for name in above if name in among), "")
