"""`ecluse serve` as a process, with one worker and with several: how it ends, what a death or a replacement costs."""

import asyncio
import contextlib
import json
import os
import re
import signal
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from gateway.database import Database
from gateway.identity.sql import KeyRequest, SqlDirectory
from tests.fakes.openai_server import RecordingUpstream, Says, recording_upstream
from tests.fakes.redis_server import RedisServer, redis_server
from tests.fakes.serving import ASKED, SECONDS, Crowd, Serving, ask

pytestmark = [pytest.mark.xdist_group("workers"), pytest.mark.asyncio(loop_scope="module")]

ANSWER = "Bonjour à tous, voici le texte demandé, mot après mot, sans hâte."


class Ground(NamedTuple):
    """What every gateway of these tests stands on."""

    upstream: RecordingUpstream
    stuck: RecordingUpstream
    """A model whose streams begin and never end."""
    redis: RedisServer


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="module")
async def ground(redis: RedisServer) -> AsyncIterator[Ground]:
    async with recording_upstream() as upstream, recording_upstream() as stuck:
        yield Ground(upstream, stuck, redis)


async def prepared(folder: Path, ground: Ground, *, shared: bool = True, **server: float) -> Serving:
    """Write a configuration, and make a key."""
    shares = {"redis_url": ground.redis.url, "timeout_seconds": 2, "prefix": uuid.uuid4().hex}
    model: dict[str, Any] = {
        "model": "hosted_vllm/essai",
        "tier": "D1",
        "country": "FR",
        "system": {"name": "Essai", "version": "1", "supplier": "Inventé"},
        "retries": 0,
    }
    told = {
        "data_dir": str(folder / "data"),
        "server": {"drain_notice_seconds": 0, "drain_seconds": 20, **server},
        "masking": {"workers": 1, "timeout_seconds": 60},
        "quota": {"requests_per_minute": 100_000, "tokens_per_minute": 10_000_000},
        "shared": shares if shared else {},
        "routes": [
            model | {"id": "modele", "base_url": ground.upstream.url},
            model | {"id": "bloque", "base_url": ground.stuck.url},
        ],
    }
    file = folder / "ecluse.yaml"
    file.write_text(json.dumps(told), encoding="utf-8")  # JSON is YAML
    return Serving(file, await new_key(folder / "data" / "ecluse.db"))


@contextlib.asynccontextmanager
async def serving(folder: Path, ground: Ground, *words: str, **server: float) -> AsyncIterator[Serving]:
    """Serve until the end of the block, and leave a journal that is whole."""
    house = await prepared(folder, ground, **server)
    await house.start(*words)
    try:
        await house.opened(2 if "2" in words else 0)
        yield house
    finally:
        code = await house.end()
    assert code in {0, -signal.SIGTERM}, house.log.read_text("utf-8")
    assert "Journal intègre" in await house.said("audit", "verify")


async def new_key(file: Path) -> str:
    database = Database(f"sqlite+aiosqlite:///{file}")
    await database.start()
    key = (await SqlDirectory(database).create(KeyRequest("medecin", "cardiologie"))).reveal()
    await database.close()
    return key


async def listen(house: Serving, begun: asyncio.Event, route: str) -> list[str]:
    """Return the data of every event of a stream."""
    heard: list[str] = []
    asked = ASKED | {"stream": True, "model": f"reformulation@{route}"}
    async with house.http() as http, http.stream("POST", "/v1/chat/completions", json=asked) as come:
        async for line in come.aiter_lines():
            heard += [line.removeprefix("data: ")] if line else []
            begun.set()
    return heard


@contextlib.asynccontextmanager
async def listening(
    house: Serving, model: RecordingUpstream, route: str = "modele"
) -> AsyncIterator[asyncio.Task[list[str]]]:
    """Have somebody listen to a stream that the model holds in the middle."""
    model.forget()
    model.reply_with(Says(ANSWER, hold_after=6))
    async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as group:
        begun = asyncio.Event()
        heard = group.create_task(listen(house, begun, route))
        await begun.wait()
        await model.holding.wait()
        yield heard


