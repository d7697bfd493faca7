"""The requests to measure by: written apart from the training examples, every second one kept back."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

REQUESTS = Path(__file__).with_name("requests.jsonl")
HALVES = {"odd": 0, "even": 1}


class Asked(BaseModel):
    """One request, and what a charter committee would answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    prompt: str
    declared_use: str | None
    role: str
    decision: Literal["allow", "refuse", "ask_use"]
    reason: str
    near_miss: bool = False
    kind: str = ""


def requests(path: Path = REQUESTS, half: str | None = None) -> list[Asked]:
    """Return the requests of a file, or of one half of it."""
    with path.open(encoding="utf-8") as lines:
        found = [Asked.model_validate_json(line) for line in lines if line.strip()]
    return found if half is None else found[HALVES[half] :: 2]
