"""Two gateways with databases of their own that share a real Redis: quotas and the kill switch, whatever befalls it."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import openai
import pytest
import pytest_asyncio

from config.journal import Journal
from config.quota import Allowance
from config.shared import Shared
from gateway.database import Database
from gateway.identity.sql import KeyKind, KeyRequest, SqlDirectory
from tests.fakes.house import House, open_house, route, settings_for
from tests.fakes.openai_server import RecordingUpstream, Says, recording_upstream
from tests.fakes.redis_server import RedisServer, redis_server

pytestmark = [pytest.mark.xdist_group("replicas"), pytest.mark.asyncio(loop_scope="module")]

ASKED: dict[str, Any] = {"model": "reformulation@modele", "messages": [{"role": "user", "content": "Bonjour à tous."}]}
WITHIN = 60.0
"""Seconds: the promise is one, on a machine that does nothing else. A stop that nobody spreads never comes."""


class Replicas(NamedTuple):
    """What a test needs."""

    one: House
    two: House
    redis: RedisServer
    upstream: RecordingUpstream
    clinician: str
    """A key of the second gateway, of a person in a chat."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def replicas(server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Replicas]:
    async with AsyncExitStack() as stack:
        upstream = await stack.enter_async_context(recording_upstream())
        key = tmp_path_factory.mktemp("shared") / "journal.key"
        keys = f"sqlite+aiosqlite:///{key.with_name('keys.db')}"
        houses = []
        for name in ("one", "two"):
            settings = settings_for(
                tmp_path_factory.mktemp(name),
                upstream.url,
                routes=(
                    route(upstream.url, fallbacks=("secours",)),
                    route(upstream.url, id="secours"),
                    route(upstream.url, id="seule"),
                ),
                journal=Journal(key_file=key),
                identity={"database_url": keys},
                quota=Allowance(requests_per_minute=10_000, tokens_per_minute=10_000_000),
                shared=Shared(redis_url=server.url, timeout_seconds=2, pause_seconds=5),
            )
            houses.append(await stack.enter_async_context(open_house(settings)))
        yield Replicas(houses[0], houses[1], server, upstream, await new_key(houses[1], KeyKind.CLINICIAN))


@pytest_asyncio.fixture(loop_scope="module")
async def pair(replicas: Replicas) -> AsyncIterator[Replicas]:
    """Give both gateways with nothing stopped, and Redis up."""
    replicas.upstream.forget()
    yield replicas
    replicas.upstream.forget()
    async with asyncio.timeout(WITHIN):
        while any(house.services.systems.board.holding(id_) for house in replicas[:2] for id_ in held(house)):
            for target in held(replicas.one) | held(replicas.two):
                await switch(replicas.one, target, "resume")
            await asyncio.sleep(0.2)
        await healthy(replicas)


def held(house: House) -> set[str]:
    board = house.services.systems.board
    return {id_ for id_ in board.states if board.holding(id_)}


async def healthy(replicas: Replicas) -> None:
    for house in replicas[:2]:
        while (await ready(house))["status"] != "ok":  # noqa: ASYNC110 - asked over HTTP
            await asyncio.sleep(0.1)


async def new_key(house: House, kind: KeyKind, requests: int | None = None) -> str:
    database = Database(house.settings.identity_database_url)
    await database.start()
    request = KeyRequest("medecin", "cardiologie", kind, requests_per_minute=requests)
    key = (await SqlDirectory(database).create(request)).reveal()
    await database.close()
    return key


async def ready(house: House) -> Any:
    house.services.readiness.forget()
    async with house.http(None) as http:
        return (await http.get("/readyz")).json()


