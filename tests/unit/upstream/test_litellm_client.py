"""litellm as translation and transport: what leaves, what comes back, and what never does."""

import asyncio
import logging
import os
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from gateway.conversation import (
    Choice,
    MaskedPrompt,
    Message,
    OutputFormat,
    OutputKind,
    Parameters,
    Reply,
    Role,
    Tool,
    ToolCall,
    Usage,
)
from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError
from gateway.upstream.litellm_client import LitellmModel, Target
from tests.fakes.openai_server import Call, Fails, Hangs, Raw, RecordingUpstream, Says, recording_upstream
from tests.fakes.prompts import masked

ROOT = Path(__file__).parents[3]
PROVIDERS = ("hosted_vllm", "openai", "mistral")
"""Two ways of litellm to reach a server: its own, the SDK of OpenAI; and a provider with its own parameters."""
TOOL = Tool("creer_document", "Crée un document", {"type": "object", "properties": {"patient": {"type": "string"}}})
REASONING = {"reasoning_content": "secret", "annotations": []}
EVENTS = "text/event-stream"

each_provider = pytest.mark.parametrize("provider", PROVIDERS)
each_way = pytest.mark.parametrize("provider", PROVIDERS[:2])


@asynccontextmanager
async def model_at(server: RecordingUpstream, provider: str, **target: object) -> AsyncIterator[LitellmModel]:
    settings = {"api_key": "cle-de-la-route", "timeout_seconds": 20.0, **target}
    model = LitellmModel(Target("local", f"{provider}/m", server.url, **settings))  # type: ignore[arg-type]
    try:
        yield model
    finally:
        await model.close()


async def streamed(model: LitellmModel, prompt: MaskedPrompt) -> Reply:
    """Return what a stream amounts to, glued together as a client does."""
    texts: dict[int, str] = {}
    calls: dict[int, dict[int, list[str]]] = {}
    endings: dict[int, str] = {}
    usage = Usage()
    async with aclosing(model.stream(prompt)) as chunks:
        async for chunk in chunks:
            assert chunk.route == "local"
            usage = chunk.usage or usage
            for delta in chunk.deltas:
                texts[delta.index] = texts.get(delta.index, "") + delta.text
                endings.update({delta.index: delta.finish_reason} if delta.finish_reason else {})
                for call in delta.tool_calls:
                    parts = calls.setdefault(delta.index, {}).setdefault(call.index, ["", "", ""])
                    for place, part in enumerate((call.id, call.name, call.arguments)):
                        parts[place] += part or ""
    choices = (
        Choice(i, text or None, tuple(ToolCall(*calls[i][place]) for place in sorted(calls.get(i, {}))), endings[i])
        for i, text in sorted(texts.items())
    )
    return Reply(tuple(choices), usage, "local")


async def answered(model: LitellmModel, prompt: MaskedPrompt, *, stream: bool) -> Reply:
    return await streamed(model, prompt) if stream else await model.complete(prompt)


@each_provider
@pytest.mark.parametrize("stream", [False, True])
async def test_answers(provider: str, *, stream: bool) -> None:
    """Two choices, parallel calls and usage; the bug caught streamed: only the first choice said how it ended."""
    calls = [Call("creer_document", '{"patient": "[NOM_1]"}', "call-1"), Call("creer_document", "{}", "call-2")]
    prompt = masked("Bonjour", tools=(TOOL,), tool_choice="required", parameters=Parameters(n=2))
    async with recording_upstream() as server, model_at(server, provider) as model:
        server.reply_with(Says(texts=["Voici [NOM_1].", "Voilà."], calls=calls, usage_always=True, extra=REASONING))
        reply = await answered(model, prompt, stream=stream)
    wanted = tuple(ToolCall(call.id, call.name, call.arguments) for call in calls)
    assert reply == Reply(
        (Choice(0, "Voici [NOM_1].", wanted, "tool_calls"), Choice(1, "Voilà.", wanted, "tool_calls")),
        Usage(11, 7),
        "local",
    )


