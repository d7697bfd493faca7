"""PostgreSQL killed, frozen, full or read-only: nothing passes unrecorded, nobody waits for long, and it recovers."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from pathlib import Path

import pytest

from gateway.audit.sql import SqlTrail, lines, verify
from gateway.database import UNAVAILABLE, Database
from gateway.errors import AuditUnavailableError, PeopleUnavailableError, ProvenanceUnavailableError, UnknownCallerError
from gateway.identity.sql import KeyRequest, SqlDirectory
from gateway.people.sql import SqlRegister
from gateway.provenance.sql import SqlOutputs
from tests.fakes.databases import make_template, on_postgresql, url_in
from tests.fakes.journal import answered, journal_in, trail_in
from tests.fakes.postgresql_server import PostgresqlServer, postgresql_server

BOUND_SECONDS = 30.0
"""A request waits for the journal for some seconds; who waits without end waits longer than this."""


@pytest.fixture(scope="module")
def own_server() -> Iterator[PostgresqlServer]:
    """Run a PostgreSQL that the tests of this file may harm, one after the other."""
    with postgresql_server() as server:
        make_template(server)
        yield server


@pytest.fixture
def server(own_server: PostgresqlServer, tmp_path: Path) -> Iterator[PostgresqlServer]:
    with on_postgresql(own_server, tmp_path):
        yield own_server


@pytest.fixture
async def trail(server: PostgresqlServer, tmp_path: Path) -> AsyncIterator[SqlTrail]:
    del server
    async with journal_in(tmp_path) as opened:
        yield opened


async def refused(trail: SqlTrail) -> None:
    """Assert that a request is refused, in time."""
    began = time.monotonic()
    with pytest.raises(AuditUnavailableError):
        await answered(trail)
    assert time.monotonic() - began < BOUND_SECONDS


async def sound(trail: SqlTrail, *acknowledged: str) -> None:
    """Assert that the journal verifies and has every request that was acknowledged."""
    assert (await verify(trail.database, trail.heads, trail.public_key)).findings == ()
    assert set(acknowledged) <= {each.line.output_id async for each in lines(trail.database)}


async def test_a_killed_server_refuses_at_once_and_serves_again(server: PostgresqlServer, trail: SqlTrail) -> None:
    before = [await answered(trail) for _ in range(5)]
    server.kill()
    await refused(trail)
    await refused(trail)
    server.start()
    after = await answered(trail)
    await sound(trail, *before, after)


async def test_a_server_killed_in_mid_commit_loses_nothing_it_acknowledged(
    server: PostgresqlServer, trail: SqlTrail
) -> None:
    acknowledged: list[str] = []

    async def go_on() -> None:
        while True:
            acknowledged.append(await answered(trail))

    tasks = [asyncio.get_running_loop().create_task(go_on()) for _ in range(8)]
    await asyncio.sleep(0.5)
    await asyncio.to_thread(server.kill)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(result) for result in results} == {AuditUnavailableError}
    assert acknowledged
    await asyncio.to_thread(server.start)
    await sound(trail, *acknowledged, await answered(trail))


async def test_a_server_that_was_restarted_in_a_quiet_hour_costs_no_request(
    server: PostgresqlServer, trail: SqlTrail
) -> None:
    """Would catch: the first request of the morning refused, since the night's update closed the connection."""
    first = await answered(trail)
    server.kill()
    server.start()
    await asyncio.sleep(1.1)
    await sound(trail, first, await answered(trail))


async def test_a_frozen_server_is_not_waited_for_without_end(server: PostgresqlServer, trail: SqlTrail) -> None:
    """Would catch: every request of the hospital hanging on a machine that takes connections and says nothing."""
    first = await answered(trail)
    with server.paused():
        await refused(trail)
        await refused(trail)
    await asyncio.sleep(0.1)
    await sound(trail, first, await answered(trail))


async def test_registers_on_a_frozen_server_let_nobody_pass(server: PostgresqlServer, tmp_path: Path) -> None:
    database = Database(url_in(tmp_path))
    keys, people, outputs = SqlDirectory(database), SqlRegister(database), SqlOutputs(database)
    key = await keys.create(KeyRequest("medecin", "cardiologie"))
    asked: list[tuple[type[Exception], Awaitable[object]]] = [
        (UnknownCallerError, keys.caller(key.reveal())),
        (PeopleUnavailableError, people.standing("a123")),
        (ProvenanceUnavailableError, outputs.keep({"output_id": "a", "issued": "2026-11-23T12:00:00Z"})),
    ]
    with server.paused():
        began = time.monotonic()
        results = await asyncio.gather(*(work for _, work in asked), return_exceptions=True)
        # Asking whether a pooled connection is alive, and then for another one.
        assert time.monotonic() - began < 2 * BOUND_SECONDS
    assert [type(result) for result in results] == [expected for expected, _ in asked]
    assert (await keys.caller(key.reveal())).role == "medecin"
    await database.close()


async def test_without_a_free_connection_the_journal_does_not_open_and_later_does(
    server: PostgresqlServer, tmp_path: Path
) -> None:
    """Would catch: a gateway that waits for its turn on a full server, and answers nobody meanwhile."""
    name = url_in(tmp_path).rpartition("/")[2]
    server.execute(
        "DROP ROLE IF EXISTS guest",
        "CREATE ROLE guest LOGIN CONNECTION LIMIT 2",
        f"ALTER DATABASE {name} OWNER TO guest",
    )
    server.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO guest", database=name)
    address = tmp_path / "postgresql-url"
    address.write_text(address.read_text("ascii").replace("postgres@", "guest@"), "ascii")
    taken = Database(url_in(tmp_path))
    opened = trail_in(tmp_path)
    async with taken.engine.connect() as one, taken.engine.connect() as two:
        for connection in (one, two):
            await connection.exec_driver_sql("SELECT 1")
        began = time.monotonic()
        with pytest.raises(AuditUnavailableError):
            await opened.start()
        assert time.monotonic() - began < BOUND_SECONDS
    await taken.close()
    async with opened:
        await answered(opened)
    await opened.database.close()
    server.execute(f"ALTER DATABASE {name} OWNER TO postgres")


async def test_a_read_only_server_refuses_and_the_next_one_is_found(server: PostgresqlServer, trail: SqlTrail) -> None:
    """Would catch: a gateway that goes on talking to the old primary after the new one has taken over."""
    name = str(trail.database.engine.url.database)
    first = await answered(trail)
    server.execute(
        f"ALTER DATABASE {name} SET default_transaction_read_only = on",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608
    )
    await refused(trail)
    with pytest.raises(UNAVAILABLE):
        await trail.database.check_writable()
    server.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    await sound(trail, first, await answered(trail))


async def test_a_lock_that_somebody_holds_is_not_waited_for_without_end(
    server: PostgresqlServer, trail: SqlTrail
) -> None:
    """Would catch: an administrator's open transaction that stops the hospital."""
    del server
    async with trail.database.unhurried.begin() as other:
        await other.exec_driver_sql("LOCK TABLE journal IN ACCESS EXCLUSIVE MODE")
        await refused(trail)
    await sound(trail, await answered(trail))