async def switch(house: House, target: str, what: str = "stop", **body: Any) -> Any:
    wanted = ({"reason": "incident_securite"} | body) if what == "stop" else None
    async with house.http("dsi") as http:
        answer = await http.post(f"/v1/systems/{target}/{what}", json=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def ask(house: House, key: str | None = None, model: str = "reformulation@modele") -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with house.http() as http:
        return await http.post("/v1/chat/completions", json={**ASKED, "model": model}, headers=headers)


def code(answer: httpx.Response) -> str:
    return "answered" if answer.status_code == 200 else str(answer.json()["error"]["code"])


async def until(house: House, wanted: str, model: str = "reformulation@modele") -> None:
    """Wait until a request ends as wanted."""
    async with asyncio.timeout(WITHIN):
        while code(await ask(house, model=model)) != wanted:  # noqa: ASYNC110 - asked over HTTP
            await asyncio.sleep(0.02)


async def within(house: House, wanted: set[str]) -> None:
    """Wait until this gateway knows what is stopped; how long a request takes on a busy machine is another matter."""
    async with asyncio.timeout(WITHIN):
        while held(house) != wanted:  # noqa: ASYNC110 - a board has no event for tests
            await asyncio.sleep(0.01)


async def test_a_stop_on_one_refuses_and_cuts_on_the_other(pair: Replicas) -> None:
    """Catches a switch that stops the replica that the operator happened to reach, and no other."""
    assert code(await ask(pair.two)) == "answered"
    pair.upstream.reply_with(Says("Bonjour à tous, voici le compte rendu.", hold_after=6))
    stream = await pair.two.openai().chat.completions.create(**ASKED, stream=True)
    await anext(stream)
    await pair.upstream.holding.wait()
    assert (await switch(pair.one, "all"))["told"]
    with pytest.raises(openai.APIError) as caught:
        async for _ in stream:
            pass
    assert caught.value.code == "systeme_arrete"
    assert code(await ask(pair.two)) == "systeme_arrete"
    pair.upstream.forget()
    await switch(pair.two, "all", "resume")
    await within(pair.one, set())
    assert code(await ask(pair.one)) == "answered"


async def test_a_stopped_route_is_served_by_its_fallback_everywhere(pair: Replicas) -> None:
    await switch(pair.one, "route:modele")
    await within(pair.two, {"route:modele"})
    assert code(await ask(pair.two)) == "answered"
    await switch(pair.one, "route:secours")
    await within(pair.two, {"route:modele", "route:secours"})
    assert code(await ask(pair.two)) == "systeme_arrete"
    assert code(await ask(pair.two, model="reformulation@seule")) == "answered"


async def test_a_quota_is_one_for_both(pair: Replicas) -> None:
    """Catches a key that has as many quotas as there are replicas."""
    key = await new_key(pair.one, KeyKind.TOOL, requests=5)
    found = [code(await ask(house, key)) for _ in range(4) for house in pair[:2]]
    assert found.count("answered") == 5
    assert set(found) == {"answered", "quota_depasse"}


async def test_redis_paused_refuses_tools_lets_clinicians_through_and_delays_nobody(pair: Replicas) -> None:
    """Catches seconds added to each request by a Redis that hangs, and a ward stopped by a counter."""
    await ask(pair.two)
    with pair.redis.paused():
        first = [await ask(pair.two), await ask(pair.two, pair.clinician)]
        # Each would wait two seconds, twice, were a Redis that hangs asked each time.
        began = time.monotonic()
        tools = [code(await ask(pair.two)) for _ in range(5)]
        clinicians = [code(await ask(pair.two, pair.clinician)) for _ in range(5)]
        spent = time.monotonic() - began
        async with pair.two.http(None) as http:
            counted = (await http.get("/metrics")).text
    assert code(first[0]) == "quota_indisponible"
    assert (set(tools), set(clinicians)) == ({"quota_indisponible"}, {"answered"})
    assert spent < 20
    uncounted = next(line for line in counted.splitlines() if line.startswith("ecluse_quota_uncounted_requests_total"))
    assert float(uncounted.rpartition(" ")[2]) >= 5
    await until(pair.two, "answered")


async def test_redis_killed_and_emptied_forgets_no_stop(pair: Replicas) -> None:
    """Catches a stop that ends because a cache was restarted."""
    await switch(pair.one, "route:seule")
    await within(pair.two, {"route:seule"})
    pair.redis.kill()
    assert code(await ask(pair.two, pair.clinician, "reformulation@seule")) == "systeme_arrete"
    await asyncio.sleep(4)
    found = await ready(pair.two)
    assert (found["status"], found["checks"]["systems"], found["checks"]["redis"]) == ("degraded",) * 3
    # While Redis is away a stop holds where it was asked for, and the operator is told that it is so.
    assert not (await switch(pair.one, "use:reformulation"))["told"]
    assert code(await ask(pair.one, pair.clinician)) == "systeme_arrete"
    pair.redis.start()
    await within(pair.two, {"route:seule", "use:reformulation"})
    assert held(pair.one) == {"route:seule", "use:reformulation"}
    assert code(await ask(pair.two, pair.clinician)) == "systeme_arrete"
    await healthy(pair)


async def test_a_gateway_that_opens_later_knows_at_once(pair: Replicas, tmp_path: Path) -> None:
    """Catches a replica that is added during an incident, and serves."""
    await switch(pair.one, "all")
    settings = pair.two.settings.model_copy(update={"data_dir": tmp_path})
    async with open_house(settings) as third:
        assert held(third) == {"all"}


async def test_the_command_line_stops_every_gateway_and_is_recorded(pair: Replicas, tmp_path: Path) -> None:
    settings = pair.one.settings
    file = tmp_path / "ecluse.yaml"
    wanted = settings.model_dump(mode="json", include={"data_dir", "journal", "shared", "routes", "identity"})
    file.write_text(json.dumps(wanted), encoding="utf-8")  # JSON is YAML
    told = await command("stop", "all", "--reason", "panne", "--config", str(file))
    assert told == (0, "Tout : arrêté.\n")
    for house in pair[:2]:
        await within(house, {"all"})
    listed = (await command("systems", "--config", str(file)))[1]
    assert "ARRÊTÉ" in listed
    assert "ligne de commande" in listed
    assert await command("resume", "all", "--config", str(file)) == (0, "Tout : en service.\n")
    for house in pair[:2]:
        await within(house, set())
    assert (await command("stop", "route:ailleurs", "--reason", "panne", "--config", str(file)))[0] == 2


async def command(*words: str) -> tuple[int | None, str]:
    ecluse = Path(__file__).parents[2] / ".venv" / "bin" / "ecluse"
    process = await asyncio.create_subprocess_exec(
        str(ecluse), *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode()
