"""The embedded database: durable, private, made by whoever comes first."""

import asyncio
import stat
from pathlib import Path

import pytest

from gateway.audit.sql.table import journal
from gateway.database import UNAVAILABLE, Database


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
