"""SQLite: a file that survives a power cut, readable by its owner only, made by whoever comes first."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

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


def engine(url: URL) -> AsyncEngine:
    """Return an engine of a file; nothing is opened yet."""
    made = create_async_engine(url, hide_parameters=True)
    event.listen(made.sync_engine, "connect", _prepare)
    return made


def connect(file: Path) -> sqlite3.Connection:
    """Return a connection to a file that exists, for whoever begins and ends transactions alone; for any one thread."""
    made = sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, isolation_level=None, check_same_thread=False)
    try:
        _prepare(made, None)
    except BaseException:
        made.close()
        raise
    return made


@contextmanager
def turn(file: Path) -> Iterator[None]:
    """Have processes that start together take turns. Blocks while another has its own."""
    with file.with_name(f"{file.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(file: Path) -> None:
    """Create the database's file in WAL mode, which it keeps.

    In turns, since SQLite does not wait when two processes change the mode at once.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with turn(file):
        if not file.exists():
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(file, timeout=BUSY_MILLISECONDS / 1000)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own type
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
