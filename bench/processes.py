"""What processes use of the machine, read from /proc, and on which processor they may run."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK")
GATEWAY_CORE, LOAD_CORE = 0, 1

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Memory(NamedTuple):
    """MiB of a tree of processes."""

    rss: float
    pss: float
    """What several share counted once."""


def pin(core: int) -> None:
    """Keep this process, and those that it starts, on one processor; on a machine of one there is no choice."""
    with contextlib.suppress(OSError):
        os.sched_setaffinity(0, {core})


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all that come from it, those that its threads have started included."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in children.read_text("ascii").split():
                yield from tree(int(child))


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the processor time of trees of processes so far, children that have ended included."""
    return sum(used(one) for pid in pids for one in tree(pid))


def used(pid: int) -> float:
    """Return the processor time of one process so far, children that have ended included; 0 where it is gone."""
    return ticks(text) / TICKS if (text := _read(pid, "stat")) else 0.0


def ticks(stat: str) -> int:
    """Return user and system time, own and of ended children, from the text of `stat`."""
    fields = stat.rpartition(")")[2].split()  # a name may hold blanks and brackets
    return sum(int(field) for field in fields[11:15])


def memory(pids: Iterable[int]) -> Memory:
    """Return what trees of processes hold."""
    texts = [_read(one, "smaps_rollup") for pid in pids for one in tree(pid)]
    return Memory(*(sum(mebibytes(text, key) for text in texts) for key in ("Rss", "Pss")))


def mebibytes(rollup: str, key: str) -> float:
    """Return one figure of the text of `smaps_rollup`."""
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(f"{key}:")) / 1024


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text("utf-8")
    except OSError:  # it has ended meanwhile
        return ""
