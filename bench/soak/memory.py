"""What each process of the cluster holds, and whether it grows."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.processes import tree
from deploy.cluster.scenes import Cluster

GROWTH: Final = 0.05
FLOOR_MIB: Final = 8.0
"""Below it growth is what allocators and new connections do to a small process."""

SAMPLE_SECONDS: Final = 5.0

Samples = list[tuple[float, dict[str, float]]]
"""When, and the MiB of each process."""


class Held(NamedTuple):
    """What a process held, in MiB."""

    name: str
    start: float
    """At the end of the warm-up."""
    middle: float
    end: float

    @property
    def grown(self) -> bool:
        """Return whether it holds more at the end than it may."""
        return self.end - self.start > max(GROWTH * self.start, FLOOR_MIB)


def resident(running: Cluster) -> dict[str, float]:
    """Return the MiB of each process, without memory that several share; PostgreSQL's together."""
    held: Counter[str] = Counter()
    for process in (*running.gateways, running.entrance, *running.stores):
        for pid in tree(process.pid):
            masks = process in running.gateways and pid != process.pid
            held[f"{process.name}, masking" if masks else process.name] += _mebibytes(pid)
    return {name: float(total) for name, total in held.items()}


def _mebibytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:  # it has ended meanwhile
        return 0.0
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("RssAnon", "RssFile"))}
    return sum(sizes.values()) / 1024


async def watched(running: Cluster, samples: Samples) -> None:
    """Add the memory of each process to the samples, until cancelled."""
    while True:
        samples.append((time.monotonic(), resident(running)))
        await asyncio.sleep(SAMPLE_SECONDS)


def stages(samples: Samples, warm_up: float) -> list[Held]:
    """Return each process's memory at the end of the warm-up, in the middle and at the end: medians of a tenth each."""
    began = samples[0][0] + warm_up
    after = [held for at, held in samples if at >= began]
    tenth = max(1, len(after) // 10)
    middle = (len(after) - tenth) // 2
    parts = after[:tenth], after[middle : middle + tenth], after[-tenth:]
    return [Held(name, *(_median(name, part) for part in parts)) for name in after[0]]


def _median(name: str, part: Sequence[Mapping[str, float]]) -> float:
    return statistics.median(held.get(name, 0.0) for held in part)
