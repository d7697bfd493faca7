"""What every section of the configuration has in common."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError


class Section(BaseModel):
    """A part of a file that a hospital writes: frozen, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _left_empty(cls, data: object) -> object:
        """Treat a key that is written but left empty as not written; an unknown one stays, to be a fault."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}


def wrong(sentence: str) -> PydanticCustomError:
    """Return a validation error whose French `sentence` is shown as it stands."""
    return PydanticCustomError("ecluse", "{sentence}", {"sentence": sentence})


def _resolve(path: Path, info: ValidationInfo) -> Path:
    base = (info.context or {}).get("folder")
    return Path(os.path.normpath(base / path)) if base else path


ConfiguredPath = Annotated[Path, AfterValidator(_resolve)]
"""A path; a relative one starts at the folder of the file that is being read, or at the working directory."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\r\n]*$")]
"""One line of text, not empty."""
