"""Models are reached through a server that this project did not write: LiteLLM's proxy, in an environment of its own.

Some of its models answer by themselves, as its configuration says; `relay` goes on to a server that records what it
receives, so that a request and its answer are translated by somebody else on the way.
"""

import contextlib
import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import NamedTuple

import pytest

from gateway.conversation import MaskedPrompt, Message, OutputFormat, OutputKind, Parameters, Role, Tool, ToolCall
from gateway.errors import UpstreamOverloadedError, UpstreamRefusedError
from gateway.ports import free_port
from gateway.upstream.litellm_client import LitellmModel
from gateway.upstream.router import Patience, Road, RoutedUpstream
from gateway.upstream.target import Target
from policies.facts import AiSystem, Route, Tier
from tests.fakes.openai_server import Call, Says, recording_upstream
from tests.fakes.prompts import masked

LITELLM = Path(__file__).parents[2] / ".venv-upstream" / "bin" / "litellm"
KEY = "sk-invented-for-these-tests-0123456789"
TEXT = "Patient [PRENOM_1] [NOM_1], vu le [DATE_1]."
ARGUMENTS = '{"patient": "[NOM_1]"}'
TOOL = Tool("creer_document", "Crée un document", {"type": "object", "properties": {"patient": {"type": "string"}}})
ROUTE = Route("local", Tier.D1, "FR", AiSystem("Modèle", "1", "S"))
STARTING_SECONDS = 120

each_way = pytest.mark.parametrize("provider", ["hosted_vllm", "openai"])


class Proxy(NamedTuple):
    """Where the proxy listens, and where its model `relay` leads."""

    url: str
    relay_port: int


