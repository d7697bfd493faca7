"""Prompt, MaskedPrompt, Reply: every text of a request and of its answer, free of any wire format.

`Prompt.rewritten` is the only place that knows where the texts stand. Listing and replacing both go through it, so a
text that is listed is replaced, and a new field has to be given a place there before it can be sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from filters.identifiers.text import Text
from gateway.structures import Json, Rewrite, rewrite_json_text, rewrite_schema


class Role(StrEnum):
    """Who speaks in a message."""

    DEVELOPER = "developer"
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of written content."""

    text: str


@dataclass(frozen=True, slots=True)
class MediaPart:
    """An image, a sound or a file, as the client sent it. Nothing in it can be masked: D2 routes only."""

    kind: str
    payload: Json


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call that the model asks for; `arguments` is JSON text, possibly malformed, as models write it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the conversation."""

    role: Role
    content: str | tuple[TextPart | MediaPart, ...] | None = None
    name: str | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the model may call; `parameters` is a JSON schema."""

    name: str
    description: str | None = None
    parameters: Json = None
    strict: bool | None = None


class OutputKind(StrEnum):
    """What shape the answer must have."""

    TEXT = "text"
    JSON_OBJECT = "json_object"
    JSON_SCHEMA = "json_schema"


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """The answer's required shape; the schema fields belong to `JSON_SCHEMA`."""

    kind: OutputKind = OutputKind.TEXT
    name: str | None = None
    description: str | None = None
    schema: Json = None
    strict: bool | None = None

    @property
    def is_json(self) -> bool:
        """Return whether values put back into the answer have to be JSON-escaped."""
        return self.kind is not OutputKind.TEXT


@dataclass(frozen=True, slots=True)
class Parameters:
    """Numbers and switches of a completion; none of them can carry text."""

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    seed: int | None = None
    n: int = 1
    parallel_tool_calls: bool | None = None
    reasoning_effort: str | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """A whole request, as the caller wrote it."""

    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()
    tool_choice: str | Tool | None = None
    """`none`, `auto`, `required`, or the one tool to call."""
    output: OutputFormat = OutputFormat()
    stop: tuple[str, ...] = ()
    parameters: Parameters = Parameters()

    @property
    def texts(self) -> tuple[Text, ...]:
        """Return every text of the request, in a fixed order."""
        found: list[Text] = []

        def note(text: Text) -> str:
            found.append(text)
            return text.value

        self.rewritten(note)
        return tuple(found)

    @property
    def has_media(self) -> bool:
        """Return whether something is attached that cannot be masked."""
        parts = (part for message in self.messages if isinstance(message.content, tuple) for part in message.content)
        return any(isinstance(part, MediaPart) for part in parts)

    def rewritten(self, rewrite: Rewrite) -> "Prompt":
        """Return this prompt with `rewrite` applied to each of its texts, in the order of `texts`."""
        return Prompt(
            messages=tuple(_message(message, rewrite) for message in self.messages),
            tools=tuple(_tool(tool, rewrite) for tool in self.tools),
            tool_choice=_tool(self.tool_choice, rewrite) if isinstance(self.tool_choice, Tool) else self.tool_choice,
            output=_output(self.output, rewrite),
            stop=tuple(rewrite(Text(text)) for text in self.stop),
            parameters=self.parameters,
        )

    def masked_with(self, masked: "Replacements") -> "MaskedPrompt":
        """Return the only thing that an upstream accepts: this prompt with each text replaced by its masked form.

        Raises ValueError where the replacements are not exactly one for each text: nothing is sent then.
        """
        left = list(reversed(masked.texts))
        if len(left) != len(self.texts):
            raise ValueError("replacements do not match the texts of the prompt")
        prompt = self.rewritten(lambda _: left.pop())
        if left:
            raise ValueError("replacements do not match the texts of the prompt")
        if masked.system_line:
            prompt = replace(prompt, messages=(Message(Role.SYSTEM, masked.system_line), *prompt.messages))
        return MaskedPrompt(_token=_SEAL, prompt=prompt)


class Replacements(Protocol):
    """What `masked_with` needs of a masking result."""

    @property
    def texts(self) -> Sequence[str]:
        """Return the masked texts, in the order of `Prompt.texts`."""
        ...

    @property
    def system_line(self) -> str | None:
        """Return what the model has to be told of the placeholders; None when there are none."""
        ...


_SEAL = object()


@dataclass(frozen=True, slots=True)
class MaskedPrompt:
    """A prompt that may leave. Only `Prompt.masked_with` can make one."""

    prompt: Prompt
    _token: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to be made by anybody else."""
        if self._token is not _SEAL:
            raise TypeError("a MaskedPrompt is made by Prompt.masked_with only")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens, as the upstream counts them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def total_tokens(self) -> int:
        """Return the sum that quotas count."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers."""

    index: int
    text: str | None
    tool_calls: tuple[ToolCall, ...] = ()
    finish_reason: str = "stop"
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer; `route` is the id of the route that gave it, which a fallback may have changed."""

    choices: tuple[Choice, ...]
    usage: Usage
    route: str


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A piece of a tool call; `index` tells parallel calls apart, `id` and `name` come once."""

    index: int
    id: str | None = None
    name: str | None = None
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceDelta:
    """A piece of one answer."""

    index: int
    text: str = ""
    tool_calls: tuple[ToolCallDelta, ...] = ()
    finish_reason: str | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed answer; usage comes once, at the end, and may come alone."""

    route: str
    deltas: tuple[ChoiceDelta, ...] = ()
    usage: Usage | None = None


def _message(message: Message, rewrite: Rewrite) -> Message:
    return Message(
        role=message.role,
        content=_content(message, rewrite),
        name=rewrite(Text(message.name, field="nom", bare=True)) if message.name is not None else None,
        tool_calls=tuple(
            ToolCall(call.id, rewrite(Text(call.name, bare=True)), rewrite_json_text(call.arguments, rewrite))
            for call in message.tool_calls
        ),
        tool_call_id=message.tool_call_id,
    )


def _content(message: Message, rewrite: Rewrite) -> str | tuple[TextPart | MediaPart, ...] | None:
    def rewritten(text: str) -> str:
        # A tool's result is most often JSON: its keys tell what its values are.
        return rewrite_json_text(text, rewrite) if message.role is Role.TOOL else rewrite(Text(text))

    if not isinstance(message.content, tuple):
        return message.content if message.content is None else rewritten(message.content)
    return tuple(TextPart(rewritten(part.text)) if isinstance(part, TextPart) else part for part in message.content)


def _tool(tool: Tool, rewrite: Rewrite) -> Tool:
    return Tool(
        name=rewrite(Text(tool.name, bare=True)),
        description=rewrite(Text(tool.description)) if tool.description is not None else None,
        parameters=rewrite_schema(tool.parameters, rewrite),
        strict=tool.strict,
    )


def _output(output: OutputFormat, rewrite: Rewrite) -> OutputFormat:
    return OutputFormat(
        kind=output.kind,
        name=rewrite(Text(output.name, bare=True)) if output.name is not None else None,
        description=rewrite(Text(output.description)) if output.description is not None else None,
        schema=rewrite_schema(output.schema, rewrite),
        strict=output.strict,
    )
