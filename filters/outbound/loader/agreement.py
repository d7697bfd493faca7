"""What the parts of a policy must agree on, between themselves and with the catalogue."""

import difflib
import ipaddress
import re
from collections.abc import Collection, Iterable
from typing import Final

from config.positions import Location
from config.reading import Reading
from config.sentences import suggestion
from filters.outbound.catalogue import Catalogue, Entry
from filters.outbound.loader.steps import STOPPING
from filters.outbound.policy import Feed, Leave, Policy, Rule

WIDEST: Final = {4: 16, 6: 48}
"""Shortest prefixes that the gateway may be said to have, by version: it is a machine or some, not the hospital."""

DEPARTMENT: Final = 64
"""Characters of a department's name that counts keep."""

_TELLING: Final = re.compile(r"\w\.\w|[@\\:\x00-\x1f\x7f]|//")
"""What counts take for an address, a host or an account, and leave out."""


def check(reading: Reading[Policy], catalogue: Catalogue) -> None:
    """Add the faults of every rule; elements whose form is already at fault are passed over."""
    own = [one.id for _, one in reading.entries("own_services", Entry)]
    known = [*catalogue.services, *own, *(one.id for _, one in reading.entries("feeds", Feed))]
    groups = reading.keys("groups")
    for key, taken in (("own_services", ()), ("feeds", own)):
        _unique(reading, key, {*catalogue.services, *taken})
    for key in ("rules", "exceptions"):
        _unique(reading, key, ())
    for name in reading.keys("services"):
        _service(reading, ("services", name), name, known, at_key=True)
    for index, rule in reading.entries("rules", Rule):
        _named(reading, ("rules", index), rule, known, groups)
        if not rule.services and not rule.categories:
            reading.add(
                ("rules", index),
                f"La règle « {rule.id} » ne dit pas ce qu’elle concerne : ajoutez `services` ou `categories`.",
            )
    for index, leave in reading.entries("exceptions", Leave):
        _named(reading, ("exceptions", index), leave, known, groups)
    if reading.value is not None:
        _page(reading, reading.value)
        _gateway(reading, reading.value)
        _departments(reading, reading.value)


def _unique(reading: Reading[Policy], key: str, taken: Collection[str]) -> None:
    seen = set(taken)
    elements = reading.data.get(key)
    for index, element in enumerate(elements if isinstance(elements, list) else []):
        id_ = element.get("id") if isinstance(element, dict) else None
        if not isinstance(id_, str):
            continue
        if id_ in seen:
            reading.add((key, index, "id"), f"Le nom « {id_} » est déjà pris : changez celui-ci.")
        seen.add(id_)


def _named(
    reading: Reading[Policy], place: Location, one: Rule | Leave, known: Collection[str], groups: list[str]
) -> None:
    for rank, name in enumerate(one.services):
        _service(reading, (*place, "services", rank), name, known)
    for rank, name in enumerate(one.groups):
        if name not in groups:
            reading.add((*place, "groups", rank), f"Le groupe « {name} » n’existe pas ; {suggestion(name, groups)}")


def _service(
    reading: Reading[Policy], place: Location, name: str, known: Collection[str], *, at_key: bool = False
) -> None:
    if name in known:
        return
    if near := difflib.get_close_matches(name, known, n=1):
        end = f"vouliez-vous écrire `{near[0]}` ?"
    else:
        end = "déclarez-le sous `own_services`, ou prenez son nom court dans le catalogue."
    reading.faults.append(reading.positions.fault(place, f"Le service « {name} » n’existe pas ; {end}", at_key=at_key))


def _page(reading: Reading[Policy], policy: Policy) -> None:
    if policy.mode in STOPPING and not policy.page:
        reading.add(
            ("mode",),
            f"En mode « {policy.mode} », une personne arrêtée doit voir une page : donnez son adresse sous `page`.",
        )
    if policy.page and "?" in policy.page:
        reading.add(("page",), "L’adresse de la page s’écrit sans paramètre (`?`) : celui du service y est ajouté.")


def _gateway(reading: Reading[Policy], policy: Policy) -> None:
    for index, subnet in enumerate(policy.gateway):
        network = ipaddress.ip_network(subnet)
        if network.prefixlen < WIDEST[network.version]:
            reading.add(
                ("gateway", index),
                f"« {subnet} » est trop large : tous ces postes échapperaient au filtrage. Donnez les seules adresses "
                "de la passerelle.",
            )


def _departments(reading: Reading[Policy], policy: Policy) -> None:
    for name in policy.departments:
        if len(name) > DEPARTMENT or _TELLING.search(name):
            reading.add(
                ("departments", name),
                f"« {name} » serait compté sans nom : {DEPARTMENT} caractères au plus, et rien qui ressemble à une "
                "adresse ou à un compte (« U.F. 12 », « : », « @ »). Écrivez par exemple `UF 12`.",
            )
    owners: dict[str, str] = {}
    for name, subnet, index in _places(policy):
        if (owner := owners.setdefault(subnet, name)) != name:
            reading.add(
                ("departments", name, index),
                f"« {subnet} » est déjà le réseau de « {owner} » : gardez-le à un seul endroit.",
            )


def _places(policy: Policy) -> Iterable[tuple[str, str, int]]:
    for name, subnets in policy.departments.items():
        for index, subnet in enumerate(subnets):
            yield name, subnet, index
