"""Two gateways on a real Redis whose files differ: each says so to whoever watches, and refuses nothing for it."""

# ruff: noqa: ASYNC110 - what is waited for happens in another gateway, or behind HTTP

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from config.charter import SHIPPED, CharterFile
from config.journal import Journal
from config.settings import Settings
from config.shared import Shared
from gateway.announcing import announcing
from gateway.replicas.watch import ReplicaWatch
from tests.fakes.house import House, open_house, settings_for
from tests.fakes.openai_server import recording_upstream
from tests.fakes.outbound import write_policy
from tests.fakes.redis_server import RedisServer, redis_server

pytestmark = [pytest.mark.xdist_group("replicas"), pytest.mark.asyncio(loop_scope="module")]

ASKED = {"model": "reformulation", "messages": [{"role": "user", "content": "Corrige : la réunion ce tiendra mardi."}]}
DIFFERING = 'ecluse_replicas_differing{{what="{}"}}'


class Pair(NamedTuple):
    """What a test needs."""

    one: House
    two: House
    redis: RedisServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Pair]:
    async with AsyncExitStack() as stack:
        upstream = await stack.enter_async_context(recording_upstream())
        key = tmp_path_factory.mktemp("shared") / "journal.key"
        houses = []
        for name in ("one", "two"):
            folder = tmp_path_factory.mktemp(name)
            file = folder / "charte.yaml"
            file.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
            settings = settings_for(
                folder / "data",
                upstream.url,
                journal=Journal(key_file=key),
                charter=CharterFile(file=file),
                shared=Shared(redis_url=server.url, timeout_seconds=2, pause_seconds=0.1),
            )
            houses.append(await stack.enter_async_context(open_house(settings)))
        yield Pair(houses[0], houses[1], server)


async def measured(house: House) -> dict[str, float]:
    async with house.http(None) as http:
        rows = (await http.get("/metrics")).text.splitlines()
    pairs = (row.rpartition(" ") for row in rows if row.startswith("ecluse_replicas"))
    return {name: float(value) for name, _, value in pairs}


async def until(house: House, *, seen: int = 2, charter: int = 0, policy: int = 0) -> None:
    """Wait until this gateway measures so many processes, and so many with another charter or policy."""
    wanted = {"ecluse_replicas": seen, DIFFERING.format("charter"): charter, DIFFERING.format("policy"): policy}
    async with asyncio.timeout(60):
        while await measured(house) != wanted:
            await asyncio.sleep(0.2)


def told(house: House) -> dict[str, Any]:
    """Return the last line that the technical log has of the others."""
    return [line for line in house.lines.written if line["event"] == "replicas"][-1]


async def status(house: House) -> int:
    async with house.http() as http:
        return (await http.post("/v1/chat/completions", json=ASKED)).status_code


def deploy(settings: Settings, old: str, new: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    settings.charter.file.write_text(text.replace(old, new, 1), encoding="utf-8")


async def test_a_charter_deployed_on_one_of_two_is_told_by_both(pair: Pair) -> None:
    """Catches a gateway that goes on under the old charter, and nobody sees it."""
    await until(pair.one)
    assert told(pair.one)["result"] == "alike"
    deploy(pair.two.settings, 'version: "2026-11-23"', 'version: "2027-01-01"')
    for house in (pair.one, pair.two):
        await until(house, charter=1)
    line = told(pair.one)
    assert (line["result"], line["seen"]) == ("differing", 2)
    assert line["charter"].startswith("2026-11-23 ")
    assert [one.partition(": ")[2].split()[0] for one in line["other_charters"]] == ["2027-01-01"]
    assert [await status(house) for house in (pair.one, pair.two)] == [200, 200]
    deploy(pair.one.settings, 'version: "2026-11-23"', 'version: "2027-01-01"')
    for house in (pair.one, pair.two):
        await until(house)
    assert told(pair.one)["result"] == "alike"


async def test_a_policy_applied_on_one_of_two_is_told(pair: Pair) -> None:
    folders = [house.settings.outbound_folder for house in (pair.one, pair.two)]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    write_policy(folders[0])
    for house in (pair.one, pair.two):
        await until(house, policy=1)
    assert [one.partition(": ")[2] for one in told(pair.one)["other_policies"]] == ["none"]
    write_policy(folders[1])
    for house in (pair.one, pair.two):
        await until(house)


async def test_a_redis_that_comes_back_empty_refuses_nothing_and_is_told(pair: Pair) -> None:
    """Catches an emptied Redis that makes two gateways say that they serve alone."""
    await until(pair.one)
    before = len(pair.one.lines.written)
    pair.redis.kill()
    pair.redis.start()
    async with asyncio.timeout(60):
        while "unknown" not in [line.get("result") for line in pair.one.lines.written[before:]]:
            await asyncio.sleep(0.1)
    for house in (pair.one, pair.two):
        await until(house)
        assert await status(house) == 200


async def test_one_that_leaves_is_counted_no_more(pair: Pair) -> None:
    """Catches a rolling upgrade that leaves a trail of gateways with an old charter."""
    async with announcing(lambda: pair.two.services, 9999, pair.two.lines, seconds=0.1) as third:
        assert isinstance(third, ReplicaWatch)
        await until(pair.one, seen=3)
    # At once, without waiting for its announcement to end.
    heard = await third.announcements.read()
    assert sorted(one.gateway.rpartition(":")[2] for one in heard) == ["8080", "8080"]
    await until(pair.one)


async def test_a_gateway_without_redis_says_nothing_of_others(pair: Pair, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, "http://127.0.0.1:9/v1")
    del pair
    async with open_house(settings) as alone:
        assert await measured(alone) == {}
        async with alone.http(None) as http:
            shown = (await http.get("/metrics")).text
        assert 'ecluse_hds_certificate_expiry_timestamp_seconds{route="certifie"}' in shown
        assert 'ecluse_hds_certificate_expiry_timestamp_seconds{route="modele"}' not in shown
        assert "replicas" not in [line["event"] for line in alone.lines.written]
