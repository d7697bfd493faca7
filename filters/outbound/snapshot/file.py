"""A compiled policy as one file: no code in it, checked by its own digest, and replaced as a whole."""

import hashlib
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from filters.outbound.errors import SnapshotBrokenError
from filters.outbound.files import replace
from filters.outbound.snapshot.content import Content, read_content
from filters.outbound.snapshot.state import Snapshot
from filters.outbound.snapshot.table import Table

_MAGIC: Final = b"ECLUSE-OUTBOUND-1\n"
_DIGEST: Final = 16
_PARTS: Final = 5
_LENGTHS: Final = struct.Struct(f"<{_PARTS}Q")
_HEAD: Final = len(_MAGIC) + _DIGEST + _LENGTHS.size
_SHORT: Final = 12
"""Characters of a version."""

READABLE: Final = 0o644
"""The proxy's own user must read the file; it names no person."""


def assembled(content: Content, table: Table) -> Snapshot:
    """Return the snapshot of a content and its names, with its version."""
    return Snapshot(content, table, _digest(_parts(content, table)).hex()[:_SHORT])


def write(snapshot: Snapshot, path: Path) -> None:
    """Put `snapshot` at `path`, in the place of what was there; nobody ever reads a half of it."""
    parts = _parts(snapshot.content, snapshot.table)
    lengths = _LENGTHS.pack(*map(len, parts))
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, [_MAGIC, _digest(parts), lengths, *parts], READABLE)


def read(path: Path) -> Snapshot:
    """Return the snapshot of a file; raises OSError, or SnapshotBrokenError for anything but a whole snapshot."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(_MAGIC):
            raise SnapshotBrokenError("no compiled policy of this version")
        body = memoryview(file.read())
    digest, lengths = head[len(_MAGIC) :][:_DIGEST], _LENGTHS.unpack(head[-_LENGTHS.size :])
    if sum(lengths) != len(body):
        raise SnapshotBrokenError("cut short")
    parts, start = [], 0
    for length in lengths:
        parts.append(body[start : start + length])
        start += length
    if _digest(parts) != digest:
        raise SnapshotBrokenError("altered")
    try:
        return Snapshot(read_content(bytes(parts[0])), Table.read(parts[1:]), digest.hex()[:_SHORT])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SnapshotBrokenError("not understood") from None


def _parts(content: Content, table: Table) -> list[bytes]:
    return [content.written(), *table.parts()]


def _digest(parts: Iterable[bytes | memoryview]) -> bytes:
    digest = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.digest()
