"""The compiled policy in force, read again when its file was replaced."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from filters.outbound.errors import SnapshotBrokenError, SnapshotMissingError
from filters.outbound.files import Signature, signature_of
from filters.outbound.snapshot.file import read
from filters.outbound.snapshot.state import Snapshot

_EVERY: Final = 1.0
"""Seconds between two looks at the file."""


class Watched:
    """A file whose last good snapshot is at hand, whatever becomes of the file. Cheap to ask for each decision."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch `path`, which need not exist yet."""
        self._path = path
        self._clock = clock
        self._next = float("-inf")
        self._seen: Signature | None = None
        self._good: Snapshot | None = None
        self.fault = ""
        """What is wrong with the file that is there now, in French; empty if it is the one in force."""

    def current(self) -> Snapshot:
        """Return the snapshot in force, at most a second behind its file.

        A file that is broken or gone changes nothing: `fault` says so. Raises SnapshotMissingError only where there
        never was a good one.
        """
        now = self._clock()
        if now >= self._next:
            self._next = now + _EVERY
            self._look()
        if self._good is None:
            raise SnapshotMissingError(self.fault)
        return self._good

    def _look(self) -> None:
        try:
            signature = signature_of(self._path)
            if signature == self._seen:
                return
            # A file that is broken stays so until it is replaced: it is read once only.
            self._good, self._seen, self.fault = read(self._path), signature, ""
        except FileNotFoundError:
            self._seen, self.fault = None, "Le fichier de la politique compilée a disparu."
        except SnapshotBrokenError:
            self._seen, self.fault = signature, "Le fichier de la politique compilée est abîmé."
        except OSError:
            self._seen, self.fault = None, "Le fichier de la politique compilée ne peut pas être lu."
