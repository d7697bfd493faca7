"""Manifests are kept durably before an answer leaves, or it does not leave."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.database import Database
from gateway.errors import ProvenanceUnavailableError
from gateway.provenance.sql import SqlOutputs
from tests.fakes.databases import url_in


@pytest.fixture
async def database(tmp_path: Path, engine: str) -> AsyncIterator[Database]:
    del engine
    opened = Database(url_in(tmp_path))
    await opened.start()
    yield opened
    await opened.close()


def manifest(name: str, issued: str = "2026-11-23T12:00:00Z") -> dict[str, str]:
    return {"output_id": name, "issued": issued, "system": "Modèle d’IA"}


async def test_what_was_kept_is_found(database: Database) -> None:
    await SqlOutputs(database).keep(manifest("a"))
    other = SqlOutputs(database)
    assert await other.find("a") == manifest("a")
    assert await other.find("b") is None
    assert await other.find("\0") is None


async def test_many_at_once(database: Database) -> None:
    outputs = SqlOutputs(database)
    names = [f"out_{number}" for number in range(200)]
    await asyncio.gather(*(outputs.keep(manifest(name)) for name in names))
    assert [await outputs.find(name) for name in names] == [manifest(name) for name in names]


@pytest.mark.parametrize("turns", range(12))
async def test_a_caller_who_leaves_takes_nobody_along(database: Database, turns: int) -> None:
    """The bug caught: the first in line writes for all; if it is cancelled, the others must still be kept, once."""
    outputs = SqlOutputs(database)
    async with asyncio.TaskGroup() as group:
        first = group.create_task(outputs.keep(manifest("first")))
        others = [group.create_task(outputs.keep(manifest(f"out_{number}"))) for number in range(5)]
        for _ in range(turns):
            await asyncio.sleep(0)
        first.cancel()
    assert all(other.done() for other in others)
    assert [await outputs.find(f"out_{number}") for number in range(5)] == [manifest(f"out_{n}") for n in range(5)]


async def test_a_database_that_fails(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/nowhere/ecluse.db")
    outputs = SqlOutputs(database)
    with pytest.raises(ProvenanceUnavailableError):
        await outputs.keep(manifest("a"))
    with pytest.raises(ProvenanceUnavailableError):
        await outputs.find("a")
    with pytest.raises(ProvenanceUnavailableError):
        await outputs.purge(dt.datetime.now(dt.UTC))
    await database.close()


async def test_old_manifests_are_forgotten(database: Database) -> None:
    outputs = SqlOutputs(database)
    await outputs.keep(manifest("old", "2026-01-01T00:00:00Z"))
    await outputs.keep(manifest("new", "2026-06-01T00:00:00Z"))
    assert await outputs.purge(dt.datetime(2026, 6, 1, tzinfo=dt.UTC)) == 1
    assert await outputs.find("old") is None
    assert await outputs.find("new") is not None
