"""Either kind of database: durable, private, made by whoever comes first."""

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from gateway.audit.sql.table import journal
from gateway.database import UNAVAILABLE, Database
from gateway.database import postgresql as postgresql_engine
from tests.fakes.databases import database_on
from tests.fakes.postgresql_server import PostgresqlServer


async def test_sqlite_is_durable_and_private(tmp_path: Path) -> None:
    file = tmp_path / "data" / "ecluse.db"
    database = Database(f"sqlite+aiosqlite:///{file}")
    await database.start()
    async with database.engine.connect() as connection:
        values = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    await database.close()
    assert values == ["wal", 2, 1, 1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_workers_that_start_together_make_the_tables_once(tmp_path: Path) -> None:
    databases = [Database(f"sqlite+aiosqlite:///{tmp_path / 'ecluse.db'}") for _ in range(8)]
    await asyncio.gather(*(database.start() for database in databases))
    async with databases[0].engine.connect() as connection:
        assert (await connection.execute(journal.select())).all() == []
    for database in databases:
        await database.close()


async def test_a_file_that_is_no_database_is_said_to_be_unavailable(tmp_path: Path) -> None:
    """Would catch: a traceback where the DSI has to read that the database cannot be opened."""
    (tmp_path / "ecluse.db").write_text("ceci n’est pas une base" * 100, encoding="utf-8")
    with pytest.raises(UNAVAILABLE):
        await Database(f"sqlite+aiosqlite:///{tmp_path / 'ecluse.db'}").start()


async def test_gateways_that_start_together_on_a_server_migrate_once(postgresql: PostgresqlServer) -> None:
    """Would catch: two of three gateways that do not open after an update, since the first one was at it."""
    with database_on(postgresql, "template0") as name:
        databases = [Database(postgresql.url(name)) for _ in range(5)]
        await asyncio.gather(*(database.start() for database in databases))
        assert [await database.pending() for database in databases] == [()] * 5
        for database in databases:
            await database.close()


async def test_commits_wait_for_the_disk_whatever_the_role_says(postgresql: PostgresqlServer) -> None:
    """Would catch: entries that were said to be written, and are gone after a power cut of the server."""
    with database_on(postgresql) as name:
        for asked, expected in (("off", "on"), ("remote_apply", "remote_apply")):
            postgresql.execute(f"ALTER DATABASE {name} SET synchronous_commit = '{asked}'")
            database = Database(postgresql.url(name))
            async with database.engine.connect() as connection:
                found = (await connection.exec_driver_sql("SHOW synchronous_commit")).scalar_one()
            await database.close()
            assert found == expected


async def test_a_server_that_takes_no_writes_is_not_ready(postgresql: PostgresqlServer) -> None:
    """Would catch: a gateway that stays behind the load balancer on a copy where nothing can be recorded."""
    with database_on(postgresql) as name:
        database = Database(postgresql.url(name))
        await database.check_writable()
        postgresql.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
            await connection.commit()
            with pytest.raises(UNAVAILABLE):
                await connection.exec_driver_sql("CREATE TABLE nowhere ()")
            assert connection.invalidated
        with pytest.raises(UNAVAILABLE):
            await database.check_writable()
        await database.close()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql+psycopg://ecluse@db.hopital.example/ecluse", "verify-full"),
        ("postgresql+psycopg://ecluse@/ecluse?host=/run/postgresql&host=db.hopital.example", "verify-full"),
        ("postgresql+psycopg://ecluse@db.hopital.example/ecluse?sslmode=verify-ca", None),
        ("postgresql+psycopg://ecluse@127.0.0.1/ecluse", None),
        ("postgresql+psycopg://ecluse@/ecluse?host=/run/postgresql", None),
    ],
)
def test_another_machine_has_to_prove_who_it_is(address: str, expected: str | None) -> None:
    """The leak caught: keys and journal sent to whoever answers in the place of the database."""
    assert postgresql_engine._arguments(make_url(address)).get("sslmode") == expected
