"""What is right in a charter and yet probably not meant. Pure."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from config.errors import Fault
from config.reading import Reading
from policies import terms
from policies.charter import Charter
from policies.facts import Route
from policies.rule import CharterText

SOON_DAYS: Final = 30
"""How long before its last day a use is said to end soon."""


def advice(
    reading: Reading[CharterText], routes: Sequence[Route], recognised: Collection[str], today: dt.date
) -> tuple[Fault, ...]:
    """Return warnings with their places; `recognised` are the practices that rules recognise, empty where unknown."""
    if reading.value is None:
        return ()
    text = reading.value
    return tuple(sorted([*_uses(reading, text, routes, today), *_practices(reading, text, recognised)]))


def _uses(reading: Reading[CharterText], text: CharterText, routes: Sequence[Route], today: dt.date) -> Iterator[Fault]:
    charter = Charter(text, routes)
    for index, use in enumerate(text.uses):
        if use.valid_until and use.enabled and 0 <= (use.valid_until - today).days <= SOON_DAYS:
            yield reading.positions.fault(
                ("uses", index, "valid_until"),
                f"L’usage « {use.id} » se ferme après le {terms.day(use.valid_until)} : prévoyez la décision qui le "
                "prolonge, ou prévenez ceux qui l’emploient.",
            )
        if use.open_on(today) and not charter.routes_for(use, today):
            yield reading.positions.fault(
                ("uses", index, "id"),
                f"L’usage « {use.id} » est ouvert, mais aucune route de la configuration ne peut le servir : "
                "vérifiez `routes`, le palier et la date de fin de chacune.",
            )


def _practices(reading: Reading[CharterText], text: CharterText, recognised: Collection[str]) -> Iterator[Fault]:
    for index, practice in enumerate(text.practices):
        if recognised and practice.id not in recognised:
            yield reading.positions.fault(
                ("practices", index, "id"),
                f"La pratique « {practice.id} » est écrite et imprimée, mais rien ne la reconnaît dans les textes : "
                "elle ne sera pas refusée par la passerelle.",
            )
