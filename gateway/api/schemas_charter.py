"""The charter on the wire."""

from typing import Literal

from pydantic import BaseModel


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


class PracticeOut(BaseModel):
    """A forbidden practice."""

    id: str
    title: str
    description: str
    basis: str
    instead: str


class CharterOut(BaseModel):
    """The charter."""

    version: str
    title: str
    referential: str
    contact: str
    roles: dict[str, str]
    uses: list[UseOut]
    practices: list[PracticeOut]
