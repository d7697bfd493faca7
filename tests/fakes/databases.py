"""Databases of the tests: a file of the test's folder, or a PostgreSQL where the test runs on both."""

import asyncio
import contextlib
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import text

from gateway.database import Database
from tests.fakes.postgresql_server import PostgresqlServer

TEMPLATE = "ecluse_template"
_ADDRESS = "postgresql-url"


def url_in(folder: Path, name: str = "ecluse.db") -> str:
    """Return the address of the test's database: the one on PostgreSQL where there is one for this folder."""
    address = folder / _ADDRESS
    return address.read_text("ascii") if address.exists() else f"sqlite+aiosqlite:///{folder / name}"


async def execute(database: Database, *statements: str) -> None:
    """Do to a database what whoever can write to it could."""
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


def make_template(server: PostgresqlServer) -> None:
    """Make the database that those of the tests are copies of, by migrating an empty one."""
    server.execute(f"CREATE DATABASE {TEMPLATE}")

    async def migrate() -> None:
        database = Database(server.url(TEMPLATE))
        await database.start()
        await database.close()

    # In a thread: the first test to ask may be an asynchronous one, whose loop already runs in this one.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, migrate()).result()


@contextlib.contextmanager
def database_on(server: PostgresqlServer, template: str = TEMPLATE) -> Iterator[str]:
    """Give a database of one's own, and return its name."""
    name = f"test_{secrets.token_hex(6)}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield name
    finally:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def on_postgresql(server: PostgresqlServer, folder: Path) -> Iterator[None]:
    """Have `url_in(folder)` be a database of one's own on a server."""
    with database_on(server) as name:
        (folder / _ADDRESS).write_text(server.url(name), encoding="ascii")
        yield
