"""One contract for both roads to a model: what leaves, what comes back, and what never does.

How both fail is in `test_provider_failures.py`.
"""

from typing import Any

import pytest

from gateway.conversation import (
    Choice,
    Message,
    OutputFormat,
    OutputKind,
    Parameters,
    Reply,
    Role,
    TextPart,
    Tool,
    ToolCall,
    Usage,
)
from gateway.errors import UpstreamError
from gateway.upstream import provider
from gateway.upstream.direct_client import DirectModel
from gateway.upstream.litellm_client import LitellmModel
from gateway.upstream.target import Target
from tests.fakes.openai_server import Call, Pieces, Says, recording_upstream
from tests.fakes.prompts import masked
from tests.fakes.roads import (
    PROVIDERS,
    REASONING,
    ROADS,
    TOOL,
    answered,
    data,
    each_provider,
    each_road,
    each_way,
    event,
    model_at,
    streamed,
    whole_or_streamed,
)


@pytest.mark.parametrize(
    ("told", "address", "fast"),
    [
        ("hosted_vllm/m", "http://127.0.0.1:9/v1", True),
        ("openai/m", "http://127.0.0.1:9/v1", True),
        ("openai/gpt-4o", "http://127.0.0.1:9/v1", True),
        ("openai_like/m", "http://127.0.0.1:9/v1", True),
        ("mistral/mistral-large-latest", None, True),
        ("openai/gpt-4o", None, False),
        ("openai/gpt-5", "http://127.0.0.1:9/v1", False),
        ("openai/o3", "http://127.0.0.1:9/v1", False),
        ("openai/responses/m", "http://127.0.0.1:9/v1", False),
        ("azure/gpt-4o", "http://127.0.0.1:9", False),
        ("anthropic/claude-sonnet-4", None, False),
        ("hosted_vllm/m", "http://user:word@127.0.0.1:9/v1", False),
    ],
)
async def test_which_road_leads_where(told: str, address: str | None, *, fast: bool) -> None:
    """Catches a provider of another format sent over the fast road, and a fast road that nobody takes."""
    model = provider.model(Target("local", told, address, "cle", "2024-10-21"))
    assert isinstance(model, DirectModel if fast else LitellmModel)
    await model.close()


@each_road
@each_provider
@whole_or_streamed
async def test_answers(road: str, told: str, *, stream: bool) -> None:
    """Two choices, parallel calls and usage; the bug caught streamed: only the first choice said how it ended."""
    calls = [Call("creer_document", '{"patient": "[NOM_1]"}', "call-1"), Call("creer_document", "{}", "call-2")]
    prompt = masked("Bonjour", tools=(TOOL,), tool_choice="required", parameters=Parameters(n=2))
    async with recording_upstream() as server, model_at(server, road, told) as model:
        server.reply_with(Says(texts=["Voici [NOM_1].", "Voilà."], calls=calls, usage_always=True, extra=REASONING))
        reply = await answered(model, prompt, stream=stream)
    wanted = tuple(ToolCall(call.id, call.name, call.arguments) for call in calls)
    assert reply == Reply(
        (Choice(0, "Voici [NOM_1].", wanted, "tool_calls"), Choice(1, "Voilà.", wanted, "tool_calls")),
        Usage(11, 7),
        "local",
    )


