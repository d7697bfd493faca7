"""What a role may do and what that asks of a person; what somebody has of it, and lacks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from gateway.people.person import Dossier
from policies.charter import Charter
from policies.facts import Caller
from policies.people import Required
from policies.rule import EVERYONE, Use
from policies.standing import WARNING_DAYS, Lack, Needs, State, foreseen, needs, state


@dataclass(frozen=True, slots=True)
class Permit:
    """A use of a role, and what it asks of whoever declares it."""

    use: Use
    needs: Needs


@dataclass(frozen=True, slots=True)
class Opening:
    """A use of somebody's role; `lack` says why it is closed to them, None where it is open."""

    use: Use
    lack: Lack | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A training or a habilitation of somebody that ends, or has ended."""

    dossier: Dossier
    what: str
    until: dt.date
    state: State


def uses_of(charter: Charter, role: str, today: dt.date) -> tuple[Use, ...]:
    """Return the uses that the charter opens to a role that day, whoever asks; none to a role that it does not know."""
    if role not in charter.roles:
        return ()
    return tuple(use for use in charter.uses.values() if use.open_on(today) and use.roles & {role, EVERYONE})


def role_sheet(charter: Charter, role: str, today: dt.date) -> tuple[Permit, ...]:
    """Return what a role may do; where the charter asks nothing yet, what it would ask once it does."""
    rule = charter.people.rule
    asked = foreseen if rule.required is Required.OFF else needs
    return tuple(Permit(use, asked(rule, use)) for use in uses_of(charter, role, today))


def openings(charter: Charter, caller: Caller, today: dt.date) -> tuple[Opening, ...]:
    """Return the uses of the caller's role, service and credential that a route serves, each with what they lack."""
    return tuple(
        Opening(use, _lack(charter, use, caller, today))
        for use in uses_of(charter, caller.role, today)
        if (caller.uses is None or use.id in caller.uses)
        and use.services & {caller.service, EVERYONE}
        and charter.routes_for(use, today)
    )


def _lack(charter: Charter, use: Use, caller: Caller, today: dt.date) -> Lack | None:
    """Return what the caller lacks; a habilitation only where no AI system that serves the use would do without."""
    if lack := charter.people.lack(use, caller, today):
        return lack
    systems = {route.system.name for route in charter.routes_for(use, today)}
    lacks = [charter.people.unauthorised(use, system, caller, today) for system in sorted(systems)]
    return lacks[0] if lacks and all(lacks) else None


def trainings_of(charter: Charter, dossier: Dossier, role: str, today: dt.date) -> dict[str, dt.date | None]:
    """Return the last day of each training that somebody has, or that their role will be asked for; None: missing."""
    permits = (foreseen(charter.people.rule, use) for use in uses_of(charter, role, today))
    codes = [*charter.people.rule.trainings, *(code for permit in permits for code in permit.trainings)]
    held = dossier.standing.trainings
    return {code: held.get(code) for code in dict.fromkeys((*codes, *held))}


def deadlines(dossiers: Iterable[Dossier], today: dt.date, days: int = WARNING_DAYS) -> tuple[Deadline, ...]:
    """Return what ends within `days` or has ended without being renewed, the nearest first."""
    found = []
    for dossier in dossiers:
        standing = dossier.standing
        for what, until in (*standing.trainings.items(), *standing.habilitations.items()):
            where = state(until, today, days)
            if where in {State.ENDING, State.EXPIRED}:
                found.append(Deadline(dossier, what, until, where))
    return tuple(sorted(found, key=lambda deadline: (deadline.until, deadline.dossier.person.id, deadline.what)))
