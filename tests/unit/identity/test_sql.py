"""API keys: shown once, stored hashed, closed within seconds."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.database import Database
from gateway.errors import UnknownCallerError
from gateway.identity.sql import CACHE_SECONDS, InvalidKeyRequestError, KeyKind, KeyRequest, SqlDirectory
from policies.facts import Caller
from tests.fakes.databases import execute, url_in

TODAY = dt.date(2026, 11, 23)


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.today = TODAY


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path, engine: str) -> AsyncIterator[Database]:
    del engine
    opened = Database(url_in(tmp_path, "keys.db"))
    await opened.start()
    yield opened
    await opened.close()


def directory(database: Database, clock: Clock) -> SqlDirectory:
    return SqlDirectory(database, clock=lambda: clock.now, today=lambda: clock.today)


@pytest.fixture
def keys(database: Database, clock: Clock) -> SqlDirectory:
    return directory(database, clock)


async def refused(keys: SqlDirectory, credential: str) -> bool:
    try:
        await keys.caller(credential)
    except UnknownCallerError:
        return True
    return False


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_a_key_says_who_asks(keys: SqlDirectory) -> None:
    key = await keys.create(
        KeyRequest("medecin", "cardiologie", KeyKind.CLINICIAN, frozenset({"codage"}), 10, 2000, TODAY)
    )
    assert await keys.caller(key.reveal()) == Caller(
        key.prefix, "medecin", "cardiologie", frozenset({"codage"}), 10, 2000, tool=False
    )
    other = await keys.create(KeyRequest("dpo", "direction"))
    assert await keys.caller(other.reveal()) == Caller(other.prefix, "dpo", "direction", tool=True)


async def test_the_secret_is_nowhere(keys: SqlDirectory, tmp_path: Path) -> None:
    """Would catch a stolen database, log or backup that opens the gateway."""
    key = await keys.create(KeyRequest("medecin", "cardiologie"))
    await keys.caller(key.reveal())
    stored = everything_in(tmp_path)
    assert key.secret.encode() not in stored
    assert key.secret not in repr(key) + repr(await keys.list())


async def test_a_wrong_key_is_nobody(keys: SqlDirectory) -> None:
    key = await keys.create(KeyRequest("medecin", "cardiologie"))
    whole = key.reveal()
    other = await keys.create(KeyRequest("medecin", "cardiologie"))
    assert await refused(keys, f"ecl_{key.prefix}_{other.secret}")
    for wrong in (
        "",
        "ecl_",
        whole[:-1],
        whole + "x",
        whole.upper(),
        f" {whole}",
        "sk-123",
        f"ecl_aaaaaaaa_{key.secret}",
    ):
        assert await refused(keys, wrong), wrong


async def test_an_expired_key_is_nobody(keys: SqlDirectory, clock: Clock) -> None:
    key = await keys.create(KeyRequest("medecin", "cardiologie", expires=TODAY))
    assert not await refused(keys, key.reveal())
    clock.today += dt.timedelta(days=1)
    assert await refused(keys, key.reveal())


async def test_a_key_revoked_elsewhere_closes_within_seconds(
    keys: SqlDirectory, database: Database, clock: Clock
) -> None:
    key = await keys.create(KeyRequest("medecin", "cardiologie"))
    elsewhere = directory(database, clock)
    assert not await refused(elsewhere, key.reveal())
    assert await keys.revoke(key.prefix)
    assert not await keys.revoke(key.prefix)
    assert await refused(keys, key.reveal())
    clock.now += CACHE_SECONDS
    assert await refused(elsewhere, key.reveal())


async def test_without_a_register_nobody_is_recognised(keys: SqlDirectory, clock: Clock, database: Database) -> None:
    key = await keys.create(KeyRequest("medecin", "cardiologie"))
    assert not await refused(keys, key.reveal())
    await execute(database, "ALTER TABLE api_keys RENAME TO elsewhere")
    clock.now += CACHE_SECONDS
    assert await refused(keys, key.reveal())


async def test_the_last_use_is_a_day(keys: SqlDirectory, clock: Clock) -> None:
    """Would catch an hour of use, which follows a person through the day."""
    key = await keys.create(KeyRequest("medecin", "cardiologie"))
    assert [entry.last_used for entry in await keys.list()] == [None]
    await keys.caller(key.reveal())
    assert [entry.last_used for entry in await keys.list()] == [TODAY]
    clock.today += dt.timedelta(days=1)
    await keys.caller(key.reveal())
    assert [entry.last_used for entry in await keys.list()] == [clock.today]


async def test_only_usable_keys_count(keys: SqlDirectory) -> None:
    first = await keys.create(KeyRequest("medecin", "cardiologie"))
    await keys.create(KeyRequest("medecin", "cardiologie", expires=TODAY - dt.timedelta(days=1)))
    assert await keys.count() == 1
    await keys.revoke(first.prefix)
    assert await keys.count() == 0


async def test_a_key_may_be_somebody_s(keys: SqlDirectory) -> None:
    theirs = await keys.create(KeyRequest("medecin", "cardiologie", person="a123"))
    shared = await keys.create(KeyRequest("medecin", "cardiologie"))
    assert (await keys.caller(theirs.reveal())).person == "a123"
    assert (await keys.caller(shared.reveal())).person is None
    assert {entry.prefix: entry.request.person for entry in await keys.list()} == {
        theirs.prefix: "a123",
        shared.prefix: None,
    }


async def test_who_leaves_takes_their_keys_along(keys: SqlDirectory) -> None:
    """Would catch: a key that opens the gateway, or names its owner, after its owner has left."""
    first, second = [await keys.create(KeyRequest("medecin", "cardiologie", person="a123")) for _ in range(2)]
    other = await keys.create(KeyRequest("medecin", "cardiologie", person="b9"))
    await keys.revoke(second.prefix)
    assert (await keys.caller(first.reveal())).person == "a123"
    assert await keys.detach("a123") == 1
    assert await refused(keys, first.reveal())
    assert not await refused(keys, other.reveal())
    assert {entry.request.person for entry in await keys.list()} == {None, "b9"}
    assert await keys.detach("a123") == 0


async def test_a_register_made_before_people_were_known_serves_as_it_is(database: Database, keys: SqlDirectory) -> None:
    """Would catch: an update after which every key of the hospital is refused."""
    key = await keys.create(KeyRequest("medecin", "cardiologie"))
    await execute(database, "DROP TABLE key_people", "DROP TABLE alembic_version")
    await database.start()
    assert (await keys.caller(key.reveal())).person is None


def test_a_person_is_no_place_for_a_name() -> None:
    with pytest.raises(InvalidKeyRequestError):
        KeyRequest("medecin", "cardiologie", person="Solène Kerbrat")


@pytest.mark.parametrize("word", ["", "Dr Martin", "é", "a" * 41, "x\n"])
def test_a_service_is_no_place_for_a_name(word: str) -> None:
    with pytest.raises(InvalidKeyRequestError) as caught:
        KeyRequest("medecin", word)
    assert str(caught.value) == "service: lower-case letters, digits, `_` and `-` only, 40 at most"
