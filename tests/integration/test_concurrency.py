"""Gateways as processes that share what is in progress: callers who leave, a gateway and a Redis that are killed."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, NamedTuple

import httpx
import pytest
import pytest_asyncio

from config.loader import load_settings
from gateway.database import Database
from gateway.identity.sql import KeyKind, KeyRequest, SqlDirectory
from gateway.quota.leases import LEASE_SECONDS, RENEWAL_SECONDS
from tests.fakes.faults import opened, written
from tests.fakes.openai_server import Fails, RecordingUpstream, Says, recording_upstream
from tests.fakes.redis_server import RedisServer, redis_server
from tests.fakes.serving import ASKED, SECONDS, Serving

pytestmark = [pytest.mark.xdist_group("concurrency"), pytest.mark.asyncio(loop_scope="module")]

TOO_MANY = "demandes_simultanees"
SLACK = 30.0
"""Seconds that asking over HTTP may take on a machine that does something else."""


class Group(NamedTuple):
    """Two gateways on which a key may have one request in progress."""

    one: Serving
    two: Serving
    upstream: RecordingUpstream
    redis: RedisServer


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gateways(redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Group]:
    folder = tmp_path_factory.mktemp("group")
    async with recording_upstream() as upstream, AsyncExitStack() as stack:
        files = [
            written(
                folder,
                upstream.url,
                name,
                data_dir=str(folder / name),
                journal={"key_file": str(folder / "journal.key")},
                identity={"database_url": f"sqlite+aiosqlite:///{folder / 'keys.db'}"},
                quota={"requests_per_minute": 100_000, "tokens_per_minute": 100_000_000, "concurrent_requests": 1},
                shared={"redis_url": redis.url, "timeout_seconds": 2},
            )
            for name in ("one", "two")
        ]
        one, two = [await stack.enter_async_context(opened(file)) for file in files]
        yield Group(one, two, upstream, redis)


@pytest_asyncio.fixture(loop_scope="module")
async def group(gateways: Group) -> AsyncIterator[Group]:
    gateways.upstream.forget()
    yield gateways
    gateways.upstream.release()


async def new_key(group: Group, kind: KeyKind = KeyKind.TOOL) -> str:
    database = Database(load_settings(group.one.file).identity_database_url)
    await database.start()
    key = (await SqlDirectory(database).create(KeyRequest("medecin", "cardiologie", kind))).reveal()
    await database.close()
    return key


async def ask(house: Serving, key: str) -> httpx.Response:
    async with house.http() as http:
        return await http.post("/v1/chat/completions", json=ASKED, headers={"Authorization": f"Bearer {key}"})


def code(answer: httpx.Response) -> str:
    return "answered" if answer.status_code == 200 else str(answer.json()["error"]["code"])


async def until(house: Serving, key: str, wanted: str) -> float:
    """Return when a request was asked that ended as wanted."""
    async with asyncio.timeout(SECONDS):
        while True:
            asked = time.monotonic()
            if code(await ask(house, key)) == wanted:
                return asked
            await asyncio.sleep(0.1)


@asynccontextmanager
async def streaming(group: Group, house: Serving, key: str) -> AsyncIterator[AsyncIterator[str]]:
    """Have an answer in progress until `upstream.release`, or until the end of the block, where its caller leaves."""
    group.upstream.reply_with(Says("Bonjour à tous, voici le compte rendu.", hold_after=6))
    headers = {"Authorization": f"Bearer {key}"}
    body: dict[str, Any] = {**ASKED, "stream": True}
    async with (
        house.http() as http,
        http.stream("POST", "/v1/chat/completions", json=body, headers=headers) as answer,
    ):
        assert answer.status_code == 200
        lines = answer.aiter_lines()
        assert json.loads((await anext(lines)).removeprefix("data: "))["choices"]
        yield lines


async def test_what_is_in_progress_is_counted_for_both_however_long_it_lasts(group: Group) -> None:
    """Would catch: as many limits as there are gateways, or a long answer that is counted no more."""
    key = await new_key(group)
    async with streaming(group, group.one, key) as lines:
        refused = await ask(group.two, key)
        assert (refused.status_code, code(refused), refused.headers["retry-after"]) == (429, TOO_MANY, "5")
        assert refused.json()["error"]["message"].startswith(
            "Trop de demandes de cette clé attendent déjà une réponse."
        )
        assert code(await ask(group.one, key)) == TOO_MANY
        assert code(await ask(group.two, await new_key(group))) == "answered"
        await asyncio.sleep(LEASE_SECONDS + 2)
        assert code(await ask(group.two, key)) == TOO_MANY
        group.upstream.release()
        assert [line async for line in lines if line][-1] == "data: [DONE]"
    assert code(await ask(group.two, key)) == "answered"


async def test_a_caller_who_leaves_in_mid_stream_gives_the_place_back(group: Group) -> None:
    """Would catch: a clinician who closes a window, and is told to wait for it."""
    key = await new_key(group)
    async with streaming(group, group.one, key):
        assert code(await ask(group.two, key)) == TOO_MANY
    left = time.monotonic()
    # A lease that nobody gives back lasts longer.
    assert await until(group.two, key, "answered") - left < LEASE_SECONDS - RENEWAL_SECONDS


@pytest.mark.parametrize(
    "script", [Fails(500), Says("Bonjour."), Says("Bonjour.", cut_after=1)], ids=["fails", "whole", "cut"]
)
@pytest.mark.parametrize("stream", [False, True])
async def test_every_other_end_gives_the_place_back(group: Group, script: Any, *, stream: bool) -> None:
    key = await new_key(group)
    group.upstream.reply_with(script)
    for house in (group.one, group.two, group.one):
        async with house.http() as http:
            body = {**ASKED, "stream": stream}
            answer = await http.post("/v1/chat/completions", json=body, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code in {200, 502, 503}


async def test_a_gateway_killed_in_mid_stream_holds_its_places_for_a_while_only(group: Group) -> None:
    """Would catch: a key that is refused until somebody empties Redis by hand."""
    key = await new_key(group)
    async with streaming(group, group.one, key):
        group.one.process.kill()
        await group.one.process.wait()
        killed = time.monotonic()
        assert code(await ask(group.two, key)) == TOO_MANY
        assert await until(group.two, key, "answered") - killed < LEASE_SECONDS + SLACK
    await group.one.start()
    await group.one.opened()
    assert code(await ask(group.one, key)) == "answered"


async def test_redis_killed_and_emptied_is_told_what_is_in_progress(group: Group) -> None:
    """Would catch: a limit that is doubled for as long as answers last; a clinician who waits for a counter."""
    tool, clinician = await new_key(group), await new_key(group, KeyKind.CLINICIAN)
    async with streaming(group, group.one, tool) as lines:
        group.redis.kill()
        try:
            assert await until(group.two, tool, "quota_indisponible")
            assert code(await ask(group.two, clinician)) == "answered"
        finally:
            group.redis.start()
        back = time.monotonic()
        assert await until(group.two, tool, TOO_MANY) - back < RENEWAL_SECONDS + SLACK
        group.upstream.release()
        assert [line async for line in lines if line][-1] == "data: [DONE]"
    assert code(await ask(group.two, tool)) == "answered"
    assert code(await ask(group.one, clinician)) == "answered"


async def test_a_redis_that_hung_refuses_no_clinician_once_it_is_back(group: Group) -> None:
    """Would catch: places taken for those who were let through uncounted, and never given back."""
    key = await new_key(group, KeyKind.CLINICIAN)
    with group.redis.paused():
        assert [code(await ask(group.two, key)) for _ in range(3)] == ["answered"] * 3
    back = time.monotonic()
    # A place that is never given back is free again when its lease ends.
    assert await until(group.two, key, "answered") - back < LEASE_SECONDS - 1
    async with asyncio.timeout(SECONDS):
        while code(await ask(group.one, key)) != "answered":  # noqa: ASYNC110 - asked over HTTP
            await asyncio.sleep(0.1)
