"""The generative-AI services that are known, and which of them a host belongs to."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from config.positions import Location
from config.reading import Reading, read_yaml
from config.section import Line, Section
from config.sentences import suggestion
from filters.outbound.errors import BadNameError, ClaimedTwiceError
from filters.outbound.guards import Guards, load_guards
from filters.outbound.names import canonical, suffixes
from filters.outbound.service import Category, Service

SERVICES: Final = Path(__file__).parent / "data" / "services.yaml"

ServiceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]


class Entry(Section):
    """A service, as it is written in a file: this project's, or a hospital's own."""

    id: ServiceId
    name: Line
    vendor: Line
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    category: Category
    domains: tuple[Line, ...] = Field(min_length=1)
    risks: tuple[str, ...] = ()
    """Keys of the file's notes."""
    instead: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_]{0,47})?$")] = ""
    reviewed: dt.date

    def objections(self, risks: Collection[str], guards: Guards) -> Iterator[tuple[Location, str]]:
        """Yield what is wrong with the entry, with its place in it."""
        for index, domain in enumerate(self.domains):
            if objection := guards.objection(domain):
                yield ("domains", index), objection
        for index, risk in enumerate(self.risks):
            if risk not in risks:
                yield ("risks", index), f"Le risque « {risk} » n’est pas sous `risks` ; {suggestion(risk, [*risks])}"

    def service(self, risks: Mapping[str, str]) -> Service:
        """Return the service of an entry without objections."""
        return Service(
            id=self.id,
            name=self.name,
            vendor=self.vendor,
            country=self.country,
            category=self.category,
            domains=tuple(dict.fromkeys(canonical(domain) for domain in self.domains)),
            risks=tuple(risks[risk] for risk in self.risks),
            instead=self.instead,
            reviewed=self.reviewed,
        )


class Entries(Section):
    """A file of services."""

    risks: dict[str, Line] = Field(default_factory=dict)
    """Each note once, by its key: a French sentence."""
    services: tuple[Entry, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Catalogue:
    """Services by id, none of which shares a name with another. Raises ClaimedTwiceError."""

    services: Mapping[str, Service]
    risks: Mapping[str, str] = field(default_factory=dict)
    """The notes that entries may carry, by key."""

    _owners: Mapping[str, Service] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        owners: dict[str, Service] = {}
        if clashes := tuple(_claimed_twice(self.services.values(), owners)):
            raise ClaimedTwiceError(clashes)
        object.__setattr__(self, "services", MappingProxyType(dict(self.services)))
        object.__setattr__(self, "_owners", owners)

    def service_of(self, host: str) -> Service | None:
        """Return the service that a host belongs to, by the longest listed name; None where it has none."""
        try:
            name = canonical(host)
        except BadNameError:
            return None
        owners = self._owners
        return next((owners[above] for above in suffixes(name) if above in owners), None)


def _claimed_twice(services: Iterable[Service], owners: dict[str, Service]) -> Iterator[tuple[str, str, str]]:
    """Put the service of each name into `owners`, and yield the names of two, with both ids."""
    for service in services:
        for domain in service.domains:
            if (owner := owners.setdefault(domain, service)) is not service:
                yield domain, owner.id, service.id


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """Return the catalogue of this project; raises FaultsError."""
    return catalogue_of(read_services(SERVICES, load_guards()).result())


def catalogue_of(entries: Entries) -> Catalogue:
    """Return the catalogue of a file without faults."""
    return Catalogue({entry.id: entry.service(entries.risks) for entry in entries.services}, entries.risks)


def read_services(path: Path, guards: Guards) -> Reading[Entries]:
    """Return a file of services, with its faults; also those between its entries, and what guards object to."""
    reading = read_yaml(path, Entries)
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for index, entry in reading.entries("services", Entry):
        if entry.id in ids:
            reading.add(("services", index, "id"), f"« {entry.id} » est écrit deux fois : réunissez les deux.")
        ids.add(entry.id)
        for place, message in entry.objections(reading.keys("risks"), guards):
            reading.add(("services", index, *place), message)
        for rank, domain in enumerate(entry.domains):
            name = _compared(domain)
            if name in owners:
                message = f"« {name} » est déjà un nom de « {owners[name]} » : gardez-le à un seul endroit."
                reading.add(("services", index, "domains", rank), message)
            owners.setdefault(name, entry.id)
    return reading


def _compared(domain: str) -> str:
    try:
        return canonical(domain)
    except BadNameError:
        return domain
