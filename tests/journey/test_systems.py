"""The kill switch through the whole gateway: what people, operators and the journal see."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from typing import Any

import openai
import pytest
import pytest_asyncio

from gateway.systems.state import EVERYTHING
from tests.fakes.house import House
from tests.fakes.openai_server import Hangs, RecordingUpstream, Says

ASKED: dict[str, Any] = {"model": "reformulation@modele", "messages": [{"role": "user", "content": "Bonjour à tous."}]}
DEGRADED = "L’assistance par IA que vous demandez est arrêtée pour le moment."


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def resumed(house: House) -> AsyncIterator[None]:
    """Leave nothing stopped behind."""
    yield
    for target in tuple(house.services.systems.board.states):
        await switch(house, target, "resume")


async def switch(house: House, target: str, what: str, role: str = "dsi", **body: Any) -> Any:
    async with house.http(role) as http:
        answer = await http.post(f"/v1/systems/{target}/{what}", json=body or None)
    return {"status": answer.status_code} | answer.json()


async def stop(house: House, target: str, **body: Any) -> Any:
    return await switch(house, target, "stop", **{"reason": "incident_securite"} | body)


def entries(house: House, kind: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(house.settings.data_dir / "ecluse.db")) as database:
        rows = database.execute("SELECT body FROM journal WHERE kind = ? ORDER BY at, seq", (kind,))
        return [json.loads(row[0]) for row in rows]


async def refusal(house: House, *, stream: bool = False, **headers: str) -> openai.APIStatusError:
    with pytest.raises(openai.APIStatusError) as caught:
        await house.openai(default_headers=headers).chat.completions.create(**ASKED, stream=stream)
    return caught.value


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("target", [EVERYTHING, "use:reformulation", "route:modele", "system:modele-d-essai"])
async def test_what_is_stopped_is_refused_with_what_to_do(
    house: House, upstream: RecordingUpstream, target: str, *, stream: bool
) -> None:
    assert (await stop(house, target, minutes=5))["state"] == "stopped"
    error = await refusal(house, stream=stream)
    assert (error.status_code, error.code) == (503, "systeme_arrete")
    assert error.response.json()["error"]["message"].startswith(DEGRADED)
    assert f"`{target}`" in error.response.json()["error"]["ecluse"]["reason"]
    assert 0 < int(error.response.headers["Retry-After"]) <= 300
    assert error.response.headers["x-should-retry"] == "false"
    assert upstream.requests == []
    assert entries(house, "closed")[-1]["ending"] == "stopped"
    assert (await switch(house, target, "resume"))["state"] == "running"
    await house.openai().chat.completions.create(**ASKED)
    assert len(upstream.requests) == 1


async def test_what_to_do_is_said_in_english_too(house: House) -> None:
    await stop(house, EVERYTHING)
    error = await refusal(house, **{"Accept-Language": "en"})
    assert error.response.json()["error"]["message"].startswith("The AI assistance that you ask for is stopped")
    assert error.response.headers["content-language"] == "en"


async def test_another_use_goes_on(house: House, upstream: RecordingUpstream) -> None:
    await stop(house, "use:traduction")
    await house.openai().chat.completions.create(**ASKED)
    assert len(upstream.requests) == 1


async def test_a_stream_in_flight_is_cut_with_a_clear_end(house: House, upstream: RecordingUpstream) -> None:
    """Catches half an answer that looks whole, or that goes on although everything was stopped."""
    upstream.reply_with(Says("Bonjour à tous, voici le compte rendu.", hold_after=6))
    async with (
        asyncio.timeout(60),
        house.http() as http,
        http.stream("POST", "/v1/chat/completions", json={**ASKED, "stream": True}) as answer,
    ):
        assert answer.status_code == 200
        lines = answer.aiter_lines()
        await anext(lines)
        await upstream.holding.wait()
        await stop(house, EVERYTHING)
        async with asyncio.timeout(60):
            rest = [line async for line in lines if line]
    assert json.loads(rest[-1].removeprefix("data: "))["error"]["code"] == "systeme_arrete"
    assert "[DONE]" not in "".join(rest)
    async with asyncio.timeout(60):
        await upstream.disconnected.wait()
    assert entries(house, "closed")[-1]["ending"] == "stopped"


async def test_a_whole_answer_in_flight_is_cut(house: House, upstream: RecordingUpstream) -> None:
    upstream.reply_with(Hangs())
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        asking = group.create_task(refusal(house))
        await upstream.holding.wait()
        await stop(house, EVERYTHING)
    assert asking.result().code == "systeme_arrete"


async def test_a_drill_is_told_counted_and_recorded_and_refuses_nothing(
    house: House, upstream: RecordingUpstream
) -> None:
    assert (await stop(house, EVERYTHING, reason="exercice", drill=True))["state"] == "drill"
    async with house.http() as http:
        whole = await http.post("/v1/chat/completions", json=ASKED)
        streamed = await http.post("/v1/chat/completions", json={**ASKED, "stream": True})
        counted = (await http.get("/metrics")).text
    assert [answer.headers["Ecluse-Drill"] for answer in (whole, streamed)] == [EVERYTHING] * 2
    assert streamed.text.endswith("data: [DONE]\n\n")
    assert len(upstream.requests) == 2
    assert [entry["drill"] for entry in entries(house, "closed")[-2:]] == [True, True]
    assert 'ecluse_stops{drill="true",scope="all"} 1.0' in counted
    await switch(house, EVERYTHING, "resume")
    async with house.http() as http:
        assert "Ecluse-Drill" not in (await http.post("/v1/chat/completions", json=ASKED)).headers


async def test_only_operators_may_see_and_stop(house: House) -> None:
    """Catches a key of a ward that can stop the hospital."""
    for role in ("medecin", "etudiant"):
        assert (await switch(house, EVERYTHING, "stop", role, reason="panne"))["status"] == 403
        assert (await switch(house, EVERYTHING, "resume", role))["status"] == 403
        async with house.http(role) as http:
            assert (await http.get("/v1/systems")).status_code == 403
    assert (await switch(house, EVERYTHING, "stop", "dpo", reason="panne"))["status"] == 200


async def test_the_list_says_what_is_stopped_by_whom_and_until_when(house: House) -> None:
    await stop(house, "route:certifie", minutes=10)
    async with house.http("dpo") as http:
        found = {system["id"]: system for system in (await http.get("/v1/systems")).json()["systems"]}
    stopped = found["route:certifie"]
    assert (stopped["state"], stopped["reason"], stopped["role"]) == ("stopped", "incident_securite", "dsi")
    assert stopped["until"]
    assert stopped["by"] == entries(house, "switched")[-1]["by"]
    assert found["use:traduction"]["state"] == "running"
    assert {id_.partition(":")[0] for id_ in found} == {"all", "system", "route", "use"}


@pytest.mark.parametrize(
    ("target", "body", "status", "code"),
    [
        ("route:ailleurs", {"reason": "panne"}, 404, "systeme_inconnu"),
        (EVERYTHING, {}, 400, None),
        (EVERYTHING, {"reason": "M. Jean Exemple"}, 400, None),
        (EVERYTHING, {"reason": "panne", "minutes": 0}, 400, None),
    ],
)
async def test_what_is_not_understood_stops_nothing(
    house: House, target: str, body: dict[str, Any], status: int, code: str | None
) -> None:
    async with house.http("dsi") as http:
        answer = await http.post(f"/v1/systems/{target}/stop", json=body)
    assert answer.status_code == status
    assert code is None or answer.json()["error"]["code"] == code
    assert "Exemple" not in answer.text
    assert house.services.systems.board.holding(EVERYTHING) is None


async def test_a_drill_over_a_real_stop_is_refused(house: House) -> None:
    await stop(house, EVERYTHING)
    found = await stop(house, EVERYTHING, drill=True)
    assert (found["status"], found["error"]["code"]) == (409, "systeme_deja_arrete")


async def test_probes_and_the_log_say_how_far_a_stop_goes(house: House) -> None:
    house.services.readiness.forget()
    async with house.http(None) as http:
        assert (await http.get("/readyz")).json()["checks"]["systems"] == "ok"
    (said,) = [line for line in house.lines.written if line["event"] == "systems"]
    assert said["reach"] == "database"
