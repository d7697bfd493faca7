"""What a model's server answered, from OpenAI's shape into ours.

Only the fields named here are read: reasoning, annotations and whatever else a provider adds stay out. A shape that is
not understood raises `UpstreamRefusedError`; it is never guessed.
"""

import re
import secrets
from typing import Any, Final

from gateway.conversation import Choice, ChoiceDelta, Chunk, Reply, ToolCall, ToolCallDelta, Usage
from gateway.errors import UpstreamRefusedError
from gateway.structures import well_formed

_SAFE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

MOST_TOKENS: Final = 10_000_000
"""No answer takes more: a server's absurd count must neither overflow the journal nor bar a key for ever."""

DONE: Final = object()
"""Stands among the chunks of a stream for the event `[DONE]`."""

_ENDINGS: Final = {
    "stop": "stop",
    "eos": "stop",
    "eos_token": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "length": "length",
    "max_tokens": "length",
    "model_length": "length",
    "tool_calls": "tool_calls",
    "tool_use": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
}
"""How an answer ended, in the providers' words and in OpenAI's."""


def reply(received: Any, route: str, most: int) -> Reply:  # noqa: ANN401 - an object of litellm, which ships no types
    """Return a whole answer of at most `most` choices."""
    choices = tuple(_choice(choice, most) for choice in _list(received, "choices"))
    if not choices:
        raise UpstreamRefusedError("answer without a choice")
    return Reply(choices, usage(received) or Usage(), route)


def usage(received: Any) -> Usage | None:  # noqa: ANN401 - an object of litellm
    """Return the tokens that an answer or a chunk counts; None where it counts none."""
    counted = getattr(received, "usage", None)
    if counted is None:
        return None
    return Usage(_count(counted, "prompt_tokens"), _count(counted, "completion_tokens"))


class ChunkReader:
    """Reads the chunks of one stream, and knows at the end whether the answer was whole."""

    def __init__(self, route: str, most: int) -> None:
        self._route, self._most = route, most
        self._ended: dict[int, bool] = {}
        self._done = False
        self._calls: set[tuple[int, int]] = set()
        self._named: set[tuple[int, int]] = set()

    def read(self, received: Any) -> Chunk:  # noqa: ANN401 - an object of litellm or of openai
        """Return a chunk in our shape; what is not for the caller leaves it empty."""
        # Some servers say their end in no other way.
        self._done = self._done or received is DONE
        deltas = (self._delta(choice) for choice in _list(received, "choices"))
        return Chunk(self._route, tuple(delta for delta in deltas if delta is not None), usage(received))

    def end(self) -> Chunk:
        """Return the endings that were not told, or raise `UpstreamRefusedError`: a cut answer is no answer.

        At least one choice must have said how it ended, LiteLLM's proxy says it of the first one only, or the whole
        stream must have said that it is done.
        """
        if not self._ended or not (self._done or any(self._ended.values())):
            raise UpstreamRefusedError("stream ended before the answer did")
        calling = {choice for choice, _ in self._calls}
        untold = (index for index, ended in sorted(self._ended.items()) if not ended)
        endings = (ChoiceDelta(index, finish_reason="tool_calls" if index in calling else "stop") for index in untold)
        return Chunk(self._route, tuple(endings))

    def _delta(self, choice: Any) -> ChoiceDelta | None:  # noqa: ANN401 - an object of litellm or of openai
        index, delta = _index(choice, self._most), getattr(choice, "delta", None)
        told = getattr(choice, "finish_reason", None)
        finish = _ending(told) if told is not None else None
        self._ended[index] = self._ended.get(index, False) or finish is not None
        text = _text(delta, "content") or ""
        refusal = _refusal(delta) or ""
        calls = tuple(self._call(index, call) for call in _list(delta, "tool_calls"))
        if not (text or refusal or calls or finish):
            return None
        return ChoiceDelta(index, text, calls, finish, refusal)

    def _call(self, choice: int, call: Any) -> ToolCallDelta:  # noqa: ANN401 - an object of litellm or of openai
        index, function = getattr(call, "index", None), getattr(call, "function", None)
        if not isinstance(index, int) or index < 0:
            raise UpstreamRefusedError("tool call without a place")
        place, name = (choice, index), _text(function, "name") or None
        first, named = place not in self._calls, place in self._named
        self._calls.add(place)
        if name:
            self._named.add(place)
        return ToolCallDelta(
            index=index,
            id=_call_id(getattr(call, "id", None)) if first else None,
            name=None if named else name,
            arguments=_text(function, "arguments") or "",
        )


def _choice(choice: Any, most: int) -> Choice:  # noqa: ANN401 - an object of litellm
    message = getattr(choice, "message", None)
    calls = tuple(_call(call) for call in _list(message, "tool_calls"))
    return Choice(
        index=_index(choice, most),
        text=_text(message, "content"),
        tool_calls=calls,
        finish_reason=_ending(getattr(choice, "finish_reason", None)),
        refusal=_refusal(message),
    )


def _call(call: Any) -> ToolCall:  # noqa: ANN401 - an object of litellm
    function = getattr(call, "function", None)
    name = _text(function, "name")
    if not name:
        raise UpstreamRefusedError("tool call without a name")
    return ToolCall(_call_id(getattr(call, "id", None)), name, _text(function, "arguments") or "")


def _call_id(told: object) -> str:
    if isinstance(told, str) and _SAFE_ID.fullmatch(told):
        return told
    return f"call_{secrets.token_hex(12)}"


def _ending(told: object) -> str:
    if isinstance(told, str) and told in _ENDINGS:
        return _ENDINGS[told]
    raise UpstreamRefusedError("answer that ended in an unknown way")


def _index(choice: Any, most: int) -> int:  # noqa: ANN401 - an object of litellm
    index = getattr(choice, "index", None)
    if isinstance(index, int) and 0 <= index < most:
        return index
    raise UpstreamRefusedError("choice that was not asked for")


def _refusal(message: Any) -> str | None:  # noqa: ANN401 - an object of litellm
    told = _text(message, "refusal")
    if told is None and isinstance(extra := getattr(message, "provider_specific_fields", None), dict):
        kept = extra.get("refusal")
        return well_formed(kept) if isinstance(kept, str) else None
    return told


def _text(holder: Any, name: str) -> str | None:  # noqa: ANN401 - an object of litellm
    value = getattr(holder, name, None)
    if value is None:
        return None
    if isinstance(value, str):
        return well_formed(value)
    raise UpstreamRefusedError("something else where a text was expected")


def _list(holder: Any, name: str) -> list[Any]:  # noqa: ANN401 - an object of litellm
    value = getattr(holder, name, None) or []
    if isinstance(value, list):
        return value
    raise UpstreamRefusedError("something else where a list was expected")


def _count(counted: Any, name: str) -> int:  # noqa: ANN401 - an object of litellm
    value = getattr(counted, name, None)
    return min(value, MOST_TOKENS) if isinstance(value, int) and value >= 0 else 0
