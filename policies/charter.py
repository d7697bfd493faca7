"""The charter at work: one request in, one decision out. Denies by default and never raises."""

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from config.routes import EEA
from policies.decision import Alternative, Decision, Duties, Outcome
from policies.facts import Caller, Facts, Route, Tier
from policies.rule import EVERYONE, IDENTIFIERS, REVIEWER, CharterText, Code, Practice, Role, Use

LONGEST_GUESS = 64
"""Characters; a longer declared use is not compared with the catalogue, since it is no misspelling."""


def effective_tier(route: Route, today: dt.date) -> Tier:
    """Return what `route` may carry that day: D2 needs a certificate (HDS) still valid, and a country of the EEA."""
    if route.tier is not Tier.D2:
        return route.tier
    certified = route.hds_certificate is not None and route.hds_expires is not None and today <= route.hds_expires
    return Tier.D2 if certified and route.country in EEA else Tier.D1


def lowest(*tiers: Tier) -> Tier:
    """Return the most cautious of `tiers`."""
    return min(tiers, key=lambda tier: tier.rank)


class Charter:
    """The catalogue of a hospital's approved uses, with the routes that its configuration offers."""

    def __init__(self, text: CharterText, routes: Sequence[Route]) -> None:
        """`routes` are in the order of the configuration, which is the order of preference."""
        self._text = text
        self._routes = MappingProxyType({route.id: route for route in routes})
        self.uses: Mapping[str, Use] = MappingProxyType({use.id: use for use in text.uses})
        self.practices: Mapping[str, Practice] = MappingProxyType(
            {practice.id: practice for practice in text.practices}
        )
        self.roles: Mapping[str, Role] = MappingProxyType(dict(text.roles))
        self.version, self.title = text.version, text.title
        self.contact, self.referential = text.contact, text.referential
        self.must_mask = IDENTIFIERS

    def decide(self, caller: Caller, facts: Facts) -> Decision:
        """Return whether this request may pass, on which routes and under which duties.

        Never raises: a missing fact is a denial, so that it is recorded like any other. A text that the caller
        declared as a use and that is none is neither repeated in the message nor kept in the decision.
        """
        if facts.declared_use is None:
            return self._refusal(Code.NO_USE, caller, facts)
        use = self.uses.get(facts.declared_use)
        if use is None:
            return self._refusal(Code.UNKNOWN_USE, caller, facts)
        if code := self._closed(use, caller, facts.today):
            return self._refusal(code, caller, facts, use)
        return self._on_route(use, caller, facts)

    @property
    def articles(self) -> frozenset[str]:
        """Return every article that a decision of this charter may cite."""
        uses = (use.article for use in self.uses.values())
        return frozenset([*uses, *(refusal.article for refusal in self._text.refusals.values())])

    def open_to(self, caller: Caller, today: dt.date) -> tuple[Use, ...]:
        """Return the uses that this caller may declare that day and that at least one route can serve."""
        uses = (use for use in self.uses.values() if self._closed(use, caller, today) is None)
        return tuple(use for use in uses if self.routes_for(use, today))

    def routes_for(self, use: Use, today: dt.date) -> tuple[Route, ...]:
        """Return the routes that may serve `use` that day, in order of preference, whoever asks."""
        return tuple(route for route in self._routes.values() if self._unfit(use, route, today) is None)

    def _closed(self, use: Use, caller: Caller, today: dt.date) -> Code | None:
        if not use.open_on(today):
            return Code.CLOSED_USE
        if caller.role not in self.roles or not use.roles & {caller.role, EVERYONE}:
            return Code.ROLE
        if caller.uses is not None and use.id not in caller.uses:
            return Code.KEY
        return None

    def _unfit(self, use: Use, route: Route, today: dt.date) -> Code | None:
        """Say why `route` cannot serve `use`, whoever asks; a use with patient data needs at least a D1 route."""
        if not use.routes & {route.id, EVERYONE}:
            return Code.ROUTE
        if route.expires is not None and route.expires < today:
            return Code.EXPIRED_ROUTE
        if effective_tier(route, today).rank < lowest(use.tier, Tier.D1).rank:
            return Code.TIER
        return None

    def _barred(self, use: Use, caller: Caller, route: Route, facts: Facts) -> Code | None:
        """Say why `route` cannot serve this request; media, which cannot be masked, need identified data allowed."""
        if code := self._unfit(use, route, facts.today):
            return code
        if not facts.has_media or not self._must_mask(use, self._granted(use, caller, route, facts.today)):
            return None
        lapsed = route.tier is Tier.D2 and effective_tier(route, facts.today) is not Tier.D2
        return Code.HDS if lapsed and use.identity_needed and use.tier is Tier.D2 else Code.TIER

    def _on_route(self, use: Use, caller: Caller, facts: Facts) -> Decision:
        """Decide on the requested route, or on the first that serves where none is requested."""
        requested = facts.requested_route
        if requested is not None and requested not in self._routes:
            return self._refusal(Code.UNKNOWN_ROUTE, caller, facts, use)
        reasons: set[Code] = set()
        for route in self._routes.values() if requested is None else [self._routes[requested]]:
            code = self._barred(use, caller, route, facts)
            if code is None:
                return self._allow(use, caller, route, facts)
            reasons.add(code)
        if requested is None:
            reasons.discard(Code.ROUTE)
        return self._refusal(reasons.pop() if len(reasons) == 1 else Code.NO_ROUTE, caller, facts, use)

    def _granted(self, use: Use, caller: Caller, route: Route, today: dt.date) -> Tier:
        return lowest(use.tier, self.roles[caller.role].tier, effective_tier(route, today))

    def _must_mask(self, use: Use, granted: Tier) -> frozenset[str]:
        return frozenset() if granted is Tier.D2 and use.identity_needed else self.must_mask

    def _fallbacks(self, use: Use, caller: Caller, route: Route, facts: Facts) -> Iterator[Route]:
        """Yield the fallbacks to which every duty of `route` applies unchanged."""
        tier = self._granted(use, caller, route, facts.today)
        for id_ in dict.fromkeys(route.fallbacks):
            other = self._routes.get(id_)
            if other is None or other.id == route.id or other.tier is not route.tier:
                continue
            fit = self._barred(use, caller, other, facts) is None
            if fit and self._granted(use, caller, other, facts.today) is tier:
                yield other

    def _allow(self, use: Use, caller: Caller, route: Route, facts: Facts) -> Decision:
        granted = self._granted(use, caller, route, facts.today)
        return Decision(
            outcome=Outcome.ALLOW,
            code=Code.ALLOWED.value,
            charter=self.version,
            message=f"L’usage « {use.title} » est autorisé ({use.article}).",
            article=use.article,
            contact=use.referent or self.contact,
            use=use.id,
            route=route,
            fallbacks=tuple(self._fallbacks(use, caller, route, facts)),
            duties=Duties(granted, self._must_mask(use, granted), use.review, self._notice(use)),
        )

    def _notice(self, use: Use) -> str | None:
        """Return the template that `Duties.notice` describes."""
        if use.notice is None or not use.notice.append:
            return None
        template = self._text.notices[use.notice.kind].before
        return template.replace(f"{{{REVIEWER}}}", use.reviewer)

    def _refusal(
        self,
        code: Code,
        caller: Caller,
        facts: Facts,
        use: Use | None = None,
    ) -> Decision:
        words = self._text.refusals[code]
        contact = (use.referent if use else None) or self.contact
        open_uses = self.open_to(caller, facts.today)
        return Decision(
            outcome=Outcome.ASK_USE if code is Code.NO_USE else Outcome.REFUSE,
            code=code.value,
            charter=self.version,
            message=words.message.format_map(self._names(caller, facts, use, contact)),
            article=words.article,
            contact=contact,
            use=use.id if use else None,
            alternatives=tuple(Alternative(other.id, other.title) for other in self._nearest_first(open_uses, facts)),
        )

    def _names(self, caller: Caller, facts: Facts, use: Use | None, contact: str) -> dict[str, str]:
        """Return what a refusal's message may name; nothing in it was typed by the caller."""
        role = self.roles.get(caller.role)
        names = {"usage": "", "roles": "", "routes": "", "contact": contact}
        names["role"] = role.title if role else "rôle absent de la charte"
        if use:
            roles = self.roles if EVERYONE in use.roles else [id_ for id_ in self.roles if id_ in use.roles]
            names["usage"] = use.title
            names["roles"] = ", ".join(self.roles[id_].title for id_ in roles)
            names["routes"] = ", ".join(route.id for route in self.routes_for(use, facts.today)) or "aucune à ce jour"
        return names

    @staticmethod
    def _nearest_first(uses: Sequence[Use], facts: Facts) -> list[Use]:
        """Put a use whose id looks like the declared one first, since it is most likely a misspelling of it."""
        declared = facts.declared_use or ""
        if not declared or len(declared) > LONGEST_GUESS:
            return list(uses)
        near = difflib.get_close_matches(declared, [use.id for use in uses], n=1)
        return sorted(uses, key=lambda use: use.id not in near)
