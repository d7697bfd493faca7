"""What can be stopped, and what was last said of it. Pure."""

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from policies.facts import AiSystem, Route

LONGEST: Final = 60
"""Characters of a system's name that its id keeps."""

_WORD: Final = re.compile(r"[^a-z0-9]+")


class Scope(StrEnum):
    """What a stop holds for."""

    ALL = "all"
    SYSTEM = "system"
    """An AI system as the cartography names it, whatever the routes that lead to it."""
    ROUTE = "route"
    USE = "use"


class Reason(StrEnum):
    """Why something is stopped; a closed list, since a free text could name a patient."""

    SECURITY = "incident_securite"
    LEAK = "fuite_donnees"
    WRONG = "reponses_erronees"
    OUTAGE = "panne"
    MAINTENANCE = "maintenance"
    GOVERNANCE = "decision_gouvernance"
    EXERCISE = "exercice"
    OTHER = "autre"


EVERYTHING: Final = Scope.ALL.value
"""The id of everything."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be stopped."""

    id: str
    """`all`, or its scope and name: `route:demo`, `use:compte_rendu`, `system:mistral-small`. Plain ASCII."""
    title: str


@dataclass(frozen=True, slots=True)
class State:
    """Whether a target is stopped, as somebody last said.

    The higher revision counts. Where two gateways said something at the same time, the stop does.
    """

    target: str
    revision: int
    stopped: bool
    by: str
    """What the journal keeps of whoever said so: a keyed hash."""
    since: dt.datetime
    role: str | None = None
    """None: at the machine's own command line."""
    reason: Reason | None = None
    """None: not stopped."""
    until: dt.datetime | None = None
    drill: bool = False
    """Only rehearsed: noted and counted, and nothing is refused."""

    @property
    def scope(self) -> Scope:
        """Return what kind of target it is."""
        return Scope(self.target.partition(":")[0])

    def holds(self, now: dt.datetime) -> bool:
        """Return whether it stops, or rehearses to stop, anything now."""
        return self.stopped and (self.until is None or now < self.until)

    @property
    def rank(self) -> str:
        """Return what orders the states of one target, the same on every gateway: lower-case hexadecimal digits."""
        digest = hashlib.sha256(self.written().encode()).hexdigest()[:16]
        return f"{self.revision:016x}{self.stopped:d}{not self.drill:d}{digest}"

    def written(self) -> str:
        """Return the text that stores keep."""
        return json.dumps(
            {
                "target": self.target,
                "revision": self.revision,
                "stopped": self.stopped,
                "by": self.by,
                "since": self.since.isoformat(),
                "role": self.role,
                "reason": self.reason,
                "until": self.until.isoformat() if self.until else None,
                "drill": self.drill,
            }
        )


def read(text: str) -> State:
    """Return the state that `written` wrote; raises ValueError, KeyError or TypeError where it is none."""
    fields: dict[str, Any] = json.loads(text)
    since, until, reason = dt.datetime.fromisoformat(fields["since"]), fields["until"], fields["reason"]
    ends = dt.datetime.fromisoformat(until) if until else None
    return State(**fields | {"since": since, "until": ends, "reason": Reason(reason) if reason else None})


def of_route(route: Route) -> tuple[str, str]:
    """Return the ids under which a route may be stopped, besides everything."""
    return f"{Scope.ROUTE}:{route.id}", of_system(route.system)


def of_use(use: str) -> str:
    """Return the id under which a use may be stopped."""
    return f"{Scope.USE}:{use}"


def of_system(system: AiSystem) -> str:
    """Return the id of an AI system: its name without accents, in lower case, words joined by dashes."""
    plain = unicodedata.normalize("NFKD", system.name).encode("ascii", "ignore").decode().lower()
    return f"{Scope.SYSTEM}:{_WORD.sub('-', plain).strip('-')[:LONGEST]}"


def targets(routes: Iterable[Route], uses: Mapping[str, str]) -> dict[str, Target]:
    """Return all that can be stopped, by id; `uses` gives their titles."""
    routes = tuple(routes)
    found = [
        Target(EVERYTHING, "Tout"),
        *(Target(of_system(route.system), route.system.name) for route in routes),
        *(Target(f"{Scope.ROUTE}:{route.id}", f"Route {route.id} ({route.system.name})") for route in routes),
        *(Target(of_use(use), title) for use, title in uses.items()),
    ]
    return {target.id: target for target in found}
