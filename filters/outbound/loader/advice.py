"""What is right in a policy and yet probably not meant, or no longer of use. Pure."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from config.errors import Fault
from config.positions import Location
from config.reading import Reading
from filters.outbound.catalogue import Catalogue
from filters.outbound.loader.steps import STOPPING, early
from filters.outbound.names import suffixes
from filters.outbound.policy import Policy

LONG: Final = dt.timedelta(days=366)
"""An exception that lasts longer is rather a status."""


def advice(reading: Reading[Policy], catalogue: Catalogue, today: dt.date) -> tuple[Fault, ...]:
    """Return warnings with their places; none where the policy could not be read."""
    if reading.value is None:
        return ()
    policy = reading.value
    found = [*_steps(policy), *_exceptions(policy, today), *_names(policy, catalogue)]
    return tuple(sorted(reading.positions.fault(place, message) for place, message in found))


def _steps(policy: Policy) -> Iterator[tuple[Location, str]]:
    if not policy.steps:
        yield (
            (),
            (
                "Aucune étape n’est signée : observer les connexions du personnel se décide déjà. Écrivez sous `steps` "
                "qui l’a décidé et qui en a pris connaissance."
            ),
        )
    for place, message, reason in early(list(enumerate(policy.steps))):
        if reason:
            first = message.partition(" : ")[0]
            yield place, f"{first}. Motif donné : {reason.rstrip('.')}."
    if policy.mode in STOPPING and not policy.approved:
        yield ("page",), "La page ne renvoie vers aucun outil approuvé : donnez son adresse sous `approved`."


def _exceptions(policy: Policy, today: dt.date) -> Iterator[tuple[Location, str]]:
    for index, leave in enumerate(policy.exceptions):
        if leave.expires < today:
            yield (
                ("exceptions", index, "expires"),
                (
                    f"L’exception « {leave.id} » n’est plus en vigueur depuis le {leave.expires:%d/%m/%Y} : "
                    "retirez-la, ou prolongez-la après une nouvelle décision."
                ),
            )
        elif leave.expires - today > LONG:
            yield (
                ("exceptions", index, "expires"),
                f"L’exception « {leave.id} » vaut plus d’un an : changez plutôt le statut, ou rapprochez sa fin.",
            )
        if not (leave.groups or leave.subnets or leave.users):
            yield (
                ("exceptions", index, "id"),
                (
                    f"L’exception « {leave.id} » vaut pour tout le monde : nommez un groupe, un réseau ou des comptes, "
                    "ou changez le statut du service."
                ),
            )


def _names(policy: Policy, catalogue: Catalogue) -> Iterator[tuple[Location, str]]:
    if not policy.gateway:
        yield (
            (),
            (
                "Aucune adresse de la passerelle n’est donnée sous `gateway` : ses propres appels aux modèles seraient "
                "filtrés comme les autres."
            ),
        )
    for index, name in enumerate(policy.never_block):
        below = [
            service.id
            for service in catalogue.services.values()
            if any(name in suffixes(domain) for domain in service.domains)
        ]
        if below:
            yield (
                ("never_block", index),
                (
                    f"« {name} » ne sera jamais refusé, donc ces services non plus, en tout ou partie : "
                    f"{', '.join(below)}."
                ),
            )
