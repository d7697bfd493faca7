"""An engine and what is asked of it, in the words of either kind of database."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Table, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gateway.database import sqlite
from gateway.database.direct import Direct, Rows
from gateway.database.migrating import bring, pending

UNAVAILABLE: Final = (SQLAlchemyError, sqlite3.Error, OSError)
"""What a database raises when it cannot do its work."""

_TURN: Final = 0x6563_6C75_7365
"""Names the advisory lock of whoever migrates: `ecluse`, in bytes."""

_WRITABLE: Final = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean"


class Database:
    """An engine and its tables. Nothing is opened before `start`; errors are SQLAlchemy's, each store has its own."""

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's: `sqlite+aiosqlite:///data/ecluse.db` or `postgresql+psycopg://ecluse@host/ecluse`."""
        self._url = make_url(url)
        self._embedded = self._url.get_backend_name() == "sqlite"
        self._direct = Direct(self.file) if self.file is not None else None
        self.engine: AsyncEngine
        self.unhurried: AsyncEngine
        """For reports, purges and migrations, which may take longer than a request can wait."""
        if self._embedded:
            self.engine = self.unhurried = sqlite.engine(self._url)
            return
        from gateway.database import postgresql  # noqa: PLC0415  psycopg is long to load, and seldom needed

        self.engine, self.unhurried = postgresql.engine(self._url), postgresql.unhurried(self._url)

    @property
    def file(self) -> Path | None:
        """Return the database's file; None where it is a server or lives in memory."""
        name = self._url.database
        return Path(name) if self._embedded and name and name != ":memory:" else None

    @property
    def shared(self) -> bool:
        """Return whether gateways of other machines may write here too."""
        return not self._embedded

    async def pending(self) -> tuple[str, ...]:
        """Return the migrations to come; raises `DatabaseAheadError` where this version is too old. Makes nothing."""
        if self.file is not None and not self.file.exists():
            return pending(None)
        async with self.engine.connect() as connection:
            return await connection.run_sync(pending)

    async def start(self) -> None:
        """Create the file, readable by its owner only, and bring the tables up to date; one process at a time."""
        if self.file is not None:
            await asyncio.to_thread(sqlite.make, self.file)
        if not await self.pending():
            return
        with ExitStack() as stack:
            if self.file is not None:
                await asyncio.to_thread(stack.enter_context, sqlite.turn(self.file))
            async with self.unhurried.begin() as connection:
                if self._embedded:
                    await connection.exec_driver_sql("BEGIN IMMEDIATE")
                else:
                    await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
                await connection.run_sync(bring)

    async def insert(self, table: Table, rows: Rows) -> None:
        """Insert rows of the same columns in a transaction of their own, durably."""
        if self._direct is not None:
            await self._direct.insert(table, rows)
            return
        async with self.engine.begin() as connection:
            await connection.execute(insert(table), rows)

    async def check_writable(self) -> None:
        """Raise unless a write could begin now; nothing is written."""
        async with self.engine.connect() as connection:
            if self._embedded:
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
            elif (await connection.exec_driver_sql(_WRITABLE)).scalar_one():
                raise OSError("the database takes no writes")
            await connection.rollback()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Read one picture of everything, whatever is written or purged meanwhile."""
        async with self.unhurried.connect() as connection:
            if self._embedded:
                await connection.exec_driver_sql("BEGIN")
            else:
                _ = await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        if self._direct is not None:
            await self._direct.close()
        await self.engine.dispose()
        await self.unhurried.dispose()
