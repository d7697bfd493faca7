"""What a use asks of a person, and what a person lacks for it. What is not known is lacking."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policies.decision import Language
from policies.facts import Caller
from policies.people import PeopleRule, Required, Tools
from policies.rule import Code, Use
from policies.words import WORDS, Words

WARNING_DAYS: Final = 30
"""How long before its last day a training or a habilitation is said to end soon."""


class State(StrEnum):
    """Where a training or a habilitation stands that day."""

    VALID = "valid"
    ENDING = "ending"
    """Valid, and to be renewed within `WARNING_DAYS`."""
    EXPIRED = "expired"
    MISSING = "missing"


def state(until: dt.date | None, today: dt.date, days: int = WARNING_DAYS) -> State:
    """Return the state of what holds until that day, included; None: it was never obtained."""
    if until is None:
        return State.MISSING
    if until < today:
        return State.EXPIRED
    # Counted from today: a last day too near the end of the calendar could not be reckoned with.
    return State.ENDING if (until - today).days <= days else State.VALID


@dataclass(frozen=True, slots=True)
class Needs:
    """What a use asks of a person."""

    trainings: tuple[str, ...] = ()
    signature: bool = False
    habilitation: bool = False


NOTHING: Final = Needs()


def needs(rule: PeopleRule, use: Use) -> Needs:
    """Return what `use` asks of a person, whoever it is."""
    listed = use.trainings is not None or use.habilitation
    if rule.required is Required.OFF or (rule.required is Required.LISTED and not listed):
        return NOTHING
    trainings = tuple(dict.fromkeys((*rule.trainings, *(use.trainings or ()))))
    return Needs(trainings, rule.sign, use.habilitation)


def foreseen(rule: PeopleRule, use: Use) -> Needs:
    """Return what `use` would ask if the rule applied to every use, for a hospital that prepares to switch it on."""
    return needs(rule.model_copy(update={"required": Required.ALL}), use)


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a person may not; `told` says what is missing, and is empty where nobody is known."""

    code: Code
    told: str = ""


@dataclass(frozen=True, slots=True)
class Preconditions:
    """What a charter's version asks of people."""

    rule: PeopleRule
    version: str
    language: Language = Language.FRENCH

    @property
    def _words(self) -> Words:
        return WORDS[self.language]

    @property
    def asks(self) -> bool:
        """Return whether anything is asked of anybody, so that a standing has to be known."""
        return self.rule.required is not Required.OFF

    def lack(self, use: Use, caller: Caller, today: dt.date) -> Lack | None:
        """Return what `caller` lacks for `use`, whichever AI system serves it."""
        asked = self._asked(use, caller)
        if asked == NOTHING:
            return None
        if caller.standing is None:
            return Lack(Code.PERSON)
        held = caller.standing.trainings
        missing = [code for code in asked.trainings if not _holds(held.get(code), today)]
        if missing:
            return Lack(Code.TRAINING, ", ".join(self._words.training(code, held.get(code)) for code in missing))
        if asked.signature and self.version not in caller.standing.signed:
            return Lack(Code.SIGNATURE, self._words.signature(self.version, caller.standing.signed))
        return None

    def unauthorised(self, use: Use, system: str, caller: Caller, today: dt.date) -> Lack | None:
        """Return the lack of a habilitation for `use`, or for the AI system of that name."""
        if not self._asked(use, caller).habilitation:
            return None
        held = caller.standing.habilitations if caller.standing else {}
        known = [held[name] for name in (use.id, system) if name in held]
        if any(_holds(until, today) for until in known):
            return None
        return Lack(Code.HABILITATION, self._words.habilitation(use.title, max(known, default=None)))

    def told(self, use: Use, systems: Iterable[str], caller: Caller, today: dt.date) -> str:
        """Return what `caller` lacks first; empty where it is nothing that a person can have."""
        lacks = (self.unauthorised(use, system, caller, today) for system in systems)
        found = self.lack(use, caller, today) or next((lack for lack in lacks if lack), None)
        return found.told if found else ""

    def _asked(self, use: Use, caller: Caller) -> Needs:
        """Return what is asked of this caller; a tool is exempt where nobody stands behind its key, and only then."""
        exempt = self.rule.tools is Tools.EXEMPT and caller.tool and caller.person is None
        return NOTHING if exempt else needs(self.rule, use)


def _holds(until: dt.date | None, today: dt.date) -> bool:
    return until is not None and today <= until
