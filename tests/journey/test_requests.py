"""What a request may hold: unknown fields, limits, and what is said of them over HTTP."""

import json

import openai
import pytest

from gateway.app import create_app
from tests.fakes.house import House
from tests.fakes.openai_server import RecordingUpstream
from tests.fakes.patients import SOLENE

HELLO = [{"role": "user", "content": "Bonjour"}]


@pytest.mark.parametrize("field", ["api_base", "api_key", "base_url", "extra_headers", "extra_body", "mock_response"])
async def test_unknown_fields_never_reach_the_model(house: House, upstream: RecordingUpstream, field: str) -> None:
    """Catches a caller who sends the hospital's key, or a patient's text, to a server of his own."""
    with pytest.raises(openai.BadRequestError) as caught:
        await house.openai().chat.completions.create(
            model="reformulation", messages=HELLO, extra_body={field: "http://ailleurs.example"}
        )
    assert (caught.value.code, caught.value.param) == ("champ_inconnu", field)
    assert "ailleurs" not in str(caught.value)
    assert upstream.requests == []


async def test_fields_not_offered_say_why(house: House, upstream: RecordingUpstream) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        await house.openai().chat.completions.create(model="reformulation", messages=HELLO, logprobs=True)
    assert (caught.value.code, caught.value.param) == ("champ_refuse", "logprobs")
    assert upstream.requests == []


async def test_only_what_was_understood_is_relayed(house: House, upstream: RecordingUpstream) -> None:
    """Catches a parameter that slips through: the body that leaves is written anew, field by field."""
    await house.openai().chat.completions.create(
        model="reformulation", messages=HELLO, temperature=0.2, seed=7, max_completion_tokens=50, stop=["FIN"],
        presence_penalty=0.1, frequency_penalty=0.1, top_p=0.9, user="dr.x", metadata={"case": "D-17"}, store=False,
    )  # fmt: skip
    allowed = {"model", "messages", "temperature", "seed", "max_tokens", "max_completion_tokens", "stop", "top_p",
               "presence_penalty", "frequency_penalty", "stream", "n"}  # fmt: skip
    (body,) = upstream.bodies
    assert set(body) <= allowed
    assert (body["temperature"], body["seed"], body["stop"]) == (0.2, 7, ["FIN"])


@pytest.mark.parametrize(
    "body",
    [
        {"messages": [{"role": "user", "content": "a"}] * 401},
        {"messages": [{"role": "user", "content": "a" * 400_001}]},
        {"messages": HELLO, "n": 5},
        {"messages": HELLO, "tools": [{"type": "function", "function": {"name": "f"}}] * 129},
        {"messages": [{"role": "user", "content": "é" * 2_200_000}]},
    ],
    ids=["messages", "characters", "choices", "tools", "bytes"],
)
async def test_limits(house: House, upstream: RecordingUpstream, body: dict[str, object]) -> None:
    async with house.http() as http:
        answer = await http.post("/v1/chat/completions", json={"model": "reformulation", **body})
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "demande_trop_volumineuse"
    assert upstream.requests == []


async def test_nothing_of_a_request_is_logged(
    house: House, upstream: RecordingUpstream, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Catches a patient's name in a log line: of the access log, of a library, or of an error's trace."""
    canary = SOLENE.note()
    client = house.openai()
    await client.chat.completions.create(model="reformulation", messages=[{"role": "user", "content": canary}])
    async with house.http() as http:
        for sent in (
            {"model": SOLENE.last, "messages": [{"role": "user", "content": canary}]},
            {"model": "reformulation", "messages": [{"role": SOLENE.last, "content": canary}]},
            {"model": "reformulation", "messages": canary, SOLENE.last: canary},
        ):
            assert (await http.post("/v1/chat/completions", json=sent)).status_code in {400, 403}
        await http.get(f"/v1/outputs/{SOLENE.last}/manifest")
        await http.get(f"/{SOLENE.last}?nom={SOLENE.last}")
    logged = json.dumps(house.lines.written) + caplog.text + "".join(capfd.readouterr())
    assert upstream.requests
    assert [text for text in SOLENE.identifiers if text in logged] == []
    keys = {"event", "method", "route", "status", "duration_ms", "output_id", "code"}
    requests = [line for line in house.lines.written if line["event"] == "request"]
    assert {frozenset(line) for line in requests} == {frozenset(keys)}
    # As they are declared, never as they were asked for.
    declared = set(create_app(house.settings).openapi()["paths"])
    others = {"/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/outbound/blocked", "/outbound/pass"}
    assert {line["route"] for line in requests} <= declared | others | {"/outbound/requests", "other"}
