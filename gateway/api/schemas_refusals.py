"""A contest on the wire."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from gateway.api.schemas import Wire

ReasonWord = Literal["usage_permis", "pas_concerne", "exercice_fictif", "relu_par_humain", "autre"]


class ContestIn(Wire):
    """Why a refusal is held to be wrong: one of a closed list, since a free text could name a patient."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "exercice_fictif"}]})

    reason: ReasonWord


class ContestOut(BaseModel):
    """A contest that was recorded, and who looks into it."""

    refusal: str
    code: str
    reason: ReasonWord
    contact: str
