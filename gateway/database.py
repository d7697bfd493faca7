"""The one database of the house: SQLite inside by default, anything that SQLAlchemy speaks asynchronously otherwise."""

import asyncio
import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import MetaData, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.schema import CreateIndex, CreateTable

UNAVAILABLE: Final = (SQLAlchemyError, sqlite3.Error, OSError)
"""What a database raises when it cannot do its work."""

metadata: Final = MetaData()
"""Every room that stores something declares its tables here, in its own file."""

BUSY_MILLISECONDS: Final = 2000
"""How long SQLite waits for another process's write before it gives up."""

_PRAGMAS: Final = (
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
    # An entry that is said to be written must survive a power cut: WAL alone would lose the last commits.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    # Pages freed by a purge are overwritten, so that what was deleted is gone.
    "PRAGMA secure_delete=ON",
)


class Database:
    """An engine and its tables. Nothing is opened before `start`; errors are SQLAlchemy's, each store has its own."""

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's, with an asynchronous driver: `sqlite+aiosqlite:///data/ecluse.db`."""
        self._url = make_url(url)
        self._embedded = self._url.get_backend_name() == "sqlite"
        self.engine: AsyncEngine = create_async_engine(self._url, pool_pre_ping=not self._embedded)
        if self._embedded:
            event.listen(self.engine.sync_engine, "connect", _prepare)

    @property
    def file(self) -> Path | None:
        """Return the database's file; None where it is a server or lives in memory."""
        name = self._url.database
        return Path(name) if self._embedded and name and name != ":memory:" else None

    async def start(self) -> None:
        """Create the file, readable by its owner only, and the tables that are missing."""
        if self.file is not None:
            await asyncio.to_thread(_make, self.file)
        async with self.engine.begin() as connection:
            for table in metadata.sorted_tables:
                # Not `create_all`: several workers start at once, and looking first would be a race.
                await connection.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    await connection.execute(CreateIndex(index, if_not_exists=True))

    async def check_writable(self) -> None:
        """Raise unless a write could begin now; nothing is written."""
        async with self.engine.connect() as connection:
            await connection.exec_driver_sql("BEGIN IMMEDIATE" if self._embedded else "SELECT 1")
            await connection.rollback()

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own type
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _make(file: Path) -> None:
    """Create the database's file in WAL mode, which it keeps.

    Processes that start together take turns: SQLite does not wait when two of them change the mode at once.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.with_name(f"{file.name}.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not file.exists():
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(file, timeout=BUSY_MILLISECONDS / 1000)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
