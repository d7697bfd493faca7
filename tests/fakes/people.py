"""A charter that asks something of people, a desk to write at, and people who do not exist."""

import datetime as dt

from config.charter import SHIPPED
from gateway.people.desk import Desk
from gateway.people.person import Dossier, Habilitation, Kind, Person, Signature, Training
from policies.charter import Charter
from policies.facts import AiSystem, Route, Tier
from policies.loader import read_charter
from policies.people import GENERAL, PeopleRule

TODAY = dt.date(2026, 11, 23)
LATER = dt.date(2027, 10, 1)
ROUTE = Route("demo", Tier.D1, "FR", AiSystem("Modèle d’essai", "1", "Éditeur"))
SOLENE = Person("a123", Kind.AGENT, "medecin", "cardiologie", "Solène Kerbrat")
MARGOT = Person("p77", Kind.INTERIMAIRE, "ide", "urgences")
TRAINED = Dossier(
    SOLENE,
    tuple(Training("a123", code, TODAY, LATER) for code in GENERAL),
    (Signature("a123", "2026-11-23", TODAY),),
    (Habilitation("a123", "reflexion_clinique", TODAY, LATER, "Chef de pôle"),),
)


def charter(**rule: object) -> Charter:
    """Return the shipped charter, with clinical reasoning open, under that rule."""
    text = read_charter(SHIPPED, ["demo"]).result()
    uses = tuple(use.model_copy(update={"enabled": True}) for use in text.uses)
    return Charter(text.model_copy(update={"people": PeopleRule.model_validate(rule), "uses": uses}), [ROUTE])


def desk(**rule: object) -> Desk:
    """Return a desk under that rule."""
    return Desk(charter(**rule), [ROUTE.system.name], lambda: TODAY)
