"""Answers on the wire, as OpenAI's clients read them; these models document what `translation` writes."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class FunctionOut(BaseModel):
    """A function that the model wants called; `arguments` is JSON text."""

    name: str
    arguments: str


class ToolCallOut(BaseModel):
    """A call that the model asks for."""

    id: str
    type: Literal["function"]
    function: FunctionOut


class MessageOut(BaseModel):
    """What the model answers, identifiers put back."""

    role: Literal["assistant"]
    content: str | None
    refusal: str | None
    tool_calls: list[ToolCallOut] | None = None


class ChoiceOut(BaseModel):
    """One of the answers."""

    index: int
    message: MessageOut
    logprobs: None
    finish_reason: str


class UsageOut(BaseModel):
    """Tokens, as the model's server counts them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class SystemOut(BaseModel):
    """The AI system that answered, as the hospital's cartography names it."""

    name: str
    version: str


class PlaceholdersOut(BaseModel):
    """Placeholders that could not be put back: dropped by the model, or unknown."""

    lost: int
    unknown: int


class AnswerOut(BaseModel):
    """What the scan of the answer has found, defused or not; code and data are counted and left as they are."""

    links: Annotated[int, Field(description="Links to hosts outside of the hospital's list.")]
    images: Annotated[int, Field(description="Images from hosts outside of that list.")]
    active: Annotated[int, Field(description="Scripts, frames, forms, event handlers, comments.")]
    secrets: Annotated[int, Field(description="Passwords, keys and tokens that the request did not hold.")]
    new_identifiers: Annotated[
        int, Field(description="Mails, telephones, NIR and IBAN that the request did not hold; left as they are.")
    ]


class MarksOut(BaseModel):
    """What this answer says of itself."""

    output_id: str
    use: str
    ai_generated: Literal[True]
    state: str
    review: str
    notice: str | None
    masked: Annotated[dict[str, int], Field(examples=[{"NOM": 2, "DATE": 1}])]
    placeholders: PlaceholdersOut
    answer: AnswerOut
    charter: str
    system: SystemOut


class ChatAnswer(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    system_fingerprint: None
    choices: list[ChoiceOut]
    usage: UsageOut
    ecluse: MarksOut


class AlternativeOut(BaseModel):
    """A use that this caller may declare instead."""

    use: str
    title: str


class RefusalOut(BaseModel):
    """Why a request did not pass, what is allowed instead, and where to turn; null where it does not apply."""

    refusal: Annotated[str | None, Field(description="Reference of a refusal of the charter; also `Ecluse-Output`.")]
    article: str | None
    reason: str | None
    instead: Annotated[str | None, Field(description="What is allowed instead of a forbidden practice.")]
    alternatives: list[AlternativeOut]
    contact: str | None
    contest: Annotated[str | None, Field(description="Where to contest this refusal, once, within 30 days.")]


class ErrorOut(BaseModel):
    """What went wrong, for a person (`Accept-Language`: French or English), with a stable code for programs."""

    message: str
    type: str
    code: str
    param: str | None
    ecluse: RefusalOut


class Problem(BaseModel):
    """Every error of this gateway."""

    error: ErrorOut
