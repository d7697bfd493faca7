"""What the OpenAI-compatible server of the tests may answer, and the wire shapes of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Call:
    """A tool call that the model asks for."""

    name: str
    arguments: str
    id: str = "call_upstream_1"


@dataclass(frozen=True)
class Says:
    """An answer: text, tool calls or both; the same in each of the `n` choices unless `texts` gives one for each."""

    text: str | None = None
    calls: Sequence[Call] = ()
    finish_reason: str | None = None
    """None: `tool_calls` where there are calls, `stop` otherwise."""
    texts: Sequence[str] = ()
    piece: int = 3
    """Characters in each streamed chunk."""
    hold_after: int | None = None
    """Stop after that many streamed chunks until `server.release()` or the client goes away."""
    cut_after: int | None = None
    """Close the connection after that many streamed chunks, without an end."""
    usage_always: bool = False
    """Count tokens at the end of a stream even where nobody asked, as Mistral does."""
    extra: dict[str, Any] = field(default_factory=dict)
    """More fields for the message or the deltas, such as `reasoning_content`."""


@dataclass(frozen=True)
class Fails:
    """An error of the provider, in its own words."""

    status: int = 500
    message: str = "provider words: SECRET-MARKER"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hangs:
    """Never answers; ends when the client goes away."""


@dataclass(frozen=True)
class Raw:
    """These very bytes as the body."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200


@dataclass(frozen=True)
class Drops:
    """Closes the connection without a byte of answer."""


@dataclass(frozen=True)
class Pieces:
    """These very bytes as a body of unknown length, each sent by itself."""

    pieces: Sequence[bytes]
    content_type: str = "text/event-stream"
    endless: bool = False
    """Whether the last piece comes again and again until the client goes away."""
    pause: float = 0.0
    """Seconds before each piece."""
    then_silent: bool = False
    """Whether nothing comes after the last piece, not even an end."""


@dataclass(frozen=True)
class Wire:
    """These very bytes in place of a whole response, its head included; then the connection is closed."""

    sent: bytes


Script: TypeAlias = Says | Fails | Hangs | Raw | Drops | Pieces | Wire
Scripted: TypeAlias = Script | Callable[[Any], Script]

USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


def echo(body: Any) -> Script:
    """Answer with the last user message."""
    said = [message["content"] for message in body["messages"] if message["role"] == "user"]
    last = said[-1] if said else ""
    if isinstance(last, list):
        last = "".join(part.get("text", "") for part in last)
    return Says(last)


def _texts(script: Says, body: Any) -> list[str | None]:
    return list(script.texts) or [script.text] * (body.get("n") or 1)


def _finish(script: Says) -> str:
    return script.finish_reason or ("tool_calls" if script.calls else "stop")


def _wire_calls(script: Says) -> list[dict[str, Any]]:
    return [
        {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for call in script.calls
    ]


def completion(script: Says, body: Any) -> dict[str, Any]:
    """Return the whole answer in OpenAI's shape."""
    choices = []
    for index, text in enumerate(_texts(script, body)):
        message: dict[str, Any] = {"role": "assistant", "content": text, **script.extra}
        if script.calls:
            message["tool_calls"] = _wire_calls(script)
        choices.append({"index": index, "message": message, "finish_reason": _finish(script)})
    return _envelope(body, "chat.completion") | {"choices": choices, "usage": USAGE}


def chunks(script: Says, body: Any) -> Iterator[dict[str, Any]]:
    """Yield the chunks of a stream, the choices interleaved as real servers do."""
    envelope = _envelope(body, "chat.completion.chunk")
    texts = _texts(script, body)

    def chunk(index: int, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        return envelope | {"choices": [{"index": index, "delta": delta, "finish_reason": finish}]}

    for index in range(len(texts)):
        yield chunk(index, {"role": "assistant", "content": "", **script.extra})
    for start in range(0, max(len(text or "") for text in texts), script.piece):
        for index, text in enumerate(texts):
            if piece := (text or "")[start : start + script.piece]:
                yield chunk(index, {"content": piece})
    for index in range(len(texts)):
        yield from (chunk(index, {"tool_calls": [delta]}) for delta in _call_deltas(script))
        yield chunk(index, {}, _finish(script))
    if script.usage_always or (body.get("stream_options") or {}).get("include_usage"):
        yield envelope | {"choices": [], "usage": USAGE}


def _call_deltas(script: Says) -> Iterator[dict[str, Any]]:
    for position, call in enumerate(_wire_calls(script)):
        arguments = call["function"]["arguments"]
        yield {"index": position, **call, "function": {"name": call["function"]["name"], "arguments": ""}}
        for start in range(0, len(arguments), script.piece):
            yield {"index": position, "function": {"arguments": arguments[start : start + script.piece]}}


def _envelope(body: Any, kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-scripted", "object": kind, "created": 1, "model": body.get("model", "scripted")}
