"""What a model's server answered, from OpenAI's shape into ours: parsed JSON, or an object of litellm or of openai.

Only the fields named here are read: reasoning, annotations and whatever else a provider adds stay out. A shape that is
not understood raises `UpstreamRefusedError`; it is never guessed.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.conversation import Choice, ChoiceDelta, Chunk, Reply, ToolCall, ToolCallDelta, Usage
from gateway.errors import UpstreamRefusedError
from gateway.structures import well_formed

_SAFE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

MOST_TOKENS: Final = 10_000_000
"""No answer takes more: a server's absurd count must neither overflow the journal nor bar a key for ever."""

LONGEST_TEXT: Final = 4_000_000
"""Characters of one streamed answer, ten times what the largest models write: it is kept until it is recorded."""

_THOUGHT: Final = re.compile(r"<(?:think|thinking|budget:thinking)>.*?</(?:think|thinking|budget:thinking)>", re.DOTALL)
"""What some servers leave in front of a whole answer."""

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


def reply(received: Any, route: str, most: int) -> Reply:  # noqa: ANN401 - JSON, or an object of litellm
    """Return a whole answer of at most `most` choices."""
    _require_success(received)
    choices = tuple(_choice(choice, most) for choice in _list(received, "choices"))
    if not choices:
        raise UpstreamRefusedError("answer without a choice")
    return Reply(choices, usage(received) or Usage(), route)


def usage(received: Any) -> Usage | None:  # noqa: ANN401 - JSON, or an object of litellm
    """Return the tokens that an answer or a chunk counts; None where it counts none."""
    counted = _get(received, "usage")
    if counted is None:
        return None
    return Usage(_count(counted, "prompt_tokens"), _count(counted, "completion_tokens"))


class ChunkReader:
    """Reads the chunks of one stream, and knows at the end whether the answer was whole."""

    def __init__(self, route: str, most: int) -> None:
        self._route, self._most = route, most
        self._ended: dict[int, bool] = {}
        self._done = False
        self._left = LONGEST_TEXT
        self._calls: set[tuple[int, int]] = set()
        self._named: set[tuple[int, int]] = set()

    def read(self, *received: Any) -> Chunk:  # noqa: ANN401 - JSON, or an object of litellm or of openai
        """Return what came at once as one chunk, a delta for each choice; what is not for the caller is left out."""
        parts: dict[int, _Part] = {}
        counted: Usage | None = None
        for event in received:
            if event is DONE:
                # Some servers say their end in no other way.
                self._done = True
                continue
            _require_success(event)
            for choice in _list(event, "choices"):
                index = _index(choice, self._most)
                part = parts.get(index) or parts.setdefault(index, _Part())
                self._add(index, choice, part)
            counted = usage(event) or counted
        self._left -= sum(part.length for part in parts.values())
        if self._left < 0:
            raise UpstreamRefusedError("an answer without end")
        deltas = (part.delta(index) for index, part in parts.items())
        return Chunk(self._route, tuple(delta for delta in deltas if delta is not None), counted)

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

    def _add(self, index: int, choice: Any, part: "_Part") -> None:  # noqa: ANN401 - JSON, or an object of openai
        if _get(choice, "message") is not None:
            raise UpstreamRefusedError("a whole answer where a stream was expected")
        delta, told = _get(choice, "delta"), _get(choice, "finish_reason")
        if told is not None:
            part.finish = _ending(told)
            self._ended[index] = True
        elif index not in self._ended:
            self._ended[index] = False
        if text := _text(delta, "content"):
            part.text += text
        if refusal := _refusal(delta):
            part.refusal += refusal
        for call in _list(delta, "tool_calls"):
            self._add_call(index, call, part.calls)

    def _add_call(self, choice: int, call: Any, calls: dict[int, ToolCallDelta]) -> None:  # noqa: ANN401 - as above
        index, function = _get(call, "index"), _get(call, "function")
        if not isinstance(index, int) or index < 0:
            raise UpstreamRefusedError("tool call without a place")
        place, name = (choice, index), _text(function, "name") or None
        first, named = place not in self._calls, place in self._named
        self._calls.add(place)
        if name:
            self._named.add(place)
        before = calls.get(index) or ToolCallDelta(index)
        calls[index] = ToolCallDelta(
            index=index,
            id=_call_id(_get(call, "id")) if first else before.id,
            name=before.name if named else name,
            arguments=before.arguments + (_text(function, "arguments") or ""),
        )


