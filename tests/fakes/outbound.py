"""A policy of outgoing connections, and a desk in front of it."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from filters.outbound.catalogue import load_catalogue
from filters.outbound.passes import Passes
from filters.outbound.policy import Policy
from filters.outbound.snapshot import Snapshot, Watched, compiled, write
from gateway.database import Database
from gateway.errors import MaskingUnavailableError
from gateway.outbound.counting.periods import Calendar
from gateway.outbound.desk.desk import Desk
from gateway.outbound.desk.pace import Pace
from gateway.outbound.desk.sql import SqlRequests
from gateway.outbound.desk.tickets import Tickets
from policies.charter import Charter
from tests.fakes import people

PAGE = "https://ia.hopital.example/outbound/blocked"
APPROVED = "https://ia.hopital.example/assistant"
POLICY: dict[str, Any] = {
    "version": "essai",
    "mode": "block",
    "page": PAGE,
    "approved": APPROVED,
    "gateway": ["10.9.9.9"],
    "departments": {"Cardiologie": ["10.1.0.0/16"], "Urgences": ["10.2.0.0/16"]},
    "categories": {"api": "observer"},
    "services": {"chatgpt": "avertir", "deepseek": "bloquer"},
    "rules": [{"id": "ide", "status": "autoriser", "services": ["deepseek"], "subnets": ["10.2.0.0/16"]}],
}
"""ChatGPT with a warning, DeepSeek refused but in the emergency department."""


@cache
def charter() -> Charter:
    """Return the shipped charter, read once."""
    return people.charter()


def snapshot(**changes: Any) -> Snapshot:
    """Return the compiled policy, with what `changes` replaces."""
    return compiled(Policy.model_validate(POLICY | changes), load_catalogue())


def write_policy(folder: Path, **changes: Any) -> Snapshot:
    """Put the policy where the gateway looks for it."""
    made = snapshot(**changes)
    write(made, folder / "snapshot.bin")
    return made


def desk(folder: Path, database: Database, **others: Any) -> Desk:
    """Return a desk over the files of `folder`; `others` replace what stands here."""
    made: dict[str, Any] = {
        "policies": Watched(folder / "snapshot.bin"),
        "catalogue": load_catalogue,
        "passes": Passes(folder / "passes.json"),
        "requests": SqlRequests(database),
        "tickets": Tickets(b"k" * 32),
        "pace": Pace(each=20, together=500),
        "readers": frozenset({"dpo", "dsi"}),
        "granted": lambda _reason: None,
        "report": None,
        "kept_days": 30,
        "pass_hours": 8,
        "calendar": Calendar("Europe/Paris"),
        "now": lambda: dt.datetime.now(dt.UTC),
    }
    return Desk(**(made | others))


@dataclass
class _Masked:
    texts: tuple[str, ...]
    counts: dict[str, int]


class Blanking:
    """Stands for the stage that masks."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken

    async def mask(self, texts: Any, _must_mask: Any) -> Any:
        """Return texts without a made-up name."""
        if self.broken:
            raise MaskingUnavailableError

        found = {"NOM": 1} if any("Kerbrat" in text.value for text in texts) else {}
        return _Masked(tuple(text.value.replace("Kerbrat", "[NOM_1]") for text in texts), found)
