"""Migrations lead where the rooms' tables are, from wherever a database stands."""

import importlib
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

import gateway
from gateway.audit.sql.table import journal
from gateway.database import Database, DatabaseAheadError, metadata
from gateway.database.migrations import REVISIONS
from tests.fakes.databases import execute, url_in

ROOT = Path(gateway.__file__).parent
MIGRATIONS = ROOT / "database" / "migrations"


@pytest.fixture
async def database(tmp_path: Path, engine: str) -> AsyncIterator[Database]:
    del engine
    opened = Database(url_in(tmp_path))
    await opened.start()
    yield opened
    await opened.close()


def every_table() -> None:
    for file in ROOT.rglob("*.py"):
        if "metadata,\n" in (written := file.read_text("utf-8")) and " Table(\n" in written:
            importlib.import_module(".".join(("gateway", *file.relative_to(ROOT).with_suffix("").parts)))


async def test_migrations_make_what_the_rooms_declare(database: Database) -> None:
    """Would catch: a new column that only the databases of new hospitals have."""
    every_table()
    assert len(metadata.tables) > 15

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, metadata)

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_every_revision_is_listed_in_order() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS


async def test_a_database_of_a_later_version_is_refused(database: Database) -> None:
    """Would catch: an older gateway, started after a failed update, that writes what the later one cannot read."""
    await execute(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseAheadError, match="9999"):
        await database.start()


async def test_a_database_from_before_migrations_becomes_one_of_them(tmp_path: Path) -> None:
    """Would catch: an update that finds its tables there already, and does not open, or opens without the new ones."""
    old = create_engine(f"sqlite:///{tmp_path / 'ecluse.db'}")
    with old.begin() as connection:
        journal.create(connection)
        connection.execute(text("INSERT INTO journal VALUES ('w', 1, 'a', 'k', NULL, '{}', 'h', NULL)"))
    old.dispose()
    database = Database(url_in(tmp_path))
    assert await database.pending() == REVISIONS
    await database.start()
    assert await database.pending() == ()
    async with database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM journal"))).scalar_one() == 1
        assert (await connection.execute(text("SELECT count(*) FROM people"))).scalar_one() == 0
    await database.close()


async def test_a_migration_that_stops_half_way_leaves_nothing(tmp_path: Path) -> None:
    """Would catch: tables of half a revision, over which no later start gets."""
    database = Database(url_in(tmp_path))
    await execute(database, "CREATE TABLE outputs (other TEXT)")
    with pytest.raises(Exception, match="issued"):
        await database.start()
    async with database.engine.connect() as connection:
        made = await connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        assert made.scalars().all() == ["outputs"]
    await database.close()


def test_an_up_to_date_start_loads_neither_alembic_nor_psycopg(tmp_path: Path) -> None:
    """Would catch: a third of a second more at each start and each command, for nothing."""
    starting = (
        "import asyncio, sys; from gateway.database import Database\n"
        f"database = Database({url_in(tmp_path)!r})\n"
        "asyncio.run(database.start()); print(*sorted({'alembic', 'psycopg'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", starting]
    said = [subprocess.run(command, capture_output=True, check=True, cwd=ROOT.parent).stdout.strip() for _ in "12"]
    assert said == [b"alembic", b""]
