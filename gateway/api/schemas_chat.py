"""The chat completion request on the wire, in OpenAI's shape, and nothing beyond what this gateway understands."""

from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Discriminator, Field, JsonValue

from gateway.api.schemas import Many, Wire, branch, by_key, string_or_list
from gateway.api.schemas_messages import FunctionName, MessageIn
from gateway.api.schemas_patient import EcluseIn

Schema: TypeAlias = dict[str, JsonValue]


class FunctionIn(Wire):
    """A function that the model may call."""

    name: FunctionName
    description: str | None = None
    parameters: Schema | None = None
    strict: bool | None = None


class ToolIn(Wire):
    """A tool; functions only."""

    type: Literal["function"]
    function: FunctionIn


class ChosenFunction(Wire):
    """The name of the function to call."""

    name: FunctionName


class ChosenTool(Wire):
    """The one tool to call."""

    type: Literal["function"]
    function: ChosenFunction


ToolChoice: TypeAlias = Annotated[
    Annotated[Literal["none", "auto", "required"], branch("string")] | Annotated[ChosenTool, branch("list")],
    Discriminator(string_or_list),
]


class TextFormat(Wire):
    """An answer in plain text."""

    type: Literal["text"]


class JsonObjectFormat(Wire):
    """An answer that is a JSON object."""

    type: Literal["json_object"]


class JsonSchema(Wire):
    """The schema that an answer must follow."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=False)

    name: FunctionName
    description: str | None = None
    schema_: Annotated[Schema | None, Field(alias="schema")] = None
    strict: bool | None = None


class JsonSchemaFormat(Wire):
    """An answer that follows a JSON schema."""

    type: Literal["json_schema"]
    json_schema: JsonSchema


ResponseFormat: TypeAlias = Annotated[
    Annotated[TextFormat, branch("text")]
    | Annotated[JsonObjectFormat, branch("json_object")]
    | Annotated[JsonSchemaFormat, branch("json_schema")],
    Discriminator(by_key("type"), custom_error_type="format_unknown", custom_error_message="format"),
]

Stop: TypeAlias = Annotated[
    Annotated[str, branch("string")] | Annotated[Many[str], Field(max_length=4), branch("list")],
    Discriminator(string_or_list),
]


class StreamOptions(Wire):
    """What a stream should carry besides the answer."""

    include_usage: bool | None = None


Metadata: TypeAlias = Annotated[
    dict[Annotated[str, Field(max_length=64)], Annotated[str, Field(max_length=512)]],
    Field(max_length=16, description="`use` and `case` are read; nothing of it is relayed to the model."),
]

EXAMPLE: dict[str, JsonValue] = {
    "model": "compte_rendu",
    "messages": [
        {"role": "system", "content": "Tu rédiges des comptes rendus d’hospitalisation."},
        {"role": "user", "content": "M. Jean Exemple, né le 12/03/1951, a été admis pour une dyspnée."},
    ],
    "temperature": 0.2,
    "stream": False,
}


class ChatRequest(Wire):
    """A chat completion request.

    Fields whose only value is null exist in OpenAI's interface and are not offered here, because they could carry
    text that cannot be masked, or would hand back text that cannot be restored.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    model: Annotated[str, Field(min_length=1, max_length=200, description="`USE`, `USE@ROUTE` or `ROUTE`.")]
    messages: Annotated[Many[MessageIn], Field(min_length=1)]
    tools: Many[ToolIn] | None = None
    tool_choice: ToolChoice | None = None
    parallel_tool_calls: bool | None = None
    response_format: ResponseFormat | None = None
    stop: Stop | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None

    n: Annotated[int, Field(ge=1)] | None = None
    seed: Annotated[int, Field(ge=-(2**63), lt=2**63)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    max_tokens: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    frequency_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh"] | None = None

    user: Annotated[str, Field(description="Accepted, never relayed.")] | None = None
    metadata: Metadata | None = None
    ecluse: EcluseIn | None = None
    store: Literal[False] | None = None
    logprobs: Literal[False] | None = None
    modalities: tuple[Literal["text"]] | None = None

    top_logprobs: None = None
    logit_bias: None = None
    prediction: None = None
    audio: None = None
    service_tier: None = None
    functions: None = None
    function_call: None = None


REFUSED_FIELDS = {
    "logprobs": "les probabilités portent des morceaux de mots, qui ne peuvent pas être rétablis",
    "top_logprobs": "les probabilités portent des morceaux de mots, qui ne peuvent pas être rétablis",
    "logit_bias": "il désigne des morceaux de mots du modèle, que le masquage change",
    "prediction": "ce texte serait comparé mot à mot à une réponse masquée",
    "audio": "un son ne peut pas être masqué",
    "modalities": "seules les réponses en texte sont offertes",
    "service_tier": "le niveau de service est fixé par l’établissement",
    "store": "aucune conversation n’est conservée",
    "functions": "employez `tools`",
    "function_call": "employez `tool_choice` et `tool_calls`",
}
"""Fields that OpenAI offers and this gateway does not, and why, in French, for a person."""