@dataclass(slots=True)
class _Part:
    """What came at once of one choice."""

    text: str = ""
    refusal: str = ""
    finish: str | None = None
    calls: dict[int, ToolCallDelta] = field(default_factory=dict)

    @property
    def length(self) -> int:
        return len(self.text) + len(self.refusal) + sum(len(call.arguments) for call in self.calls.values())

    def delta(self, index: int) -> ChoiceDelta | None:
        if not (self.text or self.refusal or self.calls or self.finish):
            return None
        return ChoiceDelta(index, self.text, tuple(self.calls.values()), self.finish, self.refusal)


def _require_success(received: Any) -> None:  # noqa: ANN401 - JSON, or an object of litellm
    """Raise where an error came under a status of success, as vLLM's do in a stream; an empty one is none."""
    if isinstance(received, dict) and received.get("error"):
        raise UpstreamRefusedError("an error where an answer was expected")


def _get(holder: Any, name: str) -> Any:  # noqa: ANN401 - JSON, or an object of litellm
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)


def _choice(choice: Any, most: int) -> Choice:  # noqa: ANN401 - JSON, or an object of litellm
    message = _get(choice, "message")
    calls = tuple(_call(call) for call in _list(message, "tool_calls"))
    return Choice(
        index=_index(choice, most),
        text=_without_thought(_text(message, "content")),
        tool_calls=calls,
        finish_reason=_ending(_get(choice, "finish_reason")),
        refusal=_refusal(message),
    )


def _without_thought(text: str | None) -> str | None:
    thought = _THOUGHT.match(text) if text else None
    return text[thought.end() :] if text and thought else text


def _call(call: Any) -> ToolCall:  # noqa: ANN401 - JSON, or an object of litellm
    function = _get(call, "function")
    name = _text(function, "name")
    if not name:
        raise UpstreamRefusedError("tool call without a name")
    return ToolCall(_call_id(_get(call, "id")), name, _text(function, "arguments") or "")


def _call_id(told: object) -> str:
    if isinstance(told, str) and _SAFE_ID.fullmatch(told):
        return told
    return f"call_{secrets.token_hex(12)}"


def _ending(told: object) -> str:
    if isinstance(told, str) and told in _ENDINGS:
        return _ENDINGS[told]
    raise UpstreamRefusedError("answer that ended in an unknown way")


def _index(choice: Any, most: int) -> int:  # noqa: ANN401 - JSON, or an object of litellm
    index = _get(choice, "index")
    if index is None and most == 1:
        return 0  # some servers number nothing, and only one was asked for
    if isinstance(index, int) and 0 <= index < most:
        return index
    raise UpstreamRefusedError("choice that was not asked for")


def _refusal(message: Any) -> str | None:  # noqa: ANN401 - JSON, or an object of litellm
    told = _text(message, "refusal")
    if told is None and isinstance(extra := _get(message, "provider_specific_fields"), dict):
        kept = extra.get("refusal")
        return well_formed(kept) if isinstance(kept, str) else None
    return told


def _text(holder: Any, name: str) -> str | None:  # noqa: ANN401 - JSON, or an object of litellm
    value = _get(holder, name)
    if value is None:
        return None
    if isinstance(value, str):
        return value if value.isascii() else well_formed(value)
    if name == "content" and isinstance(value, list):
        return _written(value)
    raise UpstreamRefusedError("something else where a text was expected")


def _written(blocks: Iterable[Any]) -> str | None:
    """Return the text of a content in blocks, as Mistral's reasoning models write it; what they think stays out."""
    texts: list[str] = []
    for block in blocks:
        kind = _get(block, "type")
        if kind == "text":
            texts.append(_text(block, "text") or "")
        elif kind not in {"thinking", "reference"}:
            raise UpstreamRefusedError("something else where a text was expected")
    return "".join(texts) if texts else None


def _list(holder: Any, name: str) -> list[Any]:  # noqa: ANN401 - JSON, or an object of litellm
    value = _get(holder, name) or []
    if isinstance(value, list):
        return value
    raise UpstreamRefusedError("something else where a list was expected")


def _count(counted: Any, name: str) -> int:  # noqa: ANN401 - JSON, or an object of litellm
    value = _get(counted, name)
    if isinstance(value, float) and value > MOST_TOKENS:
        return MOST_TOKENS  # a parser's reading of more digits than a number of the machine has
    return min(value, MOST_TOKENS) if isinstance(value, int) and value >= 0 else 0
