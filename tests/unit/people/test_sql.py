"""The register in a database: all or nothing, and nobody passes where it cannot be read."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gateway.database import Database
from gateway.errors import PeopleUnavailableError
from gateway.people.person import Dossier, Person, Training
from gateway.people.register import UnknownPeopleError
from gateway.people.sql import CACHE_SECONDS, SqlRegister, habilitations, signatures, trainings
from tests.fakes.databases import execute, url_in
from tests.fakes.people import LATER, MARGOT, SOLENE, TODAY, TRAINED

EVERYTHING = (SOLENE, *TRAINED.trainings, *TRAINED.signatures, *TRAINED.habilitations)


class Clock:
    """A clock that moves when told."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path, engine: str) -> AsyncIterator[Database]:
    del engine
    opened = Database(url_in(tmp_path, "people.db"))
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture
def register(database: Database, clock: Clock) -> SqlRegister:
    return SqlRegister(database, clock=clock)


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_what_is_recorded_is_found_again(register: SqlRegister) -> None:
    await register.record([*reversed(EVERYTHING), MARGOT])
    found = await register.dossier("a123")
    assert found is not None
    assert found.person == SOLENE
    assert set(found.trainings) == set(TRAINED.trainings)
    assert (found.signatures, found.habilitations) == (TRAINED.signatures, TRAINED.habilitations)
    assert await register.standing("a123") == TRAINED.standing
    assert [dossier.person.id for dossier in await register.dossiers()] == ["a123", "p77"]
    assert (await register.dossiers())[1] == Dossier(MARGOT)
    assert await register.dossier("nobody") is None
    assert await register.standing("nobody") is None


async def test_an_entry_of_the_same_key_is_replaced_and_the_others_stay(register: SqlRegister) -> None:
    """Would catch: a person described again, whose records are gone with the old description."""
    await register.record(EVERYTHING)
    moved = Person("a123", SOLENE.kind, "medecin", "geriatrie")
    await register.record([moved, Training("a123", "RGPD", TODAY, TODAY)])
    found = await register.dossier("a123")
    assert found is not None
    assert found.person == moved
    assert found.standing.trainings == {"IA-SOCLE": LATER, "RGPD": TODAY, "RESP": LATER}
    assert len(found.trainings) == 3


async def test_all_is_written_or_nothing(register: SqlRegister) -> None:
    """Would catch: half an import, after which nobody knows what is in the register."""
    stranger = Training("nobody", "RGPD", TODAY, LATER)
    with pytest.raises(UnknownPeopleError) as caught:
        await register.record([MARGOT, stranger])
    assert caught.value.people == ("nobody",)
    assert await register.dossiers() == ()


async def test_what_is_recorded_here_counts_at_once_and_elsewhere_within_seconds(
    register: SqlRegister, database: Database, clock: Clock
) -> None:
    """Would catch: somebody who has just signed and is refused, or a withdrawn habilitation that goes on counting."""
    await register.record(EVERYTHING)
    elsewhere = SqlRegister(database, clock=clock)
    assert await elsewhere.standing("a123") == await register.standing("a123")
    assert await register.withdraw("a123", habilitation="reflexion_clinique", training="RESP") == 2
    assert await register.withdraw("a123", habilitation="reflexion_clinique") == 0
    here = await register.standing("a123")
    assert here is not None
    assert (set(here.trainings), here.habilitations) == ({"IA-SOCLE", "RGPD"}, {})
    clock.now += CACHE_SECONDS
    assert await elsewhere.standing("a123") == here
    await register.record([Training("a123", "RESP", TODAY, LATER)])
    again = await register.standing("a123")
    assert again is not None
    assert "RESP" in again.trainings
    assert await register.withdraw("a123", signature="2026-11-23") == 1


async def test_a_person_is_forgotten_with_every_record(
    register: SqlRegister, database: Database, engine: str, tmp_path: Path
) -> None:
    """The leak caught: a name or a habilitation that stays in the file after it was deleted."""
    await register.record([*EVERYTHING, MARGOT])
    assert await register.standing("a123") is not None
    assert await register.remove("a123")
    assert not await register.remove("a123")
    assert await register.standing("a123") is None
    assert [dossier.person for dossier in await register.dossiers()] == [MARGOT]
    async with database.engine.connect() as connection:
        counting = (select(func.count()).select_from(table) for table in (trainings, signatures, habilitations))
        assert [(await connection.execute(count)).scalar_one() for count in counting] == [0, 0, 0]
    if engine == "postgresql":
        return  # what its pages keep until they are written again is in docs/operations/database.md
    with sqlite3.connect(tmp_path / "people.db") as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = everything_in(tmp_path)
    assert b"Kerbrat" not in kept
    assert b"reflexion_clinique" not in kept


async def test_what_was_read_before_a_write_is_not_believed_after_it(
    register: SqlRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Would catch: a withdrawn habilitation that counts for seconds more, since somebody asked at that very moment."""
    await register.record(EVERYTHING)
    read = register.dossier

    async def slow(person: str) -> Dossier | None:
        found = await read(person)
        await register.withdraw("a123", habilitation="reflexion_clinique")
        return found

    monkeypatch.setattr(register, "dossier", slow)
    assert await register.standing("a123") == TRAINED.standing
    monkeypatch.undo()
    now = await register.standing("a123")
    assert now is not None
    assert now.habilitations == {}


async def test_nobody_s_records_are_not_looked_for(register: SqlRegister, database: Database) -> None:
    """Would catch: four questions to the database each time that somebody unknown asks."""
    await execute(database, "DROP TABLE people_trainings")
    assert await register.dossier("nobody") is None


async def test_without_a_register_nobody_passes(register: SqlRegister, clock: Clock, database: Database) -> None:
    await register.record(EVERYTHING)
    await execute(database, "DROP TABLE people_habilitations")
    clock.now += CACHE_SECONDS
    for asking in (register.standing("a123"), register.dossiers(), register.withdraw("a123", training="RGPD")):
        with pytest.raises(PeopleUnavailableError):
            await asking
