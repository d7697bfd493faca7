"""Probes on the wire."""

from typing import Literal

from pydantic import BaseModel


class Alive(BaseModel):
    """The process lives."""

    status: Literal["ok"]


class Ready(BaseModel):
    """What can work and what cannot."""

    status: Literal["ok", "degraded", "failed", "leaving"]
    checks: dict[str, Literal["ok", "degraded", "failed"]]
