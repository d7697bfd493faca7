"""The charter on the wire."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class UseOut(BaseModel):
    """An approved use."""

    id: str
    title: str
    description: str
    roles: list[str]
    tier: Literal["D0", "D1", "D2"]
    review: Literal["R0", "R1", "R2"]
    reviewer: str
    notice: str | None
    referent: str
    article: str
    enabled: bool
    trainings: Annotated[list[str], Field(description="Codes of the trainings asked of a person, as the rule stands.")]
    signature: Annotated[bool, Field(description="Whether the version in force has to be signed.")]
    habilitation: bool


class PracticeOut(BaseModel):
    """A forbidden practice."""

    id: str
    title: str
    description: str
    basis: str
    reason: str | None
    instead: str
    uses: Annotated[list[str], Field(description="What to declare for what is allowed instead.")]


class PendingOut(BaseModel):
    """A changed charter that waits for approvals, while this one stays in force."""

    version: str
    approvals: int
    needed: int


class CharterOut(BaseModel):
    """The charter."""

    version: str
    title: str
    referential: str
    contact: str
    roles: dict[str, str]
    uses: list[UseOut]
    practices: list[PracticeOut]
    pending: PendingOut | None
