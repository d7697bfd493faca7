"""Gateways as processes, told how to bear faults within the time of a test."""

import contextlib
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.serving import SECONDS, Serving


def written(folder: Path, upstream: str, name: str = "ecluse", *, patience: float = SECONDS, **sections: Any) -> Path:
    """Write a configuration, and return its file; `sections` replace what stands here.

    A model is waited for `patience` seconds: as long as the tests themselves wait, where they are not about slow ones.
    """
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
                "timeout_seconds": patience,
            }
        ],
    }
    file = folder / f"{name}.yaml"
    file.write_text(json.dumps(told | sections), encoding="utf-8")  # JSON is YAML
    return file


@contextlib.asynccontextmanager
async def opened(file: Path, environment: Mapping[str, str] | None = None) -> AsyncIterator[Serving]:
    """Serve until the end of the block; what was written down must then be whole, and the end a proper one."""
    house = Serving(file, "nobody")
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


def masking_workers(pid: int) -> list[int]:
    """Return the processes that read and mask for a gateway."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")  # each thread has its own
    children = [child for found in lists for child in found.read_text("ascii").split()]
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def files(pid: int) -> int:
    """Return how many files and connections a process holds open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@contextlib.contextmanager
def small_disk(mebibytes: int) -> Iterator[Path]:
    """Give a folder on a disk of its own, which everybody may walk through; only root can."""
    if os.getuid() != 0:
        pytest.skip("only root mounts a disk")
    folder = Path(tempfile.mkdtemp(prefix="ecluse-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0755", "tmpfs", folder], check=False
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("some containers forbid mounting to root too")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


@contextlib.contextmanager
def full(disk: Path) -> Iterator[None]:
    """Leave not a byte free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while file.write(b"\0" * size) == size:
                    continue
    try:
        yield
    finally:
        filler.unlink()


class Clock:
    """The time of day as a process sees it, by Debian's `faketime`; waits and pauses go on as they are."""

    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        assert found, "faketime is missing: install Debian's package faketime"
        self._file, self._library = folder / "clock", found[0]
        self.jump("+0")

    @property
    def environment(self) -> dict[str, str]:
        """Return what a process must find in its environment to see this clock."""
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def jump(self, by: str) -> None:
        """Set it so far from the true time: `+3d`, `-2h`."""
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{by}\n", "ascii")
        draft.replace(self._file)
