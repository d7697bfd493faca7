"""Both roads to a model, in front of the recording server, and what their answers amount to."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import pytest

from gateway.conversation import Choice, MaskedPrompt, Reply, Tool, ToolCall, Usage
from gateway.upstream import provider
from gateway.upstream.litellm_client import LitellmModel
from gateway.upstream.model import Model
from gateway.upstream.target import Target
from tests.fakes.openai_server import RecordingUpstream

ROADS = {"general": LitellmModel, "fast": provider.model}
PROVIDERS = ("hosted_vllm", "openai", "mistral", "openai_like")
"""Two ways of litellm to reach a server: its own, the SDK of OpenAI; and providers with their own parameters."""
TOOL = Tool("creer_document", "Crée un document", {"type": "object", "properties": {"patient": {"type": "string"}}})
REASONING = {"reasoning_content": "secret", "annotations": []}
EVENTS = "text/event-stream"

each_road = pytest.mark.parametrize("road", ROADS)
each_provider = pytest.mark.parametrize("told", PROVIDERS)
each_way = pytest.mark.parametrize("told", PROVIDERS[:2])
whole_or_streamed = pytest.mark.parametrize("stream", [False, True])


@asynccontextmanager
async def model_at(server: RecordingUpstream, road: str, told: str, **target: object) -> AsyncIterator[Model]:
    settings = {"api_key": "cle-de-la-route", "timeout_seconds": 20.0, **target}
    model: Model = ROADS[road](Target("local", f"{told}/m", server.url, **settings))  # type: ignore[arg-type]
    try:
        yield model
    finally:
        await model.close()


async def streamed(model: Model, prompt: MaskedPrompt) -> Reply:
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


async def answered(model: Model, prompt: MaskedPrompt, *, stream: bool) -> Reply:
    return await streamed(model, prompt) if stream else await model.complete(prompt)


def event(content: str = "", finish: str | None = None, **more: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {"content": content}, "finish_reason": finish}], **more}


def data(*wire: dict[str, Any]) -> bytes:
    return b"".join(b"data: %s\n\n" % json.dumps(one, ensure_ascii=False).encode() for one in wire)
