"""Counts of several processes added up, whichever of them is asked, and also once a process is gone.

Each process counts in files of its own, of a folder that they share (Prometheus's multi-process mode). Those of a dead
one are added to a file of the dead: a sum that forgot it would fall, which Prometheus reads as a restart of everything.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Metric, values
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from typing_extensions import override

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where Prometheus's library looks for the folder's name."""

_KINDS: Final = ("counter", "histogram")
_DEAD: Final = "dead"


_ROOM: Final = 1 << 20
"""Bytes of a file, as the library makes it."""


def _reserve(file: Path) -> None:
    """Have the disk give the room at once: what is written in memory to a full one ends the process."""
    with file.open("ab") as made:
        os.posix_fallocate(made.fileno(), 0, _ROOM)


class Summed(CollectorRegistry):
    """What all processes have counted, and what this one knows."""

    def __init__(self, tallies: "Tallies", known: Collector) -> None:
        super().__init__()
        self._tallies, self._known = tallies, known

    @override
    def collect(self) -> Iterable[Metric]:
        """Return both."""
        return [*self._tallies.read(), *self._known.collect()]


@dataclass(frozen=True, slots=True)
class Tallies:
    """The folder, as one process sees it."""

    folder: Path
    first: bool = True
    """Whether what every process learns alike, a stop or a changed charter, is counted here; one process does."""

    def joined(self, *, first: bool) -> "Tallies":
        """Have every metric that this process makes from now on counted there; it cannot be undone.

        Raises OSError where the disk has no room.
        """
        for kind in _KINDS:
            _reserve(self.folder / f"{kind}_{os.getpid()}.db")
        os.environ[FOLDER] = str(self.folder)
        values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]  # the library's own
        return replace(self, first=first)

    def read(self) -> Iterable[Metric]:
        """Return every count, over all processes."""
        with self._held(fcntl.LOCK_SH):
            files = [str(file) for file in self.folder.glob("*.db")]
            merged: Iterable[Metric] = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]
            return merged

    def bury(self, pid: int) -> None:
        """Keep what a process has counted that is gone, and forget its files, which another may be given to write."""
        with self._held(fcntl.LOCK_EX):
            for kind in _KINDS:
                file = self.folder / f"{kind}_{pid}.db"
                if not file.exists():
                    continue
                kept_in = self.folder / f"{kind}_{_DEAD}.db"
                _reserve(kept_in)
                with closing(MmapedDict(str(kept_in))) as dead:  # type: ignore[no-untyped-call]
                    for key, value, _, _ in MmapedDict.read_all_values_from_file(str(file)):  # type: ignore[no-untyped-call]
                        kept, _ = dead.read_value(key)  # type: ignore[no-untyped-call]
                        dead.write_value(key, kept + value, 0.0)  # type: ignore[no-untyped-call]
                file.unlink()

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        """Keep a reader from finding a dead process's counts twice, or not at all."""
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, how)
            yield
