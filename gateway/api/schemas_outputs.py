"""Manifests and verification on the wire."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from gateway.api.schemas import Wire


class VerifyRequest(Wire):
    """A text, and the manifest that came with it or the id of the output that it is said to be."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Compte rendu …", "output_id": "0123456789abcdef0123456789abcdef"}]}
    )

    text: str
    manifest: dict[str, JsonValue] | None = None
    output_id: Annotated[str, Field(min_length=1, max_length=64)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.manifest is None) == (self.output_id is None):
            raise PydanticCustomError("manifest_or_output", "manifest or output_id")
        return self


class VerifyAnswer(BaseModel):
    """What a manifest proves of a text; a forged manifest proves nothing."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"holds": True, "authentic": True, "match": "exact", "choice": 0}]}
    )

    holds: Annotated[bool, Field(description="This text, with or without its notice, came out of this gateway.")]
    authentic: Annotated[bool, Field(description="This gateway signed the manifest.")]
    match: Literal["exact", "without_notice", "altered"] | None
    choice: int | None


class ManifestOut(BaseModel):
    """A signed manifest; holds digests of the answer, no text of it."""

    model_config = ConfigDict(extra="allow")

    format: str
    output_id: str
    issued: str
    ai_generated: Literal[True]
    signature: dict[str, str]
