"""Files by which a process without a database hands events over: appended to by one, read and deleted by another.

A file is `ID.open` while somebody writes to it, who holds a lock on it, and `ID.jsonl` afterwards. Its id never changes
and it only grows, so that the id and an offset say exactly how much of it was taken. Where the writer is gone without a
word, its lock is gone as well.
"""

import fcntl
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = "spool"
"""In the folder of what concerns outgoing connections."""

OPEN: Final = ".open"
CLOSED: Final = ".jsonl"
_NAME: Final = re.compile(r"\d{8}T\d{6}-[0-9a-f]{16}")


class SpoolFile:
    """A file that this process appends to."""

    def __init__(self, folder: Path) -> None:
        """Make a file under a new id. `folder` is made where missing, for its owner only.

        Where a DSI has made it a folder of a group (setgid), the group may read: the gateway, as another system user.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        shared = folder.stat().st_mode & stat.S_ISGID
        self.batch = f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{secrets.token_hex(8)}"
        self.size = 0
        self.born = time.monotonic()
        self._path = folder / f"{self.batch}{OPEN}"
        draft = folder / f".{self.batch}"
        self._descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(self._descriptor, 0o640 if shared else 0o600)
            # Locked before it has the name by which a reader finds it: one without a lock is one without a writer.
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            draft.rename(self._path)
        except OSError:
            os.close(self._descriptor)
            draft.unlink(missing_ok=True)
            raise

    def append(self, lines: bytes | bytearray) -> int:
        """Write as much as can be, and return how much; raises OSError where that is nothing."""
        written = os.write(self._descriptor, lines)
        self.size += written
        return written

    def close(self) -> None:
        """Have it on the disk, say that nothing follows, and let go of it; in this order."""
        try:
            os.fsync(self._descriptor)
            self._path.rename(self._path.with_suffix(CLOSED))
        finally:
            os.close(self._descriptor)


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the spool as its reader sees it."""

    batch: str
    path: Path
    descriptor: int
    ended: bool
    """Whether nothing will follow."""

    def read(self, start: int, length: int) -> bytes:
        """Return what stands from `start` on."""
        return os.pread(self.descriptor, length, start)

    def delete(self) -> None:
        """Delete it; a file that was given its last name meanwhile is left for the next time."""
        self.path.unlink(missing_ok=True)


def batches(folder: Path) -> tuple[str, ...]:
    """Return the ids of all files of the spool, the oldest first."""
    try:
        names = {path.stem for path in folder.iterdir() if path.suffix in {OPEN, CLOSED}}
    except FileNotFoundError:
        return ()
    return tuple(sorted(name for name in names if _NAME.fullmatch(name)))


@contextmanager
def opened(folder: Path, batch: str) -> Iterator[Found | None]:
    """Open a file of the spool under whichever name it has by now; None where it is gone, or is no plain file."""
    for suffix in (OPEN, CLOSED):
        path = folder / f"{batch}{suffix}"
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            plain = stat.S_ISREG(os.fstat(descriptor).st_mode)
            yield Found(batch, path, descriptor, suffix == CLOSED or _orphan(descriptor)) if plain else None
        finally:
            os.close(descriptor)
        return
    yield None


def _orphan(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
