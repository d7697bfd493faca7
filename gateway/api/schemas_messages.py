"""Messages on the wire, in OpenAI's shape: roles, parts, tool calls."""

import re
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, Discriminator, Field
from pydantic_core import PydanticCustomError

from gateway.api.schemas import Many, Wire, branch, by_key, string_or_list

FunctionName: TypeAlias = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,64}$", examples=["chercher_resultat"])]
Identifier: TypeAlias = Annotated[str, Field(min_length=1, max_length=256)]


BASE64: Final = r"[A-Za-z0-9+/_-]*={0,2}"
DATA_URL: Final = rf"data:[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+;base64,{BASE64}"


def _held(content: str) -> str:
    """Refuse an address of the network: whoever runs the model would fetch it, and it may itself tell of a patient."""
    if re.fullmatch(DATA_URL, content) is None:
        raise PydanticCustomError("data_url", "data URL")
    return content


def _encoded(content: str) -> str:
    if re.fullmatch(BASE64, content) is None and re.fullmatch(DATA_URL, content) is None:
        raise PydanticCustomError("base64", "base 64")
    return content


DataUrl: TypeAlias = Annotated[str, Field(json_schema_extra={"pattern": f"^{DATA_URL}$"}), AfterValidator(_held)]
Encoded: TypeAlias = Annotated[
    str, Field(json_schema_extra={"pattern": f"^({BASE64}|{DATA_URL})$"}), AfterValidator(_encoded)
]
"""What is attached comes whole in the request."""


class TextPartIn(Wire):
    """A piece of text."""

    type: Literal["text"]
    text: str


class RefusalPartIn(Wire):
    """What an assistant once refused to do."""

    type: Literal["refusal"]
    refusal: str


class ImageUrl(Wire):
    """An image, as a data URL."""

    url: DataUrl
    detail: Literal["auto", "low", "high"] | None = None


class ImagePartIn(Wire):
    """An image; nothing in it can be masked, so the charter lets it go to a D2 route only."""

    type: Literal["image_url"]
    image_url: ImageUrl


class InputAudio(Wire):
    """A sound, in base 64."""

    data: Encoded
    format: Literal["wav", "mp3"]


class AudioPartIn(Wire):
    """A sound; D2 routes only."""

    type: Literal["input_audio"]
    input_audio: InputAudio


class FileData(Wire):
    """A file, in base 64."""

    file_data: Encoded
    filename: str | None = None


class FilePartIn(Wire):
    """A file; D2 routes only."""

    type: Literal["file"]
    file: FileData


_by_type = Discriminator(by_key("type"), custom_error_type="part_unknown", custom_error_message="part")
_text_or_parts = Discriminator(string_or_list)

UserPart: TypeAlias = Annotated[
    Annotated[TextPartIn, branch("text")]
    | Annotated[ImagePartIn, branch("image_url")]
    | Annotated[AudioPartIn, branch("input_audio")]
    | Annotated[FilePartIn, branch("file")],
    _by_type,
]
AssistantPart: TypeAlias = Annotated[
    Annotated[TextPartIn, branch("text")] | Annotated[RefusalPartIn, branch("refusal")], _by_type
]
TextContent: TypeAlias = Annotated[
    Annotated[str, branch("string")] | Annotated[Many[TextPartIn], branch("list")], _text_or_parts
]
UserContent: TypeAlias = Annotated[
    Annotated[str, branch("string")] | Annotated[Many[UserPart], branch("list")], _text_or_parts
]
AssistantContent: TypeAlias = Annotated[
    Annotated[str, branch("string")] | Annotated[Many[AssistantPart], branch("list")], _text_or_parts
]


class FunctionCall(Wire):
    """The function that the model asked for; `arguments` is JSON text, possibly malformed, as models write it."""

    name: FunctionName
    arguments: str


class ToolCallIn(Wire):
    """A call that the assistant made in an earlier turn."""

    id: Identifier
    type: Literal["function"]
    function: FunctionCall


class InstructionMessage(Wire):
    """What the tool's author tells the model."""

    role: Literal["developer", "system"]
    content: TextContent
    name: str | None = None


class UserMessage(Wire):
    """What the person asks."""

    role: Literal["user"]
    content: UserContent
    name: str | None = None


class AssistantMessage(Wire):
    """What the model answered in an earlier turn, as official clients send it back."""

    role: Literal["assistant"]
    content: AssistantContent | None = None
    name: str | None = None
    refusal: str | None = None
    tool_calls: Many[ToolCallIn] | None = None
    annotations: tuple[()] | None = None
    """Accepted when empty, since official clients send it back."""
    audio: None = None
    function_call: None = None


class ToolMessage(Wire):
    """What a tool returned."""

    role: Literal["tool"]
    content: TextContent
    tool_call_id: Identifier
    name: str | None = None


_by_role = Discriminator(by_key("role"), custom_error_type="role_unknown", custom_error_message="role")

MessageIn: TypeAlias = Annotated[
    Annotated[InstructionMessage, branch("developer")]
    | Annotated[InstructionMessage, branch("system")]
    | Annotated[UserMessage, branch("user")]
    | Annotated[AssistantMessage, branch("assistant")]
    | Annotated[ToolMessage, branch("tool")],
    _by_role,
]
