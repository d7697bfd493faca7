"""The menu on the wire, in OpenAI's shape."""

from typing import Literal

from pydantic import BaseModel

from gateway.api.schemas_answer import SystemOut


class EndpointOut(BaseModel):
    """What the charter says of an entry of the menu."""

    use: str
    route: str
    """The route that answers first."""
    title: str
    description: str
    tier: Literal["D0", "D1", "D2"]
    """D1: identifiers are masked. D2: identified data, on a certified host."""
    review: Literal["R0", "R1", "R2"]
    notice: str | None
    """When the notice has to accompany the output."""
    system: SystemOut


class ModelOut(BaseModel):
    """An entry of the menu."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    name: str
    """What a chat client that reads it shows in its menu, in place of `id`."""
    ecluse: EndpointOut


class ModelList(BaseModel):
    """The menu."""

    object: Literal["list"]
    data: list[ModelOut]
