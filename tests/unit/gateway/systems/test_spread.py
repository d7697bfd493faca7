"""Boards and stores that tell each other: the database, a real Redis, and what they do for one another."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from config.shared import Shared
from gateway.database import Database
from gateway.redis import Redis
from gateway.systems.board import Board
from gateway.systems.redis import NAME, RedisStates
from gateway.systems.spread import Spread
from gateway.systems.sql import SqlStates, system_states
from gateway.systems.store import Seal, States, StatesUnavailableError
from tests.fakes.databases import database_on
from tests.fakes.postgresql_server import PostgresqlServer
from tests.fakes.redis_server import redis_server
from tests.fakes.systems import Clock, Memory, stopped

SEAL = Seal(b"k" * 32)


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    await database.start()
    yield database
    await database.close()


@pytest_asyncio.fixture(params=["memory", "sqlite", "postgresql", "redis"])
async def store(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> AsyncIterator[States]:
    if request.param == "postgresql":
        server: PostgresqlServer = request.getfixturevalue("postgresql")
        with database_on(server) as name:
            shared = Database(server.url(name))
            yield SqlStates(shared, SEAL)
            await shared.close()
        return
    if request.param != "redis":
        yield Memory() if request.param == "memory" else SqlStates(database, SEAL)
        return
    with redis_server(tmp_path) as server:
        redis = Redis(Shared(redis_url=server.url, timeout_seconds=5))
        yield RedisStates(redis, SEAL)
        await redis.close()


async def test_a_store_keeps_what_follows_and_nothing_older(store: States) -> None:
    """Would catch: a gateway that was away, and writes its old state over a stop."""
    second = stopped(revision=2, stopped=False, reason=None)
    for state in (stopped(revision=1), second, stopped(revision=1), stopped("route:mistral")):
        await store.put(state)
    assert {state.target: state for state in await store.read()} == {
        "all": second,
        "route:mistral": stopped("route:mistral"),
    }


async def test_what_was_altered_in_a_store_is_not_believed(database: Database, tmp_path: Path) -> None:
    """Would catch: a stop lifted by whoever can write to the database, or to Redis."""
    sql = SqlStates(database, SEAL)
    await sql.put(stopped())
    async with database.engine.begin() as connection:
        await connection.execute(
            system_states.update().values(state=re.sub('"stopped": true', '"stopped": false', stopped().written()))
        )
    with pytest.raises(StatesUnavailableError):
        await sql.read()
    with redis_server(tmp_path) as server:
        redis = Redis(Shared(redis_url=server.url, timeout_seconds=5))
        shared = RedisStates(redis, SEAL)
        await shared.put(stopped())
        await redis._client.hset(f"ecluse:{NAME}", "all", "f" * 34 + " seal {}")
        with pytest.raises(StatesUnavailableError):
            await shared.read()
        await redis.close()


def spread(truth: States, news: States | None = None, seconds: float = 0.01) -> Spread:
    return Spread(Board(Clock()), truth, news, seconds)


async def test_a_restart_finds_what_was_stopped() -> None:
    truth = Memory({"all": stopped()})
    opening = spread(truth)
    await opening.start()
    assert opening.board.holding("all")


async def test_a_gateway_does_not_open_without_its_database() -> None:
    with pytest.raises(StatesUnavailableError):
        await spread(Memory(broken=True)).start()


async def test_gateways_with_databases_of_their_own_learn_from_redis() -> None:
    """Would catch: a stop that an emptied Redis, or a restart meanwhile, makes everybody forget."""
    news = Memory()
    one, two = spread(Memory(), news), spread(Memory(), news)
    await one.start()
    await two.start()
    async with one.running(), two.running():
        one.board.merge([stopped()])
        await eventually(two, "all")
        news.kept.clear()
        async with asyncio.timeout(60):
            while not news.kept:  # noqa: ASYNC110 - a store has no event for tests
                await asyncio.sleep(0.01)
    for gateway in (one, two):
        assert [state.target for state in await gateway.truth.read()] == ["all"]


async def test_a_store_that_cannot_be_read_changes_nothing_and_is_told() -> None:
    now = [0.0]
    truth, news = Memory(), Memory()
    gateway = Spread(Board(Clock()), truth, news, 0.01, clock=lambda: now[0])
    await gateway.start()
    gateway.board.merge([stopped()])
    await gateway.check()
    async with gateway.running():
        news.broken, now[0] = True, 10.0
        await asyncio.sleep(0.1)
        with pytest.raises(StatesUnavailableError):
            await gateway.check()
        assert gateway.board.holding("all")
        assert not await gateway.tell(stopped(revision=2))
        news.broken = False
        await checked(gateway)


async def checked(gateway: Spread) -> None:
    """Wait until what is stopped elsewhere is known again."""
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(StatesUnavailableError):
                return await gateway.check()
            await asyncio.sleep(0.01)


async def eventually(gateway: Spread, target: str) -> None:
    async with asyncio.timeout(60):
        while gateway.board.holding(target) is None:  # noqa: ASYNC110 - a board of another gateway, as it were
            await asyncio.sleep(0.01)
