"""How the register of people is shown at a terminal."""

import datetime as dt
from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.table import Table

from gateway.people.person import Dossier
from gateway.people.sheet import Deadline, Permit, openings, trainings_of
from policies.charter import Charter
from policies.people import Required, Tools
from policies.rule import Code
from policies.standing import State, state

STATES = {
    State.VALID: "valable",
    State.ENDING: "finit bientôt",
    State.EXPIRED: "expirée",
    State.MISSING: "manque",
}
NONE = "—"


def show(*parts: RenderableType) -> None:
    """Print tables and sentences; a file or a pipe gets long lines, which a search finds."""
    console = Console(width=None if Console().is_terminal else 200, highlight=False)
    for part in parts:
        console.print(part, markup=False)


def everybody(dossiers: Iterable[Dossier], charter: Charter, today: dt.date) -> Table:
    """Return a line for each person: what is asked of everybody, and whether they have it."""
    table = Table("personne", "nature", "rôle", "service", "nom", "formations", "charte", "habilitations")
    for dossier in dossiers:
        person, standing = dossier.person, dossier.standing
        lacking = [
            code
            for code in charter.people.rule.trainings
            if state(standing.trainings.get(code), today) in {State.MISSING, State.EXPIRED}
        ]
        table.add_row(
            person.id,
            person.kind.value,
            person.role,
            person.service,
            person.name or NONE,
            f"manque {', '.join(lacking)}" if lacking else "à jour",
            "signée" if charter.version in standing.signed else "non signée",
            str(sum(today <= until for until in standing.habilitations.values())),
        )
    return table


def one(dossier: Dossier, charter: Charter, today: dt.date) -> Sequence[RenderableType]:
    """Return all that is kept of a person, and what it opens."""
    person, standing = dossier.person, dossier.standing
    signed = standing.signed.get(charter.version)
    named = f"{person.id}" + (f" ({person.name})" if person.name else "")
    return (
        f"{named} : {person.kind.value}, {person.role}, {person.service}",
        f"Charte {charter.version} : " + (f"signée le {signed:%d/%m/%Y}" if signed else "non signée"),
        _trainings(dossier, charter, today),
        _habilitations(dossier, today),
        _uses(dossier, charter, today),
    )


def ending(found: Iterable[Deadline]) -> Table:
    """Return a line for each training and habilitation that ends."""
    table = Table("jusqu’au", "état", "personne", "service", "formation ou habilitation")
    for deadline in found:
        person = deadline.dossier.person
        table.add_row(f"{deadline.until}", STATES[deadline.state], person.id, person.service, deadline.what)
    return table


def sheet(permits: Iterable[Permit], charter: Charter, role: str) -> Sequence[RenderableType]:
    """Return what a role may do, and what each use asks of a person."""
    table = Table("usage", "titre", "données", "relecture", "formations", "charte", "habilitation", "article")
    for permit in permits:
        use, asked = permit.use, permit.needs
        table.add_row(
            use.id,
            use.title,
            min(use.tier, charter.roles[role].tier, key=lambda tier: tier.rank).value,
            f"{use.review.value}, par {use.reviewer}",
            ", ".join(asked.trainings) or NONE,
            "signée" if asked.signature else NONE,
            "oui" if asked.habilitation else NONE,
            use.article,
        )
    return (f"Fiche du rôle « {charter.roles[role].title} », charte {charter.version}.", table, _rule(charter))


def _rule(charter: Charter) -> str:
    rule = charter.people.rule
    tools = "dispensés" if rule.tools is Tools.EXEMPT else "refusés"
    match rule.required:
        case Required.OFF:
            return "La charte ne demande encore rien (`people: required: off`) ; voici ce qu’elle demanderait partout."
        case Required.LISTED:
            return f"Demandé avant les usages qui le disent (`required: listed`) ; programmes sans personne : {tools}."
        case Required.ALL:
            return f"Demandé avant chaque usage (`required: all`) ; programmes sans personne : {tools}."


def _trainings(dossier: Dossier, charter: Charter, today: dt.date) -> Table:
    table, learnt = Table("formation", "obtenue le", "jusqu’au", "état"), dossier.current_trainings
    for code, until in trainings_of(charter, dossier, dossier.person.role, today).items():
        obtained = f"{learnt[code].obtained}" if code in learnt else NONE
        table.add_row(code, obtained, f"{until}" if until else NONE, STATES[state(until, today)])
    return table


def _habilitations(dossier: Dossier, today: dt.date) -> RenderableType:
    if not dossier.habilitations:
        return "Aucune habilitation."
    table = Table("habilitation", "délivrée le", "jusqu’au", "par", "état")
    for held in dossier.current_habilitations.values():
        where = STATES[state(held.expires, today)]
        table.add_row(held.subject, f"{held.issued}", f"{held.expires}", held.issuer, where)
    return table


def _uses(dossier: Dossier, charter: Charter, today: dt.date) -> Table:
    table = Table("usage", "ouvert", "ce qui manque")
    for opening in openings(charter, dossier.caller, today):
        lack = opening.lack
        told = "" if lack is None else lack.told or Code.PERSON.value
        table.add_row(opening.use.id, "oui" if lack is None else "non", told)
    return table
