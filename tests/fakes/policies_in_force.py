"""Small compiled policies, made without a file of a hospital."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from filters.outbound.decision import Mode, Status
from filters.outbound.service import Category
from filters.outbound.snapshot import Content, Entry, Leave, Snapshot, Table, assembled, write

PAGE = "https://ia.hopital.example/outbound/page"

DECIDED = {
    "chatgpt": (Status.BLOCK, ("chatgpt.com", "openai.com")),
    "mistral": (Status.BLOCK, ("mistral.ai",)),
    "claude": (Status.COACH, ("claude.ai",)),
    "deepl": (Status.OBSERVE, ("deepl.com",)),
    "vidal": (Status.ALLOW, ("vidal.example",)),
}


def snapshot(
    mode: Mode = Mode.BLOCK,
    decided: Mapping[str, tuple[Status, tuple[str, ...]]] = DECIDED,
    *,
    gateway: tuple[str, ...] = (),
    leaves: Mapping[str, dt.datetime] | None = None,
    many: int = 0,
) -> Snapshot:
    """Return a policy; `leaves` are exceptions by service with their end, `many` adds names of no interest."""
    entries = tuple(
        Entry(service, service.title(), "Invented", "FR", Category.CHAT, "", status, "service")
        for service, (status, _) in decided.items()
    )
    names = {name: rank for rank, (_, names) in enumerate(decided.values(), start=1) for name in names}
    names |= {f"name-{number}.example": 1 for number in range(many)}
    content = Content(
        name="2026-11",
        mode=mode,
        page=PAGE,
        approved="",
        timezone="Europe/Paris",
        without_name=Status.ALLOW,
        gateway=gateway,
        departments={},
        scopes=(),
        entries=entries,
        rules=(),
        leaves=tuple(
            Leave(f"pour_{service}", (service,), 0, until.timestamp()) for service, until in (leaves or {}).items()
        ),
        feeds=(),
    )
    return assembled(content, Table.of(names, {}))


def put(folder: Path, policy: Snapshot | None = None) -> None:
    """Put a policy in force in a folder of the gateway."""
    write(policy or snapshot(), folder / "snapshot.bin")
