"""The masking preview on the wire."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from gateway.api.schemas import Many, Wire
from gateway.api.schemas_patient import EcluseIn


class MaskRequest(Wire):
    """Texts to mask together: the same identifier gets the same placeholder in each of them."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "M. Jean Exemple, né le 12/03/1951, habite à Lyon."}]}
    )

    text: str | None = None
    texts: Annotated[Many[str], Field(min_length=1)] | None = None
    ecluse: EcluseIn | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.text is None) == (self.texts is None):
            raise PydanticCustomError("text_or_texts", "text or texts")
        return self


class SpanOut(BaseModel):
    """Characters `start` to `end` (exclusive, counted in Unicode code points) of the text that was sent."""

    start: int
    end: int
    label: str


class MaskedText(BaseModel):
    """A text as it would leave."""

    masked: str
    spans: list[SpanOut]


class MaskAnswer(BaseModel):
    """What would leave; `masked` and `spans` for `text`, `texts` for `texts`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "masked": "Mme [NOM_1], vue ce jour.",
                    "spans": [{"start": 4, "end": 11, "label": "NOM"}],
                    "counts": {"NOM": 1},
                    "system_line": "Des identifiants ont été remplacés par des repères entre crochets, comme [NOM_1].",
                }
            ]
        }
    )

    masked: str | None = None
    spans: list[SpanOut] | None = None
    texts: list[MaskedText] | None = None
    counts: Annotated[dict[str, int], Field(description="Distinct identifiers, by label.")]
    system_line: Annotated[str | None, Field(description="What the model would be told of the placeholders.")]
