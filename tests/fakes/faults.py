"""Gateways as processes, told how to bear faults within the time of a test."""

import contextlib
import json
import signal
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from tests.fakes.serving import Serving

PATIENCE = 3
"""Seconds that a model is waited for."""


def written(folder: Path, upstream: str, **sections: Any) -> Path:
    """Write a configuration, and return its file; `sections` replace what stands here."""
    told = {
        "data_dir": str(folder / "data"),
        "server": {"drain_notice_seconds": 0, "drain_seconds": 5},
        "masking": {"workers": 1, "timeout_seconds": 60},
        "quota": {"requests_per_minute": 100_000, "tokens_per_minute": 100_000_000},
        "journal": {"checkpoint_every": 100},
        "routes": [
            {
                "id": "modele",
                "model": "hosted_vllm/essai",
                "base_url": upstream,
                "tier": "D1",
                "country": "FR",
                "system": {"name": "Essai", "version": "1", "supplier": "Inventé"},
                "retries": 0,
                "timeout_seconds": PATIENCE,
            }
        ],
    }
    file = folder / "ecluse.yaml"
    file.write_text(json.dumps(told | sections), encoding="utf-8")  # JSON is YAML
    return file


@contextlib.asynccontextmanager
async def opened(file: Path, environment: Mapping[str, str] | None = None) -> AsyncIterator[Serving]:
    """Serve until the end of the block; what was written down must then be whole, and the end a proper one."""
    house = Serving(file, "")
    await house.start(environment=environment)
    try:
        await house.opened()
        yield house
    finally:
        code = await house.end()
    assert code in {0, -signal.SIGTERM}, house.log.read_text("utf-8")
    assert "Journal intègre" in await house.said("audit", "verify")


def memory(pid: int) -> int:
    """Return the MiB of a process that it shares with nobody."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon:")) >> 10


def files(pid: int) -> int:
    """Return how many files and connections a process holds open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
