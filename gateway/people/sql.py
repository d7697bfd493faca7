"""The register of people in the database of the keys."""

import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any, Final, TypeVar

from sqlalchemy import Column, ColumnElement, Date, ForeignKey, Row, String, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.database import UNAVAILABLE, Database, metadata, ordered
from gateway.errors import PeopleUnavailableError
from gateway.people.person import Dossier, Entry, Habilitation, Kind, Person, Signature, Training
from gateway.people.register import UnknownPeopleError
from policies.facts import Standing

CACHE_SECONDS: Final = 3.0
"""How long a standing is believed: the longest time that what was withdrawn elsewhere goes on counting here."""

CACHE_PEOPLE: Final = 4096


def _owner() -> Column[str]:
    return Column("person", ordered(40), ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)


people: Final = Table(
    "people",
    metadata,
    Column("id", ordered(40), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("role", String(40), nullable=False),
    Column("service", String(40), nullable=False),
    Column("name", String(100)),
)
trainings: Final = Table(
    "people_trainings",
    metadata,
    _owner(),
    Column("code", String(40), primary_key=True),
    Column("obtained", Date, primary_key=True),
    Column("expires", Date, nullable=False),
)
signatures: Final = Table(
    "people_signatures",
    metadata,
    _owner(),
    Column("version", String(300), primary_key=True),
    Column("signed", Date, nullable=False),
)
habilitations: Final = Table(
    "people_habilitations",
    metadata,
    _owner(),
    Column("subject", String(500), primary_key=True),
    Column("issued", Date, primary_key=True),
    Column("expires", Date, nullable=False),
    Column("issuer", String(100), nullable=False),
)

TABLES: Final[dict[type[Entry], Table]] = {
    Person: people,
    Training: trainings,
    Signature: signatures,
    Habilitation: habilitations,
}


class SqlRegister:
    """Keeps people in SQL. Implements `Register`."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the clock apart, so that tests do not wait."""
        self._database = database
        self._clock = clock
        self._cache: OrderedDict[str, tuple[float, Standing]] = OrderedDict()
        self._written = 0
        """Counts the writes: what was read before one is not believed after it."""

    async def standing(self, person: str) -> Standing | None:
        """Return what the charter needs to know; who is not known is looked up each time."""
        until, known = self._cache.get(person, (0.0, None))
        if known is not None and self._clock() < until:
            self._cache.move_to_end(person)
            return known
        self._cache.pop(person, None)
        before = self._written
        found = await self.dossier(person)
        if found is None:
            return None
        if before != self._written:
            return found.standing
        self._cache[person] = (self._clock() + CACHE_SECONDS, found.standing)
        while len(self._cache) > CACHE_PEOPLE:
            self._cache.popitem(last=False)
        return found.standing

    async def dossier(self, person: str) -> Dossier | None:
        """Return all that is kept of a person."""
        async with self._reading() as connection:
            found = await _dossiers(connection, person)
        return found[0] if found else None

    async def dossiers(self) -> tuple[Dossier, ...]:
        """Return everybody, by id."""
        async with self._reading() as connection:
            return await _dossiers(connection)

    async def record(self, entries: Sequence[Entry]) -> None:
        """Write all of `entries` in one transaction, people first."""
        async with self._writing() as connection:
            new = {entry.id for entry in entries if isinstance(entry, Person)}
            owners = {entry.person for entry in entries if not isinstance(entry, Person)} - new
            if owners:
                known = set((await connection.execute(select(people.c.id))).scalars())
                if missing := sorted(owners - known):
                    raise UnknownPeopleError(missing)
            for entry in sorted(entries, key=lambda entry: not isinstance(entry, Person)):
                await _put(connection, entry)
        self._forget(*(entry.id if isinstance(entry, Person) else entry.person for entry in entries))

    async def withdraw(self, person: str, *, training: str = "", habilitation: str = "", signature: str = "") -> int:
        """Delete every record of these names, and return how many there were."""
        doomed = [
            delete(trainings).where(trainings.c.person == person, trainings.c.code == training),
            delete(habilitations).where(habilitations.c.person == person, habilitations.c.subject == habilitation),
            delete(signatures).where(signatures.c.person == person, signatures.c.version == signature),
        ]
        async with self._writing() as connection:
            deleted = sum([(await connection.execute(each)).rowcount for each in doomed])
        self._forget(person)
        return deleted

    async def remove(self, person: str) -> bool:
        """Delete a person; the database deletes their records with them."""
        async with self._writing() as connection:
            deleted = (await connection.execute(delete(people).where(people.c.id == person))).rowcount
        self._forget(person)
        return bool(deleted)

    def _forget(self, *written: str) -> None:
        self._written += 1
        for person in written:
            self._cache.pop(person, None)

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.engine.connect() as connection:
                yield connection
        except UNAVAILABLE:
            raise PeopleUnavailableError("the register of people cannot be read") from None

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.engine.begin() as connection:
                yield connection
        except UNAVAILABLE:
            raise PeopleUnavailableError("the register of people cannot be written") from None


async def _put(connection: AsyncConnection, entry: Entry) -> None:
    """Replace the entry of the same key, or add it. Not by deleting first: a person's records would go too."""
    table, values = TABLES[type(entry)], asdict(entry)
    replacing = update(table).where(*(column == values[column.name] for column in table.primary_key)).values(values)
    if not (await connection.execute(replacing)).rowcount:
        await connection.execute(insert(table).values(values))


async def _dossiers(connection: AsyncConnection, person: str | None = None) -> tuple[Dossier, ...]:
    """Return everybody, or the one person of that id."""
    chosen = select(people).order_by(people.c.id)
    rows = (await connection.execute(chosen if person is None else chosen.where(people.c.id == person))).all()
    if not rows:
        return ()
    learnt = await _records(connection, Training, trainings.c.obtained, person)
    signed = await _records(connection, Signature, signatures.c.signed, person)
    issued = await _records(connection, Habilitation, habilitations.c.issued, person)
    return tuple(
        Dossier(
            _person(row), tuple(learnt.get(row.id, ())), tuple(signed.get(row.id, ())), tuple(issued.get(row.id, ()))
        )
        for row in rows
    )


R = TypeVar("R", Training, Signature, Habilitation)


async def _records(
    connection: AsyncConnection, kind: type[R], dated: ColumnElement[Any], person: str | None
) -> dict[str, list[R]]:
    """Return the records of one kind by person, the oldest first."""
    table = TABLES[kind]
    chosen = select(table).order_by(dated)
    rows = await connection.execute(chosen if person is None else chosen.where(table.c.person == person))
    found: dict[str, list[R]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(kind(**row._mapping))  # noqa: SLF001 - SQLAlchemy's public name
    return found


def _person(row: Row[Any]) -> Person:
    return Person(row.id, Kind(row.kind), row.role, row.service, row.name)
