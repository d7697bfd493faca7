"""Direct: all rows or none, on disk, whatever befalls the file or the caller."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from gateway.database import sqlite
from gateway.database.direct import Direct

NOTES = Table("notes", MetaData(), Column("number", Integer, primary_key=True), Column("said", String(9)))


@pytest.fixture
async def direct(tmp_path: Path) -> AsyncIterator[Direct]:
    sqlite.make(tmp_path / "a?b.db")
    with closing(sqlite3.connect(tmp_path / "a?b.db")) as connection:
        connection.execute("CREATE TABLE notes (number INTEGER PRIMARY KEY, said TEXT)")
    made = Direct(tmp_path / "a?b.db")
    yield made
    await made.close()


def kept(folder: Path) -> list[tuple[int, str | None]]:
    with closing(sqlite3.connect(folder / "a?b.db")) as connection:
        return connection.execute("SELECT number, said FROM notes ORDER BY number").fetchall()


async def test_rows_are_there_for_others_once_they_are_inserted(direct: Direct, tmp_path: Path) -> None:
    await direct.insert(NOTES, [{"number": 1, "said": "a"}, {"number": 2, "said": None}])
    assert kept(tmp_path) == [(1, "a"), (2, None)]


async def test_all_rows_or_none(direct: Direct, tmp_path: Path) -> None:
    """Would catch: half of a batch in the journal, and its other half written again behind it."""
    with pytest.raises(sqlite3.IntegrityError):
        await direct.insert(NOTES, [{"number": 3, "said": "a"}, {"number": 3, "said": "b"}])
    await direct.insert(NOTES, [{"number": 4, "said": "c"}])
    assert kept(tmp_path) == [(4, "c")]


async def test_whoever_holds_the_file_is_waited_for_and_no_longer(direct: Direct, tmp_path: Path) -> None:
    """Would catch: a gateway that waits without end behind a copy that somebody makes of its file."""
    with closing(sqlite3.connect(tmp_path / "a?b.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await direct.insert(NOTES, [{"number": 5, "said": None}])
    await direct.insert(NOTES, [{"number": 6, "said": None}])
    assert kept(tmp_path) == [(6, None)]


async def test_a_file_that_is_gone_is_not_made_anew(direct: Direct, tmp_path: Path) -> None:
    """Would catch: a journal that goes on in an empty file, for everybody to read."""
    (tmp_path / "a?b.db").unlink()
    with pytest.raises(sqlite3.OperationalError):
        await direct.insert(NOTES, [{"number": 7, "said": None}])
    assert not (tmp_path / "a?b.db").exists()


async def test_who_goes_away_leaves_nothing_half_done(direct: Direct, tmp_path: Path) -> None:
    """Would catch: the next in line that looks for these rows, finds none, and writes them a second time."""
    with closing(sqlite3.connect(tmp_path / "a?b.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        going = asyncio.get_running_loop().create_task(direct.insert(NOTES, [{"number": 8, "said": None}]))
        await asyncio.sleep(0.05)
        for _ in range(3):
            going.cancel()
            await asyncio.sleep(0.02)
            assert not going.done()
        other.execute("ROLLBACK")
    with pytest.raises(asyncio.CancelledError):
        await going
    assert kept(tmp_path) == [(8, None)]