async def gone(house: Serving) -> None:
    """Wait until nobody listens any more."""
    async with asyncio.timeout(SECONDS):
        with contextlib.suppress(OSError):
            while True:
                _, writer = await asyncio.open_connection("127.0.0.1", house.port)
                writer.close()
                await asyncio.sleep(0.05)


def endings(exported: str) -> list[str]:
    lines = [json.loads(line) for line in exported.splitlines() if line.startswith("{")]
    return [f"{line['ending']} {line['failure']}" for line in lines if line.get("ending")]


BOTH = pytest.mark.parametrize("words", [(), ("--workers", "2")], ids=["one", "two"])


@BOTH
async def test_readiness_turns_first_then_streams_end_or_are_cut_in_words(
    words: tuple[str, ...], ground: Ground, tmp_path: Path
) -> None:
    """Catches callers refused while a balancer still sends them, answers cut by an upgrade, records left open."""
    async with serving(tmp_path, ground, *words, drain_notice_seconds=4, drain_seconds=6) as house:
        async with listening(house, ground.upstream) as ends, listening(house, ground.stuck, "bloque") as does_not:
            house.process.send_signal(signal.SIGTERM)
            told = time.monotonic()
            async with asyncio.timeout(SECONDS):
                while await house.ready() != 503:  # noqa: ASYNC110 - asked over HTTP
                    await asyncio.sleep(0.02)
            ground.upstream.reply_with(Says(ANSWER))
            served = [await ask(house)]
            while "connection" not in served[-1].headers:  # a worker that had not heard of the end yet
                served.append(await ask(house))
            assert {answer.status_code for answer in served} == {200}
            assert served[-1].headers["connection"] == "close"
            assert words or len(served) == 1
            await gone(house)
            assert time.monotonic() - told >= 3.5
            assert not ends.done()
            ground.upstream.release()
        assert ends.result()[-1] == "[DONE]"
        last = json.loads(does_not.result()[-1])["error"]
        assert (last["code"], last["type"]) == ("passerelle_en_arret", "server_error")
        await house.end()
        assert sorted(endings(await house.said("audit", "export"))) == [
            *["answered None"] * (1 + len(served)),
            "failed GatewayLeavingError",
        ]


async def test_workers_are_replaced_without_a_lost_request_and_counted_as_one(ground: Ground, tmp_path: Path) -> None:
    """Catches a grown worker that takes its callers with it, a death that stops everybody, counts that a death takes.

    The limit is below what a worker holds when it opens, so that one is replaced at once, and the next a minute later.
    """
    ground.upstream.forget()
    ground.upstream.reply_with(Says(ANSWER))
    async with serving(tmp_path, ground, "--workers", "2", worker_memory_mb=64) as house:
        crowd = Crowd(house)
        await house.logged("ended", 1)
        first = await crowd.stop()
        assert set(first) == {200}
        assert len(house.workers()) == 3
        assert await counted(house) == {len(first)}
        os.kill(house.workers()[-1], signal.SIGKILL)
        after = [(await ask(house)).status_code for _ in range(5)]
        assert set(after) == {200}
        await house.logged("died", 1)
        await house.logged("open", 4)
        assert await counted(house) == {len(first) + len(after)}
        assert house.process.returncode is None


async def test_several_workers_without_redis_are_refused_in_words(ground: Ground, tmp_path: Path) -> None:
    """Catches a key that has as many quotas as there are workers."""
    house = await prepared(tmp_path, ground, shared=False)
    assert "comptent les quotas ensemble, dans Redis" in await house.said("serve", "--port", "0", "--workers", "2")


async def counted(house: Serving) -> set[int]:
    """Return how many requests were counted, as different workers say it."""
    said = set()
    for _ in range(6):
        async with house.http() as http:
            shown = (await http.get("/metrics")).text
        counts = re.findall(r"^ecluse_endings_total{ending=.answered.} (.*)$", shown, re.MULTILINE)
        said |= {int(float(count)) for count in counts}
    return said