def configuration(relay_port: int) -> str:
    call = {"id": "call_1", "type": "function", "function": {"name": TOOL.name, "arguments": ARGUMENTS}}
    models = {
        "note": {"mock_response": TEXT},
        "tool": {"mock_response": "", "mock_tool_calls": [call]},
        "json": {"mock_response": ARGUMENTS},
        "busy": {"mock_response": "litellm.RateLimitError"},
        "relay": {"api_base": f"http://127.0.0.1:{relay_port}/v1"},
    }
    entries = [
        {"model_name": name, "litellm_params": {"model": f"openai/{name}", "api_key": "none", **parameters}}
        for name, parameters in models.items()
    ]
    settings = {"model_list": entries, "general_settings": {"master_key": KEY}, "router_settings": {"num_retries": 0}}
    return json.dumps(settings)  # JSON is YAML


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    assert LITELLM.exists(), "no .venv-upstream: run `make test`, which builds it"
    folder, port, relay_port = tmp_path_factory.mktemp("proxy"), free_port(), free_port()
    (folder / "config.yaml").write_text(configuration(relay_port), encoding="utf-8")
    environ = os.environ | {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_MODE": "PRODUCTION"}
    command = [LITELLM, "--config", "config.yaml", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log)
        try:
            wait_for(server, f"http://127.0.0.1:{port}/health/readiness", folder / "log")
            yield Proxy(f"http://127.0.0.1:{port}/v1", relay_port)
        finally:
            server.terminate()
            server.wait(30)


def wait_for(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    """Wait until the server answers; raise with its log where it does not."""
    deadline = time.monotonic() + STARTING_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(url):  # noqa: S310 - ours
            return
        time.sleep(0.1)
    raise RuntimeError(log.read_text(encoding="utf-8")[-4000:])


@contextlib.asynccontextmanager
async def upstream(proxy: Proxy, provider: str, model: str) -> AsyncIterator[RoutedUpstream]:
    target = Target("local", f"{provider}/{model}", proxy.url, KEY, timeout_seconds=60)
    routed = RoutedUpstream({"local": Road(LitellmModel(target), Patience(60, 60, retries=0))})
    try:
        yield routed
    finally:
        await routed.close()


async def streamed(routed: RoutedUpstream, prompt: MaskedPrompt) -> tuple[dict[int, str], dict[int, str], str, int]:
    """Return a stream's texts and endings by choice, its calls' arguments, and the tokens counted."""
    texts: dict[int, str] = {}
    endings: dict[int, str] = {}
    arguments, tokens = "", 0
    async with aclosing(routed.stream(prompt, (ROUTE,))) as chunks:
        async for chunk in chunks:
            tokens += chunk.usage.total_tokens if chunk.usage else 0
            for delta in chunk.deltas:
                texts[delta.index] = texts.get(delta.index, "") + delta.text
                endings |= {delta.index: delta.finish_reason} if delta.finish_reason else {}
                arguments += "".join(call.arguments for call in delta.tool_calls)
    return texts, endings, arguments, tokens


@each_way
async def test_a_whole_answer_in_two_choices(proxy: Proxy, provider: str) -> None:
    async with upstream(proxy, provider, "note") as routed:
        reply = await routed.complete(masked("Bonjour", parameters=Parameters(n=2)), (ROUTE,))
    assert [(choice.index, choice.text, choice.finish_reason) for choice in reply.choices] == [
        (0, TEXT, "stop"),
        (1, TEXT, "stop"),
    ]
    assert reply.usage.total_tokens > 0


@each_way
async def test_a_streamed_answer_in_two_choices(proxy: Proxy, provider: str) -> None:
    """The proxy tells the ending of the first choice only; each must have one for the client."""
    async with upstream(proxy, provider, "note") as routed:
        texts, endings, _, tokens = await streamed(routed, masked("Bonjour", parameters=Parameters(n=2)))
    assert (texts, endings) == ({0: TEXT, 1: TEXT}, {0: "stop", 1: "stop"})
    assert tokens > 0


@each_way
async def test_a_call_with_tools(proxy: Proxy, provider: str) -> None:
    """The bug caught: this version of litellm fails on any call with tools where one of its libraries is missing."""
    async with upstream(proxy, provider, "tool") as routed:
        reply = await routed.complete(masked("Bonjour", tools=(TOOL,), tool_choice="required"), (ROUTE,))
    assert reply.choices[0].tool_calls == (ToolCall("call_1", TOOL.name, ARGUMENTS),)


@each_way
async def test_json(proxy: Proxy, provider: str) -> None:
    prompt = masked("Bonjour", output=OutputFormat(OutputKind.JSON_OBJECT))
    async with upstream(proxy, provider, "json") as routed:
        reply = await routed.complete(prompt, (ROUTE,))
        texts, _, _, _ = await streamed(routed, prompt)
    assert (reply.choices[0].text, texts) == (ARGUMENTS, {0: ARGUMENTS})


@each_way
async def test_problems(proxy: Proxy, provider: str) -> None:
    async with upstream(proxy, provider, "busy") as routed:
        with pytest.raises(UpstreamOverloadedError):
            await routed.complete(masked("Bonjour"), (ROUTE,))
        with pytest.raises(UpstreamOverloadedError):
            await streamed(routed, masked("Bonjour"))
    async with upstream(proxy, provider, "unknown") as routed:
        with pytest.raises(UpstreamRefusedError):
            await routed.complete(masked("Bonjour"), (ROUTE,))


@each_way
@pytest.mark.parametrize("stream", [False, True])
async def test_a_conversation_with_tools_through_the_proxy(proxy: Proxy, provider: str, *, stream: bool) -> None:
    """A call's result goes out, another call comes back, translated by the proxy both ways."""
    prompt = masked(
        "Bonjour [NOM_1]",
        Message(Role.ASSISTANT, None, tool_calls=(ToolCall("dossier-vasseur", TOOL.name, "{}"),)),
        Message(Role.TOOL, "fait", tool_call_id="dossier-vasseur"),
        tools=(TOOL,),
    )
    async with recording_upstream(proxy.relay_port) as server, upstream(proxy, provider, "relay") as routed:
        server.reply_with(Says(calls=[Call(TOOL.name, ARGUMENTS)]))
        if stream:
            _, endings, arguments, _ = await streamed(routed, prompt)
            assert (endings, arguments) == ({0: "tool_calls"}, ARGUMENTS)
        else:
            (choice,) = (await routed.complete(prompt, (ROUTE,))).choices
            assert [(call.name, call.arguments) for call in choice.tool_calls] == [(TOOL.name, ARGUMENTS)]
        (sent,) = server.bodies
    assert sent["messages"][0] == {"role": "user", "content": "Bonjour [NOM_1]"}
    assert sent["messages"][1]["tool_calls"][0]["id"] == sent["messages"][2]["tool_call_id"] == "call00001"
    assert sent["tools"][0]["function"]["name"] == TOOL.name