@each_road
@each_provider
@whole_or_streamed
async def test_what_reaches_the_server(road: str, told: str, *, stream: bool) -> None:
    """The key and the model are the route's, tools reach the server, and usage is asked of each stream."""
    prompt = masked(
        "Bonjour [NOM_1]",
        Message(Role.ASSISTANT, None, tool_calls=(ToolCall("dossier-dupont", "creer_document", "{}"),)),
        Message(Role.TOOL, "fait", tool_call_id="dossier-dupont"),
        tools=(TOOL,),
        output=OutputFormat(OutputKind.JSON_OBJECT),
        stop=("FIN",),
    )
    async with recording_upstream() as server, model_at(server, road, told) as model:
        server.reply_with(Says("{}"))
        await answered(model, prompt, stream=stream)
        (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer cle-de-la-route"
    assert request.headers["content-type"] == "application/json"
    assert request.body["model"] == "m"
    assert request.body["messages"][0] == {"role": "user", "content": "Bonjour [NOM_1]"}
    assert request.body["messages"][2] == {"role": "tool", "content": "fait", "tool_call_id": "call00001"}
    assert request.body["tools"][0]["function"]["name"] == "creer_document"
    assert request.body["response_format"] == {"type": "json_object"}
    assert request.body["stop"] == ["FIN"]
    assert b"dupont" not in request.raw
    if stream and told != "mistral":  # which counts tokens without being asked
        assert request.body["stream_options"] == {"include_usage": True}


STRICT = Tool("noter", None, {"type": "object", "properties": {"a": {"const": 2**70}}, "additionalProperties": False})
PROMPTS = {
    "nothing": masked("Bonjour"),
    "numbers": masked("Bonjour", parameters=Parameters(0.1, 0.9, 50, seed=3, n=2, parallel_tool_calls=False)),
    "penalties": masked("Bonjour", parameters=Parameters(presence_penalty=0.2, frequency_penalty=0.1)),
    "effort": masked("Bonjour", parameters=Parameters(reasoning_effort="low")),
    "schema": masked("Bonjour", output=OutputFormat(OutputKind.JSON_SCHEMA, "n", "d", {"type": "object"}, strict=True)),
    "tools": masked(
        Message(Role.DEVELOPER, "consigne"),
        Message(Role.USER, "Bonjour", name="a"),
        Message(Role.ASSISTANT, ""),
        Message(Role.USER, (TextPart("a"), TextPart("b é €"))),
        tools=(TOOL, STRICT),
        tool_choice=TOOL,
        stop=("1", "2", "3", "4"),
    ),
}


@each_provider
@whole_or_streamed
@pytest.mark.parametrize("case", PROMPTS)
async def test_both_roads_send_the_same(told: str, case: str, *, stream: bool) -> None:
    """Catches a litellm whose translation was changed on one road only: a parameter lost, renamed, or let through."""
    sent: dict[str, Any] = {}
    async with recording_upstream() as server:
        for road in ROADS:
            server.forget()
            async with model_at(server, road, told) as model:
                try:
                    await answered(model, PROMPTS[case], stream=stream)
                except UpstreamError as error:
                    sent[road] = type(error)
                else:
                    sent[road] = [(request.method, request.path, request.body) for request in server.requests]
    assert sent["fast"] == sent["general"]
    assert STRICT.parameters["additionalProperties"] is False, "a schema was changed where it stands"  # type: ignore[index,call-overload]


TEXT = "Écrire «é» 🙂 [DONE]"
SPOKEN = data(event(TEXT)) + data(event("", "stop")) + b"data: [DONE]\n\n"
SHAPES = {
    "plain": SPOKEN,
    "returns": SPOKEN.replace(b"\n", b"\r\n"),
    "comments": b": bonjour\n\n" + SPOKEN.replace(b"data: {", b": alive\nevent: message\nid: 7\nretry: 3\ndata: {"),
    "several lines": SPOKEN.replace(b'{"choices"', b'{\ndata: "choices"').replace(b'"index"', b'\ndata:"index"'),
    "several lines, returns": SPOKEN.replace(b'{"choices"', b'{\ndata: "choices"').replace(b"\n", b"\r\n"),
    "without space": SPOKEN.replace(b"data: ", b"data:"),
}


@each_road
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [1, 5, 1000])
async def test_a_stream_however_it_is_written_and_cut(road: str, shape: str, size: int) -> None:
    """Catches a letter cut in two, an event of several lines taken for several, a line end taken for an event's."""
    pieces = [SHAPES[shape][start : start + size] for start in range(0, len(SHAPES[shape]), size)]
    async with recording_upstream() as server, model_at(server, road, "hosted_vllm") as model:
        server.reply_with(Pieces(pieces))
        assert (await streamed(model, masked("Bonjour"))).choices == (Choice(0, TEXT),)


@each_road
@whole_or_streamed
async def test_what_a_model_thinks_stays_out(road: str, *, stream: bool) -> None:
    """The leak caught: reasoning, which nobody marks or restores, shown as the answer."""
    blocks = [{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}, {"type": "text", "text": "Oui."}]
    async with recording_upstream() as server, model_at(server, road, "mistral") as model:
        server.reply_with(Says("", extra={"content": blocks}))
        assert (await answered(model, masked("Bonjour"), stream=stream)).choices == (Choice(0, "Oui."),)
        if not stream:
            server.reply_with(Says("<think>hm</think>Oui."))
            assert (await model.complete(masked("Bonjour"))).choices == (Choice(0, "Oui."),)


@each_road
@each_provider
async def test_only_the_configuration_says_where_to_go(road: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The leak caught: a key or an address lying in the environment, used for a route that names none."""
    async with recording_upstream() as server, recording_upstream() as elsewhere:
        for name in (*PROVIDERS, "litellm"):
            monkeypatch.setenv(f"{name.upper()}_API_KEY", "cle-de-l-environnement")
            for word in ("API_BASE", "BASE_URL"):
                monkeypatch.setenv(f"{name.upper()}_{word}", elsewhere.url)
        async with model_at(server, road, told, api_key=None) as model:
            await model.complete(masked("Bonjour"))
        assert len(server.requests) == 1
        assert b"cle-de-l-environnement" not in server.everything
        assert elsewhere.requests == []


@each_road
@each_way
async def test_the_proxy_of_the_environment_is_used(road: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a gateway that goes straight out where the hospital lets a proxy out only, or by it to its own server."""
    async with recording_upstream() as proxy, recording_upstream() as server:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        async with model_at(server, road, told) as model:
            await model.complete(masked("Bonjour"))
        assert (len(server.requests), len(proxy.requests)) == (1, 0)
        server.url = "http://modele.exemple:8000/v1"
        async with model_at(server, road, told) as model:
            await model.complete(masked("Bonjour"))
        assert [request.path for request in proxy.requests] == [f"{server.url}/chat/completions"]
