"""What tiers, reviews and the people's rule are called where people read them, in French."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from policies.decision import Review
from policies.facts import Tier
from policies.people import Required, Tools

TIERS: Final[Mapping[Tier, str]] = {
    Tier.D0: "aucune donnée de patient",
    Tier.D1: "données de patient masquées avant l’envoi",
    Tier.D2: "données de patient identifiées, chez un hébergeur certifié (HDS) ; ailleurs, masquées",
}

REVIEWS: Final[Mapping[Review, str]] = {
    Review.R0: "relecture par l’auteur",
    Review.R1: "relecture par une personne désignée ou par un circuit prévu",
    Review.R2: "relecture de chaque réponse par le professionnel présent",
}

REQUIRED: Final[Mapping[Required, str]] = {
    Required.OFF: "rien n’est demandé aux personnes",
    Required.LISTED: "demandé avant les usages qui portent une formation ou une habilitation",
    Required.ALL: "demandé avant chaque usage",
}

TOOLS: Final[Mapping[Tools, str]] = {
    Tools.REFUSED: "refusée",
    Tools.EXEMPT: "dispensée",
}

_BEFORE_MARK: Final = re.compile(r" (?=[:;?!»])|(?<=«) ")


def typed(text: str) -> str:
    """Return text whose French punctuation does not begin a line."""
    return _BEFORE_MARK.sub("\N{NO-BREAK SPACE}", text)


def day(date: dt.date) -> str:
    """Return a date as it is written in French."""
    return f"{date:%d/%m/%Y}"


def period(first: dt.date | None, last: dt.date | None) -> str:
    """Return a period, either of whose ends may be open."""
    if first and last:
        return f"du {day(first)} au {day(last)}"
    if first:
        return f"à partir du {day(first)}"
    return f"jusqu’au {day(last)}" if last else "sans limite de date"
