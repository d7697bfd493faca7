"""A masked prompt in OpenAI's wire shape: the closed list of what may leave for a model.

What is not written here does not leave: no `user`, no `metadata`, no header, no address of the request.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from gateway.conversation import (
    MaskedPrompt,
    MediaPart,
    Message,
    OutputFormat,
    OutputKind,
    Parameters,
    Prompt,
    Role,
    TextPart,
    Tool,
)
from gateway.errors import UpstreamRefusedError
from gateway.structures import Json

_INSTRUCTIONS: Final = frozenset({Role.SYSTEM, Role.DEVELOPER})
"""Roles that are sent as `system`: servers of open models know no `developer`."""


def arguments(prompt: MaskedPrompt, *, media: bool) -> dict[str, Any]:
    """Return the arguments of a completion, besides the model and the way to it.

    `media` says whether the route may take what cannot be masked; where it may not, an attachment raises
    `UpstreamRefusedError` and nothing leaves.
    """
    asked = prompt.prompt
    if asked.has_media and not media:
        raise UpstreamRefusedError("media on a route that takes masked text only")
    sent: dict[str, Any] = {"messages": _messages(asked.messages), **_parameters(asked.parameters)}
    if asked.tools:
        sent |= _tools(asked)
    if asked.output.kind is not OutputKind.TEXT:
        sent["response_format"] = _output(asked.output)
    if asked.stop:
        sent["stop"] = list(asked.stop)
    return sent


class CallIds:
    """Gives each tool call of a conversation an id of nine letters and digits, in order of first appearance.

    An id comes from the client, so it could carry a text; and Mistral accepts no other form.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __getitem__(self, told: str) -> str:
        return self._known.setdefault(told, f"call{len(self._known) + 1:05d}")


def _messages(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Return the messages; the instructions that open a conversation become one, since many models accept only one."""
    ids = CallIds()
    opening = 0
    while opening < len(messages) and _is_plain_instruction(messages[opening]):
        opening += 1
    sent: list[dict[str, Any]] = []
    if opening:
        text = "\n\n".join(_plain(message) for message in messages[:opening])
        sent.append({"role": Role.SYSTEM.value, "content": text})
    return sent + [_message(message, ids) for message in messages[opening:]]


def _is_plain_instruction(message: Message) -> bool:
    texts = not isinstance(message.content, tuple) or all(isinstance(part, TextPart) for part in message.content)
    return message.role in _INSTRUCTIONS and message.name is None and texts


def _plain(message: Message) -> str:
    if isinstance(message.content, tuple):
        return "".join(part.text for part in message.content if isinstance(part, TextPart))
    return message.content or ""


def _message(message: Message, ids: CallIds) -> dict[str, Any]:
    role = Role.SYSTEM if message.role in _INSTRUCTIONS else message.role
    sent: dict[str, Any] = {"role": role.value, "content": _content(message.content)}
    if message.name is not None:
        sent["name"] = message.name
    if message.tool_calls:
        sent["tool_calls"] = [
            {"id": ids[call.id], "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.tool_calls
        ]
    if message.tool_call_id is not None:
        sent["tool_call_id"] = ids[message.tool_call_id]
    return sent


def _content(content: str | tuple[TextPart | MediaPart, ...] | None) -> str | list[Json] | None:
    if not isinstance(content, tuple):
        return content
    return [{"type": "text", "text": part.text} if isinstance(part, TextPart) else part.payload for part in content]


def _parameters(parameters: Parameters) -> dict[str, Any]:
    """Return the numbers and switches that were given; `parallel_tool_calls` goes with the tools."""
    sent = {
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "max_tokens": parameters.max_tokens,
        "presence_penalty": parameters.presence_penalty,
        "frequency_penalty": parameters.frequency_penalty,
        "seed": parameters.seed,
        "n": parameters.n if parameters.n > 1 else None,
        "reasoning_effort": parameters.reasoning_effort,
    }
    return {name: value for name, value in sent.items() if value is not None}


def _tools(prompt: Prompt) -> dict[str, Any]:
    sent: dict[str, Any] = {"tools": [{"type": "function", "function": _function(tool)} for tool in prompt.tools]}
    if isinstance(prompt.tool_choice, Tool):
        sent["tool_choice"] = {"type": "function", "function": {"name": prompt.tool_choice.name}}
    elif prompt.tool_choice is not None:
        sent["tool_choice"] = prompt.tool_choice
    if prompt.parameters.parallel_tool_calls is not None:
        sent["parallel_tool_calls"] = prompt.parameters.parallel_tool_calls
    return sent


def _function(tool: Tool) -> dict[str, Json]:
    # A copy: litellm rewrites schemas where they stand, and the same prompt may go to another route.
    told = {"description": tool.description, "parameters": deepcopy(tool.parameters), "strict": tool.strict}
    return {"name": tool.name, **{name: value for name, value in told.items() if value is not None}}


def _output(output: OutputFormat) -> dict[str, Any]:
    if output.kind is OutputKind.JSON_OBJECT:
        return {"type": "json_object"}
    told = {"description": output.description, "schema": output.schema, "strict": output.strict}
    named = {"name": output.name or "reponse"}
    return {"type": "json_schema", "json_schema": named | {name: v for name, v in told.items() if v is not None}}
