"""From the wire to a `Prompt`, free of any wire format; from a `Reply` or a `Chunk` back to the wire.

`user` and `metadata` have no place in a `Prompt`, so they cannot be relayed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.api.schemas_chat import ChatRequest, ChosenTool, FunctionIn, JsonSchemaFormat, ResponseFormat
from gateway.api.schemas_messages import (
    AssistantMessage,
    AudioPartIn,
    FilePartIn,
    ImagePartIn,
    MessageIn,
    RefusalPartIn,
    TextPartIn,
    ToolMessage,
)
from gateway.conversation import (
    Choice,
    ChoiceDelta,
    Chunk,
    MediaPart,
    Message,
    OutputFormat,
    OutputKind,
    Parameters,
    Prompt,
    Reply,
    Role,
    TextPart,
    Tool,
    ToolCall,
    ToolCallDelta,
    Usage,
)
from gateway.errors import InvalidPromptError
from gateway.structures import Json

PartIn = TextPartIn | RefusalPartIn | ImagePartIn | AudioPartIn | FilePartIn


def prompt(body: ChatRequest) -> Prompt:
    """Return what is asked, without anything that only this gateway reads."""
    return Prompt(
        messages=tuple(_message(message) for message in body.messages),
        tools=tuple(_tool(tool.function) for tool in body.tools or ()),
        tool_choice=Tool(body.tool_choice.function.name)
        if isinstance(body.tool_choice, ChosenTool)
        else body.tool_choice,
        output=_output(body.response_format),
        stop=(body.stop,) if isinstance(body.stop, str) else body.stop or (),
        parameters=_parameters(body),
    )


def _message(message: MessageIn) -> Message:
    content = _content(message.content)
    if not isinstance(message, AssistantMessage):
        call_id = message.tool_call_id if isinstance(message, ToolMessage) else None
        return Message(Role(message.role), content, message.name, tool_call_id=call_id)
    if message.refusal:
        content = (*_as_parts(content), TextPart(message.refusal)) if content else message.refusal
    return Message(
        role=Role.ASSISTANT,
        content=content,
        name=message.name,
        tool_calls=tuple(
            ToolCall(call.id, call.function.name, call.function.arguments) for call in message.tool_calls or ()
        ),
    )


def _content(content: str | Sequence[PartIn] | None) -> str | tuple[TextPart | MediaPart, ...] | None:
    return content if content is None or isinstance(content, str) else tuple(_part(part) for part in content)


def _as_parts(content: str | tuple[TextPart | MediaPart, ...]) -> tuple[TextPart | MediaPart, ...]:
    return (TextPart(content),) if isinstance(content, str) else content


def _part(part: PartIn) -> TextPart | MediaPart:
    match part:
        case TextPartIn():
            return TextPart(part.text)
        case RefusalPartIn():
            return TextPart(part.refusal)
        case ImagePartIn() | AudioPartIn() | FilePartIn():
            return MediaPart(part.type, part.model_dump(exclude_none=True))


def _tool(function: FunctionIn) -> Tool:
    return Tool(function.name, function.description, _json(function.parameters), function.strict)


def _output(wanted: ResponseFormat | None) -> OutputFormat:
    if wanted is None:
        return OutputFormat()
    if not isinstance(wanted, JsonSchemaFormat):
        return OutputFormat(OutputKind(wanted.type))
    schema = wanted.json_schema
    return OutputFormat(OutputKind.JSON_SCHEMA, schema.name, schema.description, _json(schema.schema_), schema.strict)


def _json(value: Any) -> Json:  # noqa: ANN401 - pydantic's JsonValue is the same set of values
    result: Json = value
    return result


def _parameters(body: ChatRequest) -> Parameters:
    if body.max_tokens and body.max_completion_tokens and body.max_tokens != body.max_completion_tokens:
        raise InvalidPromptError(
            "`max_tokens` et `max_completion_tokens` se contredisent ; n’en donnez qu’un.", "max_tokens"
        )
    return Parameters(
        temperature=body.temperature,
        top_p=body.top_p,
        max_tokens=body.max_completion_tokens or body.max_tokens,
        presence_penalty=body.presence_penalty,
        frequency_penalty=body.frequency_penalty,
        seed=body.seed,
        n=body.n or 1,
        parallel_tool_calls=body.parallel_tool_calls,
        reasoning_effort=body.reasoning_effort,
    )


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands around every answer and every chunk of it; `model` is what the caller asked for."""

    output_id: str
    created: int
    model: str

    def answer(self, reply: Reply, marks: Mapping[str, Json]) -> dict[str, Any]:
        """Return a whole answer."""
        return {
            **self._head("chat.completion"),
            "choices": [_choice(choice) for choice in reply.choices],
            "usage": usage(reply.usage),
            "ecluse": marks,
        }

    def chunk(self, chunk: Chunk, introduced: set[int]) -> dict[str, Any]:
        """Return a piece; the first of each choice carries the role, so `introduced` grows."""
        choices = []
        for delta in chunk.deltas:
            choices.append(_delta(delta, first=delta.index not in introduced))
            introduced.add(delta.index)
        return {**self._head("chat.completion.chunk"), "choices": choices}

    def _head(self, kind: str) -> dict[str, Any]:
        return {
            "id": f"chatcmpl-{self.output_id}",
            "object": kind,
            "created": self.created,
            "model": self.model,
            "system_fingerprint": None,
        }


def usage(counted: Usage) -> dict[str, int]:
    """Return tokens as OpenAI writes them."""
    return {
        "prompt_tokens": counted.prompt_tokens,
        "completion_tokens": counted.completion_tokens,
        "total_tokens": counted.total_tokens,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": choice.text, "refusal": choice.refusal}
    if choice.tool_calls:
        message["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in choice.tool_calls
        ]
    return {"index": choice.index, "message": message, "logprobs": None, "finish_reason": choice.finish_reason}


def _delta(piece: ChoiceDelta, *, first: bool) -> dict[str, Any]:
    delta: dict[str, Any] = {"role": "assistant", "content": ""} if first else {}
    if piece.text:
        delta["content"] = piece.text
    if piece.refusal:
        delta["refusal"] = piece.refusal
    if piece.tool_calls:
        delta["tool_calls"] = [_call_delta(call) for call in piece.tool_calls]
    return {"index": piece.index, "delta": delta, "logprobs": None, "finish_reason": piece.finish_reason}


def _call_delta(piece: ToolCallDelta) -> dict[str, Any]:
    head: dict[str, Any] = {"index": piece.index}
    if piece.id is not None:
        head |= {"id": piece.id, "type": "function"}
    function = {"name": piece.name} if piece.name is not None else {}
    return {**head, "function": {**function, "arguments": piece.arguments}}
