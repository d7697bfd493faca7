"""Rows into SQLite in one transaction, by one hop to a thread of its own.

An asynchronous driver hops for each step of a transaction, which costs several times what SQLite itself takes; the
journal and the manifests do nothing else than this, three times a request.

Fails closed: what is raised, `sqlite3.Error` or OSError, leaves none of the rows, or, where the commit itself failed,
nobody knows which; the connection is opened anew for the next ones.
"""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from gateway.database import sqlite

Rows = Sequence[Mapping[str, str | int | None]]


class Direct:
    """One connection to a file, used by one thread."""

    def __init__(self, file: Path) -> None:
        """Nothing is opened before the first rows."""
        self._file = file
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._connection: sqlite3.Connection | None = None

    async def insert(self, table: Table, rows: Rows) -> None:
        """Insert rows of the same columns, durably. Cancelled meanwhile, it ends first, written or not."""
        written = asyncio.get_running_loop().run_in_executor(self._thread, self._insert, table, rows)
        try:
            await asyncio.shield(written)
        except asyncio.CancelledError:
            # Whoever inserts next may look first for what this one has left. A server that ends a stream cancels it
            # again and again until it is gone.
            while not written.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait((written,))
            written.exception()
            raise

    async def close(self) -> None:
        """Close the connection; the next rows open another."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)

    def _insert(self, table: Table, rows: Rows) -> None:
        statement = _statement(table, tuple(rows[0]))
        if self._connection is None:
            self._connection = sqlite.connect(self._file)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except BaseException:
            self._disconnect()
            raise

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # Closing rolls back what has not been committed.
            with suppress(sqlite3.Error):
                connection.close()


@lru_cache
def _statement(table: Table, columns: tuple[str, ...]) -> str:
    dialect: Any = SQLiteDialect_pysqlite(paramstyle="named")
    return str(insert(table).compile(dialect=dialect, column_keys=list(columns)))
