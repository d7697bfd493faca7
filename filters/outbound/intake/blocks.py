"""A file of log cut into blocks of whole lines, plain or gzip; never more than one block in memory."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import Final

SIZE: Final = 4 * 1024 * 1024
"""Bytes of a block; each is one batch of what is counted."""

LONGEST: Final = 1024 * 1024
"""Bytes of a line above which it is passed over: a file without line ends must not fill the memory."""

HEAD: Final = 4096
"""Bytes by which a file is recognised, under whatever name: with their times, no two logs begin alike."""

_PIECE: Final = 256 * 1024
_GZIP: Final = b"\x1f\x8b"


class DamagedError(Exception):
    """The rest of a gzip file cannot be read."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a file."""

    data: bytes
    end: int
    """Where the next one begins, in bytes of the text."""
    cut: int = 0
    """Lines that were passed over for their length."""

    @property
    def lines(self) -> list[str]:
        """Return the lines without their ends; what is no UTF-8 is replaced."""
        text = self.data.decode("utf-8", "replace").removeprefix("\ufeff")
        return text.removesuffix("\n").replace("\r\n", "\n").removesuffix("\r").split("\n") if text else []


@dataclass(frozen=True, slots=True)
class Source:
    """An open file of log."""

    text: BufferedReader | gzip.GzipFile
    """Its content, unpacked."""
    raw: BufferedReader
    size: int
    """Of the file as it is, packed or not."""
    inode: int
    packed: bool
    head: bytes = b""
    """The first bytes of the text."""

    def read(self, start: int, count: int) -> bytes:
        """Return bytes of the text, fewer at its end or before a damage. Raises DamagedError where there is none."""
        found = bytearray()
        try:
            self.text.seek(start)
            # Piece by piece: what was unpacked before the damage is not lost with it.
            while len(found) < count and (piece := self.text.read1(min(count - len(found), _PIECE))):
                found += piece
        except (EOFError, zlib.error, gzip.BadGzipFile):
            if not found:
                raise DamagedError from None
        return bytes(found)


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a file of log; what it begins with says whether it is packed, not its name.

    Raises DamagedError where nothing of it can be read.
    """
    with path.open("rb") as raw:
        state = path.stat()
        packed = raw.read(len(_GZIP)) == _GZIP
        raw.seek(0)
        text = gzip.GzipFile(fileobj=raw, mode="rb") if packed else raw
        source = Source(text, raw, state.st_size, state.st_ino, packed)
        try:
            yield replace(source, head=source.read(0, HEAD))
        finally:
            text.close()


def blocks(source: Source, start: int, *, last_too: bool, until: int | None = None) -> Iterator[Block]:
    """Yield the lines from `start` on, up to `until` if it is given.

    A last line without its end is left for the next time, when the rest of it may be there, unless `last_too`.
    Raises DamagedError after the lines before the damage.
    """
    place, rest, skipping = start, b"", False
    while True:
        wanted = SIZE if until is None else min(SIZE, until - place - len(rest))
        try:
            more = source.read(place + len(rest), wanted) if wanted > 0 else b""
        except DamagedError:
            if rest and not skipping:
                yield Block(rest, place + len(rest))
            raise
        if not more:
            if rest and last_too and not skipping:
                yield Block(rest, place + len(rest))
            return
        data = rest + more
        end = data.rfind(b"\n") + 1
        if skipping:
            # Within a line that is too long: nothing of it is kept but its place.
            stop = data.find(b"\n") + 1
            place += stop or len(data)
            data, end, skipping = data[stop:] if stop else b"", max(end - stop, 0), not stop
        if end:
            yield Block(data[:end], place + end)
            place += end
        rest = data[end:]
        if len(rest) > LONGEST:
            place, rest, skipping = place + len(rest), b"", True
            yield Block(b"", place, cut=1)
