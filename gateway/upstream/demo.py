"""The embedded model: no language model, and it says so. It lets the whole journey be seen without any provider.

Deterministic. It answers with passages of the masked text and with its placeholders, so that putting identifiers back
is really exercised; it calls tools, writes JSON, streams and counts tokens as a model would.
"""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Iterator
from itertools import zip_longest
from typing import Final

from gateway.conversation import (
    Choice,
    ChoiceDelta,
    Chunk,
    MaskedPrompt,
    Message,
    OutputKind,
    Prompt,
    Reply,
    Role,
    TextPart,
    Tool,
    ToolCall,
    ToolCallDelta,
    Usage,
)
from gateway.structures import Json
from gateway.upstream.demo_json import fill, summary
from gateway.upstream.demo_note import Note, draft, folded

MODEL: Final = "demo/extractif"
"""What a route names to have this model."""

PIECE: Final = 4
"""Characters in a token, as counted here, and in a streamed piece: shorter than any placeholder, so each one is cut."""

_ASKS_FOR_A_TOOL: Final = re.compile(r"\b(outils?|tools?)\b")
_SHORT: Final = 200
"""Characters under which the last message is a question on what was said before, not a note."""


class DemoModel:
    """Answers on the spot; cannot fail, and holds nothing between two requests."""

    def __init__(self, route: str) -> None:
        """`route` is told in each answer."""
        self._route = route

    async def complete(self, prompt: MaskedPrompt) -> Reply:
        """Return the whole answer."""
        asked = prompt.prompt
        choices = tuple(_choice(asked, index) for index in range(asked.parameters.n))
        return Reply(choices, _usage(asked, choices), self._route)

    async def stream(self, prompt: MaskedPrompt) -> AsyncGenerator[Chunk, None]:
        """Yield the answer in pieces of `PIECE` characters, the choices in turn."""
        reply = await self.complete(prompt)
        for deltas in zip_longest(*(_deltas(choice) for choice in reply.choices)):
            for delta in deltas:
                if delta is not None:
                    yield Chunk(self._route, (delta,))
            await asyncio.sleep(0)  # let other requests move on
        yield Chunk(self._route, usage=reply.usage)

    async def close(self) -> None:
        """Do nothing: nothing is open."""


def _choice(prompt: Prompt, index: int) -> Choice:
    calls = _calls(prompt)
    if calls:
        return Choice(index, None, calls, "tool_calls")
    text, finish = _limited(prompt, _text(prompt, index))
    return Choice(index, text, (), finish)


def _text(prompt: Prompt, index: int) -> str:
    note = _note(prompt)
    match prompt.output.kind:
        case OutputKind.JSON_SCHEMA:
            return json.dumps(fill(prompt.output.schema, note), ensure_ascii=False)
        case OutputKind.JSON_OBJECT:
            return json.dumps(summary(note), ensure_ascii=False)
        case OutputKind.TEXT:
            return draft(note, index)


def _limited(prompt: Prompt, text: str) -> tuple[str, str]:
    """Return what the stop texts and the allowance of tokens leave of an answer, and why it ends there."""
    ends = [place for stop in prompt.stop if stop and (place := text.find(stop)) >= 0]
    text = text[: min(ends, default=len(text))]
    most = prompt.parameters.max_tokens
    if most is not None and _tokens(text) > most:
        return text[: most * PIECE], "length"
    return text, "stop"


def _calls(prompt: Prompt) -> tuple[ToolCall, ...]:
    note = _note(prompt)
    tools = _tools_to_call(prompt)
    return tuple(
        ToolCall(f"demo{place:05d}", tool.name, json.dumps(fill(_object(tool), note), ensure_ascii=False))
        for place, tool in enumerate(tools, start=1)
    )


def _tools_to_call(prompt: Prompt) -> list[Tool]:
    """Return the tools to call: the one imposed, or those that the last message names; none after a tool's result."""
    if not prompt.tools or prompt.tool_choice == "none":
        return []
    if isinstance(prompt.tool_choice, Tool):
        return [tool for tool in prompt.tools if tool.name == prompt.tool_choice.name]
    last = prompt.messages[-1] if prompt.messages else None
    if last is None or last.role is not Role.USER:
        return list(prompt.tools[:1]) if prompt.tool_choice == "required" else []
    said = folded(_said(last))
    named = [tool for tool in prompt.tools if _names(said, tool.name)]
    if not named and (prompt.tool_choice == "required" or _ASKS_FOR_A_TOOL.search(said)):
        named = list(prompt.tools[:1])
    return named[:1] if prompt.parameters.parallel_tool_calls is False else named


def _names(said: str, tool: str) -> bool:
    words = re.split(r"[\W_]+", folded(tool))
    return re.search(r"\b" + r"[\W_]+".join(map(re.escape, words)) + r"\b", said) is not None


def _object(tool: Tool) -> Json:
    return {"type": "object", **tool.parameters} if isinstance(tool.parameters, dict) else {"type": "object"}


def _note(prompt: Prompt) -> Note:
    """Return what to answer on: the last message, or all that users and tools said where it is but a question."""
    spoken = [message for message in prompt.messages if message.role in {Role.USER, Role.TOOL}]
    last = _said(spoken[-1]) if spoken else ""
    if len(last) >= _SHORT:
        return Note(last)
    return Note("\n".join(_said(message) for message in spoken))


def _said(message: Message) -> str:
    if isinstance(message.content, tuple):
        return "\n".join(part.text for part in message.content if isinstance(part, TextPart))
    return message.content or ""


def _deltas(choice: Choice) -> Iterator[ChoiceDelta]:
    for piece in _cut(choice.text or ""):
        yield ChoiceDelta(choice.index, piece)
    for place, call in enumerate(choice.tool_calls):
        yield ChoiceDelta(choice.index, tool_calls=(ToolCallDelta(place, call.id, call.name),))
        for piece in _cut(call.arguments):
            yield ChoiceDelta(choice.index, tool_calls=(ToolCallDelta(place, arguments=piece),))
    yield ChoiceDelta(choice.index, finish_reason=choice.finish_reason)


def _cut(text: str) -> Iterator[str]:
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))


def _usage(prompt: Prompt, choices: tuple[Choice, ...]) -> Usage:
    """Return an approximation, one token for four characters: nothing here has a real tokenizer."""
    written = (text for choice in choices for text in (choice.text, *(call.arguments for call in choice.tool_calls)))
    return Usage(sum(_tokens(text.value) for text in prompt.texts), sum(_tokens(text or "") for text in written))


def _tokens(text: str) -> int:
    return -(-len(text) // PIECE)
