"""Two gateways that share PostgreSQL and Redis, under load: each of the four is killed, and the stores run out."""

import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from gateway.audit.event import Ending
from tests.fakes.account import account
from tests.fakes.faults import full, opened, small_disk, written
from tests.fakes.openai_replies import Script, chunks, echo
from tests.fakes.openai_server import Pieces, RecordingUpstream, Says, recording_upstream
from tests.fakes.postgresql_server import PostgresqlServer, postgresql_server
from tests.fakes.redis_server import RedisServer, redis_server
from tests.fakes.serving import Serving

pytestmark = [pytest.mark.xdist_group("faults-replicas"), pytest.mark.asyncio(loop_scope="module")]

ROLE = "ecluse"
UNRECORDED = {"journal_indisponible", "marquage_indisponible", "cle_inconnue"}
"""What callers hear while PostgreSQL is away, which has the keys too."""

PEOPLE = 4


class Group(NamedTuple):
    """What the tests stand on."""

    houses: tuple[Serving, Serving]
    upstream: RecordingUpstream
    postgresql: PostgresqlServer
    redis: RedisServer
    disk: Path


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    with small_disk(256) as folder:
        yield folder


@pytest.fixture(scope="module")
def postgresql(disk: Path) -> Iterator[PostgresqlServer]:
    with postgresql_server(disk) as server:
        server.execute(f"CREATE ROLE {ROLE} LOGIN", f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        yield server


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def group(
    postgresql: PostgresqlServer, redis: RedisServer, disk: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Group]:
    sections: dict[str, Any] = {
        "journal": {"database_url": f"postgresql+psycopg://{ROLE}@127.0.0.1:{postgresql.port}/{ROLE}"},
        "shared": {"redis_url": redis.url, "timeout_seconds": 2},
    }
    folder = tmp_path_factory.mktemp("group")
    async with recording_upstream() as upstream, contextlib.AsyncExitStack() as stack:
        files = [written(folder, upstream.url, name, **sections) for name in ("one", "two")]
        one, two = [await stack.enter_async_context(opened(file)) for file in files]
        yield Group((one, two), upstream, postgresql, redis, disk)


def slowly(body: Any) -> Script:
    """Give back what was said, over a second or two where it is streamed."""
    said = echo(body)
    if not body.get("stream") or not isinstance(said, Says):
        return said
    events = [json.dumps(chunk) for chunk in chunks(Says(said.text, piece=20, usage_always=True), body)]
    return Pieces([f"data: {event}\n\n".encode() for event in (*events, "[DONE]")], pause=0.06)


async def test_a_gateway_killed_in_mid_stream_loses_its_own_answers_only(group: Group) -> None:
    """Would catch: half an answer with an end, an answer that nobody recorded, a chain that stays open or forks."""
    callers = await account(group.houses, group.upstream)
    group.upstream.reply_with(slowly)
    victim, other = group.houses
    async with callers.crowd(2 * PEOPLE):
        await callers.until(lambda heard: sum(one.streamed for one in heard) > PEOPLE)
        await callers.midway(house=0)
        victim.process.kill()
        await victim.process.wait()
        await callers.until(lambda heard: sum(one.answered for one in heard) > PEOPLE)
    lost = [heard for heard in callers.heard if heard.code == "broken"]
    assert any(heard.streamed and heard.events and "[DONE]" not in heard.events for heard in lost)
    assert {heard.code for heard in callers.heard} == {"answered", "broken"}
    alone = await account([other], group.upstream)
    group.upstream.reply_with(echo)
    assert (await alone.ask()).answered
    await victim.start()
    await victim.opened()
    await callers.answers_again()
    recorded = await callers.balanced(breaks=True, open_records=PEOPLE)
    assert Ending.INTERRUPTED in {line.ending for line in recorded}


async def test_redis_killed_and_emptied_gives_each_key_one_minute_more(group: Group) -> None:
    """Would catch: a quota of each gateway's own while Redis is away, and a key that goes uncounted for ever after."""
    callers = await account(group.houses, group.upstream, allowance=10)
    async with callers.crowd(PEOPLE, streams=False):
        await callers.until(lambda heard: any(one.code == "quota_depasse" for one in heard))
        group.redis.kill()
        await callers.until(lambda heard: sum(one.code == "quota_indisponible" for one in heard) > PEOPLE)
        group.redis.start()
        await callers.until(lambda heard: heard[-1:] != [] and heard[-1].code == "quota_depasse")
        with group.redis.paused():
            await callers.until(lambda heard: sum(one.code == "quota_indisponible" for one in heard) > PEOPLE)
        await callers.until(lambda heard: heard[-1:] != [] and heard[-1].code == "quota_depasse")
    assert {heard.code for heard in callers.heard} == {"answered", "quota_depasse", "quota_indisponible"}
    await callers.balanced(refills=1)


async def away(group: Group, fault: contextlib.AbstractContextManager[None]) -> None:
    """Have PostgreSQL fail while people ask of both gateways: nobody is answered unrecorded, and it ends."""
    callers = await account(group.houses, group.upstream)
    group.upstream.reply_with(Says("Bonjour à tous."))
    async with callers.crowd(PEOPLE):
        await callers.until(lambda heard: len(heard) > PEOPLE)
        with fault:
            await callers.until(lambda heard: sum(one.code in UNRECORDED for one in heard) > PEOPLE)
    assert {heard.code for heard in callers.heard} <= {"answered", *UNRECORDED}
    await callers.answers_again()
    await callers.balanced(open_records=2 * PEOPLE)


@contextlib.contextmanager
def killed(server: PostgresqlServer) -> Iterator[None]:
    server.kill()
    try:
        yield
    finally:
        server.start()


@contextlib.contextmanager
def no_connections(server: PostgresqlServer) -> Iterator[None]:
    server.execute(
        f"ALTER ROLE {ROLE} CONNECTION LIMIT 0",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{ROLE}'",  # noqa: S608
    )
    try:
        yield
    finally:
        server.execute(f"ALTER ROLE {ROLE} CONNECTION LIMIT -1")


async def test_postgresql_killed_in_mid_commit(group: Group) -> None:
    """Would catch: an answer whose line was on its way to a disk, and is not there."""
    await away(group, killed(group.postgresql))


async def test_postgresql_without_a_free_connection(group: Group) -> None:
    """Would catch: requests that wait for their turn on a full server, one behind the other, without end."""
    await away(group, no_connections(group.postgresql))


async def test_postgresql_without_room(group: Group) -> None:
    """Would catch: a disk that fills up at night, and a journal that is never written again once there is room."""
    await away(group, full(group.disk))
