"""The catalogue of approved uses over the routes of the hospital: who may declare what, and which route serves it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from config.routes import EEA
from policies.facts import Caller, Facts, Route, Tier
from policies.rule import EVERYONE, IDENTIFIERS, CharterText, Code, Role, Use
from policies.standing import Preconditions


def effective_tier(route: Route, today: dt.date) -> Tier:
    """Return what `route` may carry that day: D2 needs a certificate (HDS) still valid, and a country of the EEA."""
    if route.tier is not Tier.D2:
        return route.tier
    certified = route.hds_certificate is not None and route.hds_expires is not None and today <= route.hds_expires
    return Tier.D2 if certified and route.country in EEA else Tier.D1


def lowest(*tiers: Tier) -> Tier:
    """Return the most cautious of `tiers`."""
    return min(tiers, key=lambda tier: tier.rank)


class Catalogue:
    """The approved uses of a charter, its roles, and the routes that the configuration offers."""

    def __init__(self, text: CharterText, routes: Sequence[Route], people: Preconditions) -> None:
        """`routes` are in the order of the configuration, which is the order of preference."""
        self.routes: Mapping[str, Route] = MappingProxyType({route.id: route for route in routes})
        self.uses: Mapping[str, Use] = MappingProxyType({use.id: use for use in text.uses})
        self.roles: Mapping[str, Role] = MappingProxyType(dict(text.roles))
        self.identifiers = IDENTIFIERS
        self._people = people

    def open_to(self, caller: Caller, today: dt.date) -> tuple[Use, ...]:
        """Return the uses that this caller may declare that day and that at least one route can serve."""
        uses = (use for use in self.uses.values() if self.closed(use, caller, today) is None)
        return tuple(
            use
            for use in uses
            if any(self._unauthorised(use, caller, route, today) is None for route in self.routes_for(use, today))
        )

    def routes_for(self, use: Use, today: dt.date) -> tuple[Route, ...]:
        """Return the routes that may serve `use` that day, in order of preference, whoever asks."""
        return tuple(route for route in self.routes.values() if self._unfit(use, route, today) is None)

    def closed(self, use: Use, caller: Caller, today: dt.date) -> Code | None:
        """Say why `caller` may not declare `use` that day; None where nothing forbids it."""
        if not use.open_on(today):
            return Code.CLOSED_USE
        if caller.role not in self.roles or not use.roles & {caller.role, EVERYONE}:
            return Code.ROLE
        if not use.services & {caller.service, EVERYONE}:
            return Code.SERVICE
        if caller.uses is not None and use.id not in caller.uses:
            return Code.KEY
        lack = self._people.lack(use, caller, today)
        return lack.code if lack else None

    def _unauthorised(self, use: Use, caller: Caller, route: Route, today: dt.date) -> Code | None:
        lack = self._people.unauthorised(use, route.system.name, caller, today)
        return lack.code if lack else None

    def _unfit(self, use: Use, route: Route, today: dt.date) -> Code | None:
        """Say why `route` cannot serve `use`, whoever asks; a use with patient data needs at least a D1 route."""
        if not use.routes & {route.id, EVERYONE}:
            return Code.ROUTE
        if route.expires is not None and route.expires < today:
            return Code.EXPIRED_ROUTE
        if effective_tier(route, today).rank < lowest(use.tier, Tier.D1).rank:
            return Code.TIER
        return None

    def barred(self, use: Use, caller: Caller, route: Route, facts: Facts) -> Code | None:
        """Say why `route` cannot serve this request; media, which cannot be masked, need identified data allowed."""
        if code := self._unfit(use, route, facts.today) or self._unauthorised(use, caller, route, facts.today):
            return code
        if not facts.has_media or not self.must_mask(use, self.granted(use, caller, route, facts.today)):
            return None
        lapsed = route.tier is Tier.D2 and effective_tier(route, facts.today) is not Tier.D2
        return Code.HDS if lapsed and use.identity_needed and use.tier is Tier.D2 else Code.TIER

    def granted(self, use: Use, caller: Caller, route: Route, today: dt.date) -> Tier:
        """Return the lowest tier of the use, the role and the route."""
        return lowest(use.tier, self.roles[caller.role].tier, effective_tier(route, today))

    def must_mask(self, use: Use, granted: Tier) -> frozenset[str]:
        """Return the names of the labels to mask: all, unless the use needs identified data on a certified host."""
        return frozenset() if granted is Tier.D2 and use.identity_needed else self.identifiers

    def fallbacks(self, use: Use, caller: Caller, route: Route, facts: Facts) -> Iterator[Route]:
        """Yield the fallbacks to which every duty of `route` applies unchanged."""
        tier = self.granted(use, caller, route, facts.today)
        for id_ in dict.fromkeys(route.fallbacks):
            other = self.routes.get(id_)
            if other is None or other.id == route.id or other.tier is not route.tier:
                continue
            fit = self.barred(use, caller, other, facts) is None
            if fit and self.granted(use, caller, other, facts.today) is tier:
                yield other
