"""Files that one process replaces while others read them."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

Signature = tuple[int, int, int]
"""What changes when a file is replaced."""


def signature_of(path: Path) -> Signature:
    """Return the signature of the file that is there now; raises OSError."""
    status = os.stat(path)  # noqa: PTH116 - asked for every second by each reader, at a third of the time of Path.stat
    return status.st_ino, status.st_mtime_ns, status.st_size


def replace(path: Path, parts: Iterable[bytes], mode: int) -> None:
    """Put a file at `path` in the place of what was there: readers see the old or the new one, whole, even after a cut.

    Raises OSError, and leaves the old one then.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
            file.writelines(parts)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