@each_provider
@pytest.mark.parametrize("stream", [False, True])
async def test_what_reaches_the_server(provider: str, *, stream: bool) -> None:
    """The key and the model are the route's, tools reach the server, and usage is asked of each stream."""
    prompt = masked(
        "Bonjour [NOM_1]",
        Message(Role.ASSISTANT, None, tool_calls=(ToolCall("dossier-dupont", "creer_document", "{}"),)),
        Message(Role.TOOL, "fait", tool_call_id="dossier-dupont"),
        tools=(TOOL,),
        output=OutputFormat(OutputKind.JSON_OBJECT),
        stop=("FIN",),
    )
    async with recording_upstream() as server, model_at(server, provider) as model:
        server.reply_with(Says("{}"))
        await answered(model, prompt, stream=stream)
        (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer cle-de-la-route"
    assert request.body["model"] == "m"
    assert request.body["messages"][0] == {"role": "user", "content": "Bonjour [NOM_1]"}
    assert request.body["messages"][2] == {"role": "tool", "content": "fait", "tool_call_id": "call00001"}
    assert request.body["tools"][0]["function"]["name"] == "creer_document"
    assert request.body["response_format"] == {"type": "json_object"}
    assert request.body["stop"] == ["FIN"]
    assert b"dupont" not in request.raw
    if stream and provider != "mistral":  # which counts tokens without being asked
        assert request.body["stream_options"] == {"include_usage": True}


@each_way
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (Fails(400), UpstreamRefusedError),
        (Fails(401), UpstreamRefusedError),
        (Fails(404), UpstreamRefusedError),
        (Fails(408), UpstreamTimeoutError),
        (Fails(429), UpstreamOverloadedError),
        (Fails(500), UpstreamRefusedError),
        (Fails(503), UpstreamOverloadedError),
        (Fails(504), UpstreamTimeoutError),
        (Raw(b"SECRET-MARKER"), UpstreamRefusedError),
        (Raw(b"{}"), UpstreamRefusedError),
        (Raw(b'{"choices": []}'), UpstreamRefusedError),
        (Raw(b'data: {"error": {"message": "SECRET-MARKER"}}\n\n', EVENTS), UpstreamRefusedError),
        (Raw(b'data: {"choices": [{"index": 0, "delta": {"content": "a"}}]}\n\n', EVENTS), UpstreamRefusedError),
    ],
)
async def test_problems_are_told_in_our_words(
    provider: str,
    script: Fails | Raw,
    expected: type[UpstreamError],
    *,
    stream: bool,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The leak caught: a provider's error, which may quote the request, in our exception, its chain, a log, a print."""
    caplog.set_level(logging.DEBUG)
    async with recording_upstream() as server, model_at(server, provider) as model:
        server.reply_with(script)
        with pytest.raises(UpstreamError) as caught:
            await answered(model, masked("note-confidentielle"), stream=stream)
    assert type(caught.value) is expected
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    told = f"{caught.value}{caplog.text}{capfd.readouterr()}"
    assert "SECRET-MARKER" not in told
    assert "note-confidentielle" not in told
    assert "cle-de-la-route" not in told
    assert len(server.requests) == 1, "retries belong to the router"


@each_way
@pytest.mark.parametrize("stream", [False, True])
async def test_redirects_are_not_followed(provider: str, *, stream: bool) -> None:
    """The leak caught: a masked note, and the key, sent to whatever address a server answers."""
    async with recording_upstream() as server, recording_upstream() as elsewhere, model_at(server, provider) as model:
        server.reply_with(Fails(307, headers={"location": f"{elsewhere.url}/chat/completions"}))
        with pytest.raises(UpstreamRefusedError):
            await answered(model, masked("Bonjour"), stream=stream)
        assert elsewhere.requests == []


@each_way
async def test_a_cut_stream_is_an_error(provider: str) -> None:
    async with recording_upstream() as server, model_at(server, provider) as model:
        server.reply_with(Says("Bonjour", cut_after=2))
        with pytest.raises(UpstreamOverloadedError):
            await streamed(model, masked("Bonjour"))


@each_way
@pytest.mark.parametrize("stream", [False, True])
async def test_a_silent_server_times_out(provider: str, *, stream: bool) -> None:
    async with recording_upstream() as server, model_at(server, provider, timeout_seconds=0.2) as model:
        server.reply_with(Hangs())
        with pytest.raises(UpstreamTimeoutError):
            await answered(model, masked("Bonjour"), stream=stream)


@each_way
@pytest.mark.parametrize("stream", [False, True])
async def test_a_server_that_is_down(provider: str, *, stream: bool) -> None:
    async with recording_upstream() as server:
        pass
    async with model_at(server, provider) as model:
        with pytest.raises(UpstreamOverloadedError):
            await answered(model, masked("Bonjour"), stream=stream)


@each_way
async def test_closing_the_stream_closes_the_connection(provider: str) -> None:
    """The bug caught: a model that goes on writing, and a hospital that goes on paying, for nobody."""
    async with recording_upstream() as server, model_at(server, provider) as model:
        server.reply_with(Says("Bonjour à tous", hold_after=2))
        async with aclosing(model.stream(masked("Bonjour"))) as chunks:
            async for chunk in chunks:
                if chunk.deltas:
                    break
        async with asyncio.timeout(10):
            await server.disconnected.wait()


@each_way
@pytest.mark.parametrize("stream", [False, True])
async def test_cancelling_closes_the_connection(provider: str, *, stream: bool) -> None:
    async with recording_upstream() as server, model_at(server, provider) as model, asyncio.TaskGroup() as group:
        server.reply_with(Hangs())
        task = group.create_task(answered(model, masked("Bonjour"), stream=stream))
        await server.holding.wait()
        task.cancel()
        async with asyncio.timeout(10):
            await server.disconnected.wait()


@each_provider
async def test_only_the_configuration_says_where_to_go(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The leak caught: a key or an address lying in the environment, used for a route that names none."""
    async with recording_upstream() as server, recording_upstream() as elsewhere:
        for name in (*PROVIDERS, "litellm"):
            monkeypatch.setenv(f"{name.upper()}_API_KEY", "cle-de-l-environnement")
            for word in ("API_BASE", "BASE_URL"):
                monkeypatch.setenv(f"{name.upper()}_{word}", elsewhere.url)
        async with model_at(server, provider, api_key=None) as model:
            await model.complete(masked("Bonjour"))
        assert len(server.requests) == 1
        assert b"cle-de-l-environnement" not in server.everything
        assert elsewhere.requests == []


@each_way
def test_importing_and_starting_reach_no_network(provider: str, tmp_path: Path) -> None:
    """The leak caught: litellm fetches price lists when it is imported, and reads a `.env` of the working directory."""
    (tmp_path / ".env").write_text("ECLUSE_READ_FROM_DOTENV=1", encoding="utf-8")
    script = f"""
        import os, socket, sys
        def refuse(*arguments, **named):
            print("reached for the network:", arguments[1:], flush=True)
            os._exit(3)
        socket.socket.connect = socket.socket.connect_ex = refuse
        socket.getaddrinfo = socket.gethostbyname = lambda *a, **k: refuse(None, *a)
        from gateway.upstream.litellm_client import LitellmModel, Target
        LitellmModel(Target("local", "{provider}/m", "http://127.0.0.1:9/v1"))
        import litellm
        assert "ECLUSE_READ_FROM_DOTENV" not in os.environ
        assert not (litellm.callbacks or litellm.success_callback or litellm.failure_callback or litellm.cache)
    """
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LITELLM_")}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=tmp_path,
        env=environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@each_way
def test_the_key_is_not_shown(provider: str) -> None:
    assert "cle" not in repr(Target("local", f"{provider}/m", api_key="cle"))
