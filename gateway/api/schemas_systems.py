"""Stops on the wire."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.api.schemas import Wire

ReasonWord = Literal[
    "incident_securite",
    "fuite_donnees",
    "reponses_erronees",
    "panne",
    "maintenance",
    "decision_gouvernance",
    "exercice",
    "autre",
]


class StopIn(Wire):
    """Why something is stopped: one of a closed list, since a free text could name a patient."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "incident_securite", "minutes": 60}]})

    reason: ReasonWord
    minutes: Annotated[int, Field(ge=1, le=525_600, description="Durée ; sans elle, jusqu’à la reprise.")] | None = None
    drill: Annotated[bool, Field(description="Exercice : noté et compté, rien n’est refusé.")] = False


class SystemState(BaseModel):
    """Something that can be stopped, and whether it is."""

    id: str
    title: str
    state: Literal["running", "stopped", "drill"]
    reason: ReasonWord | None
    since: str | None
    until: str | None
    role: Annotated[str | None, Field(description="Rôle de qui l’a arrêté ; nul à la ligne de commande.")]
    by: Annotated[str | None, Field(description="Empreinte à clé de qui l’a arrêté, la même qu’au journal.")]


class SystemsOut(BaseModel):
    """Everything that can be stopped."""

    systems: list[SystemState]


class SwitchedOut(SystemState):
    """What is in force now."""

    told: Annotated[bool, Field(description="Faux : Redis ne répond pas, les autres passerelles l’apprendront après.")]
