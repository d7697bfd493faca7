"""The charter at work: one request in, one decision out. Denies by default and never raises."""

import difflib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from policies import fit
from policies.catalogue import Catalogue
from policies.decision import Alternative, Decision, Duties, Language, Outcome
from policies.facts import Caller, Facts, Recognised, Recognition, Route
from policies.rule import EVERYONE, IDENTIFIERS, REVIEWER, CharterText, Code, Practice, Use
from policies.standing import Preconditions
from policies.translation import speaks, translated
from policies.words import WORDS

_ASKED = frozenset({Code.NO_USE, Code.DOUBT})
"""Codes that ask the person instead of refusing."""

_PERSONAL = frozenset({Code.PERSON, Code.TRAINING, Code.SIGNATURE})
"""Codes of what a person can obtain, so that they are told without having declared a use."""

LONGEST_GUESS = 64
"""Characters; a longer declared use is not compared with the catalogue, since it is no misspelling."""


class Charter:
    """The catalogue of a hospital's approved uses, with the routes that its configuration offers."""

    def __init__(self, text: CharterText, routes: Sequence[Route], language: Language = Language.FRENCH) -> None:
        """`routes` are in the order of the configuration, which is the order of preference."""
        self._text, self._language = text, language
        self._others = {other: Charter(translated(text, other), routes, other) for other in text.translations}
        self.people = Preconditions(text.people, text.version, language)
        self._catalogue = Catalogue(text, routes, self.people)
        self.uses, self.roles = self._catalogue.uses, self._catalogue.roles
        self.open_to, self.routes_for = self._catalogue.open_to, self._catalogue.routes_for
        self.practices: Mapping[str, Practice] = MappingProxyType(
            {practice.id: practice for practice in text.practices}
        )
        self.version, self.title = text.version, text.title
        self.contact, self.referential = text.contact, text.referential
        self.must_mask = IDENTIFIERS

    def decide(self, caller: Caller, facts: Facts) -> Decision:
        """Return whether this request may pass, on which routes and under which duties.

        Never raises: a missing fact is a denial, so that it is recorded like any other. A text that the caller
        declared as a use and that is none is neither repeated in the message nor kept in the decision.
        """
        decision = self._decide(caller, facts)
        if decision.allowed or not self._others:
            return decision
        # The same charter with other words decides the same: only what is told differs.
        spoken = {
            language: other.decide(caller, facts)
            for language, other in self._others.items()
            if speaks(self._text.translations[language], decision.code)
        }
        return replace(decision, translations=MappingProxyType(spoken))

    def _decide(self, caller: Caller, facts: Facts) -> Decision:
        read = facts.recognition
        if read is None:
            return self._refusal(Code.UNREAD, caller, facts)
        if forbidden := self._forbidden(read.forbidden):
            return self._forbids(forbidden, caller, facts)
        if facts.declared_use is None:
            return self._undeclared(read, caller, facts)
        return self._declared(facts.declared_use, read, caller, facts)

    def _declared(self, declared: str, read: Recognition, caller: Caller, facts: Facts) -> Decision:
        use = self.uses.get(declared)
        if use is None:
            return self._refusal(Code.UNKNOWN_USE, caller, facts)
        code = self._catalogue.closed(use, caller, facts.today) or self._questioned(read, use)
        return self._refusal(code, caller, facts, use) if code else self._on_route(use, caller, facts)

    def _forbidden(self, found: Sequence[Recognised]) -> Practice | None:
        """Return the first practice that this charter forbids."""
        return next((self.practices[each.practice] for each in found if each.practice in self.practices), None)

    def _undeclared(self, read: Recognition, caller: Caller, facts: Facts) -> Decision:
        """Allow a request without a declared use where it plainly fits one that may be inferred; else ask."""
        certain = self.uses.get(fit.likeliest(read, fit.CERTAIN) or "")
        use = fit.inferred(read, self.uses) or certain
        if use is None or self._forbidden(read.doubtful):
            return self._refusal(Code.NO_USE, caller, facts)
        closed = self._catalogue.closed(use, caller, facts.today)
        if closed and ((closed in _PERSONAL and use.inferable) or (closed is Code.ROLE and use is certain)):
            return self._refusal(closed, caller, facts, use)
        if closed or not use.inferable:
            return self._refusal(Code.NO_USE, caller, facts)
        return self._on_route(use, caller, facts)

    def _questioned(self, read: Recognition, declared: Use) -> Code | None:
        """Say what in the texts speaks against the declared use; None where nothing does."""
        if fit.evades(read, declared, self.uses):
            return Code.OTHER_USE
        return Code.DOUBT if self._forbidden(read.doubtful) else None

    def degraded_mode(self, language: Language) -> tuple[str, Language]:
        """Return what to do while what was asked for is stopped, and in which language that is said."""
        words = self._text.translations.get(language)
        said = words.degraded_mode if words else None
        return (said, language) if said else (self._text.degraded_mode, self._language)

    @cached_property
    def digest(self) -> str:
        """Return what tells this charter from any other, whoever reads it: neither comments nor lay-out count.

        What is left at its default does not count either, so that a version of Écluse that knows one more key still
        finds the same charter.
        """
        said = self._text.model_dump(exclude_defaults=True)
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=_written).encode()).hexdigest()

    @property
    def articles(self) -> frozenset[str]:
        """Return every article that a decision of this charter may cite."""
        uses = (use.article for use in self.uses.values())
        bases = (practice.basis for practice in self.practices.values())
        return frozenset([*uses, *bases, *(refusal.article for refusal in self._text.refusals.values())])

    def _on_route(self, use: Use, caller: Caller, facts: Facts) -> Decision:
        """Decide on the requested route, or on the first that serves where none is requested."""
        requested = facts.requested_route
        if requested is not None and requested not in self._catalogue.routes:
            return self._refusal(Code.UNKNOWN_ROUTE, caller, facts, use)
        reasons: set[Code] = set()
        for route in self._catalogue.routes.values() if requested is None else [self._catalogue.routes[requested]]:
            code = self._catalogue.barred(use, caller, route, facts)
            if code is None:
                return self._allow(use, caller, route, facts)
            reasons.add(code)
        if requested is None:
            reasons.discard(Code.ROUTE)
        if Code.HABILITATION in reasons:
            return self._refusal(Code.HABILITATION, caller, facts, use)
        return self._refusal(reasons.pop() if len(reasons) == 1 else Code.NO_ROUTE, caller, facts, use)

    def _allow(self, use: Use, caller: Caller, route: Route, facts: Facts) -> Decision:
        granted = self._catalogue.granted(use, caller, route, facts.today)
        return Decision(
            outcome=Outcome.ALLOW,
            code=Code.ALLOWED.value,
            charter=self.version,
            message=f"L’usage « {use.title} » est autorisé ({use.article}).",
            article=use.article,
            contact=use.referent or self.contact,
            use=use.id,
            route=route,
            fallbacks=tuple(self._catalogue.fallbacks(use, caller, route, facts)),
            duties=Duties(granted, self._catalogue.must_mask(use, granted), use.review, self._notice(use)),
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
        names = self._names(caller, facts, use, contact) | {"raison": words.reason, "article": words.article}
        return Decision(
            outcome=Outcome.ASK_USE if code in _ASKED else Outcome.REFUSE,
            code=code.value,
            charter=self.version,
            message=self._urgent(words.message.format_map(names), facts),
            article=words.article,
            contact=contact,
            use=use.id if use else None,
            reason=words.reason,
            language=self._language,
            alternatives=tuple(Alternative(other.id, other.title) for other in self._nearest_first(open_uses, facts)),
        )

    def _forbids(self, practice: Practice, caller: Caller, facts: Facts) -> Decision:
        """Refuse a forbidden practice: what it is, why, what is allowed instead and under which uses."""
        names = {
            "pratique": practice.title,
            "description": practice.description,
            "permis": practice.instead,
            "contact": self.contact,
            "raison": practice.reason or practice.description.rstrip("."),
            "article": practice.basis,
        }
        opened = {use.id: use for use in self.open_to(caller, facts.today)}
        return Decision(
            outcome=Outcome.REFUSE,
            code=practice.id,
            charter=self.version,
            message=self._urgent(self._text.forbidden.format_map(names), facts),
            article=practice.basis,
            contact=self.contact,
            use=facts.declared_use if facts.declared_use in self.uses else None,
            reason=names["raison"],
            instead=practice.instead,
            language=self._language,
            alternatives=tuple(Alternative(id_, opened[id_].title) for id_ in practice.uses if id_ in opened),
        )

    def _urgent(self, message: str, facts: Facts) -> str:
        """Add the reminder for vital emergencies where somebody's life seems to be at stake."""
        return f"{message} {self._text.emergency}" if facts.recognition and facts.recognition.emergency else message

    def _names(self, caller: Caller, facts: Facts, use: Use | None, contact: str) -> dict[str, str]:
        """Return what a refusal's message may name; nothing in it was typed by the caller."""
        role = self.roles.get(caller.role)
        names = {"usage": "", "roles": "", "services": "", "routes": "", "manque": "", "contact": contact}
        names["role"] = role.title if role else WORDS[self._language].no_role
        if use:
            roles = self.roles if EVERYONE in use.roles else [id_ for id_ in self.roles if id_ in use.roles]
            names["usage"] = use.title
            names["roles"] = ", ".join(self.roles[id_].title for id_ in roles)
            names["services"] = ", ".join(sorted(use.services - {EVERYONE}))
            serving = self.routes_for(use, facts.today)
            names["routes"] = ", ".join(route.id for route in serving) or WORDS[self._language].no_route
            systems = [route.system.name for route in serving if facts.requested_route in {None, route.id}]
            names["manque"] = self.people.told(use, systems, caller, facts.today)
        return names

    @staticmethod
    def _nearest_first(uses: Sequence[Use], facts: Facts) -> list[Use]:
        """Put first what the declared use may be a misspelling of, then what the texts fit."""
        chances = {likely.use: likely.chance for likely in facts.recognition.uses} if facts.recognition else {}
        uses = sorted(uses, key=lambda use: -chances.get(use.id, 0.0))
        declared = facts.declared_use or ""
        if not declared or len(declared) > LONGEST_GUESS:
            return uses
        near = difflib.get_close_matches(declared, [use.id for use in uses], n=1)
        return sorted(uses, key=lambda use: use.id not in near)


def _written(value: object) -> object:
    """Return what JSON has no form for: sets, whose order is another in each process, and dates."""
    return sorted(value) if isinstance(value, frozenset) else str(value)
