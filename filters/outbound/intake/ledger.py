"""What was already counted of which file, so that none of it counts twice. No line, no name of a file is kept."""

import datetime as dt
import fcntl
import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from filters.outbound import files
from filters.outbound.intake.blocks import HEAD, DamagedError, Source

_KEPT: Final = 20_000
_FORM: Final = 1


class LedgerBusyError(Exception):
    """Another intake is at work: two at once would count the same lines twice."""


class LedgerBrokenError(Exception):
    """The file is no ledger; without it, everything would be counted again."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file was counted."""

    id: str
    head: str
    """Keyed hash of its first bytes."""
    head_size: int
    inode: int
    offset: int = 0
    """In bytes of the text, unpacked."""
    last: str = ""
    """Keyed hash of the last line before the offset: another file that begins alike does not have it there."""
    last_size: int = 0
    intended: int = 0
    """End of a batch that was handed over; whether it was counted is not known if this is above the offset."""
    batch: str = ""
    """Name of that batch: the same if it has to be handed over again."""


class Ledger:
    """The places of all files, in one JSON file that is replaced whole; held by one process at a time.

    `key` keeps the hashes from being tried against guessed lines: a line holds who went where.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._places: dict[str, Place] = {}
        self._lock = -1

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._places = _read(self._path)
        except BlockingIOError:
            os.close(self._lock)
            raise LedgerBusyError from None
        except BaseException:
            os.close(self._lock)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._lock)

    def find(self, source: Source) -> Place | None:
        """Return the place of the file that this one is, maybe grown, renamed or packed; None for a new one."""
        start = source.head
        hashes = {size: self._hash(start[:size]) for size in {p.head_size for p in self._places.values()}}
        alike = [
            place
            for place in self._places.values()
            if place.head_size <= len(start) and hashes[place.head_size] == place.head
        ]
        alike.sort(key=lambda place: (place.offset, place.inode == source.inode), reverse=True)
        return next((place for place in alike if self._is_same(place, source)), None)

    def new(self, source: Source) -> Place:
        """Return the place of a file of which nothing was counted."""
        return Place(secrets.token_hex(8), "", 0, source.inode)

    def intend(self, place: Place, source: Source, end: int) -> Place:
        """Write down that the bytes up to `end` are about to be counted, as one batch."""
        size = min(HEAD, end)
        made = replace(
            place, head=self._hash(source.head[:size]), head_size=size, inode=source.inode, intended=end, batch=_batch()
        )
        self._write(made)
        return made

    def done(self, place: Place, source: Source, end: int, tail: bytes) -> Place:
        """Write down that the bytes up to `end` were counted; `tail` holds the last line of them."""
        last = tail[tail.rstrip(b"\r\n").rfind(b"\n") + 1 :][-HEAD:]
        size = min(HEAD, end)
        made = replace(
            place,
            head=self._hash(source.head[:size]) if size > place.head_size else place.head,
            head_size=max(size, place.head_size),
            inode=source.inode,
            offset=end,
            intended=end,
            last=self._hash(last),
            last_size=len(last),
        )
        self._write(made)
        return made

    def _is_same(self, place: Place, source: Source) -> bool:
        """Return whether the line before the offset is the one that was counted, or the file ends before it.

        A shorter file that begins alike is an earlier copy: all of it was counted.
        """
        try:
            last = source.read(place.offset - place.last_size, place.last_size)
        except DamagedError:
            return True
        return len(last) < place.last_size or self._hash(last) == place.last or not place.last

    def _hash(self, data: bytes) -> str:
        return hashlib.blake2b(data, key=self._key, digest_size=16).hexdigest()

    def _write(self, place: Place) -> None:
        self._places.pop(place.id, None)
        self._places[place.id] = place
        kept = list(self._places.values())[-_KEPT:]
        text = json.dumps({"form": _FORM, "places": [asdict(one) for one in kept]})
        files.replace(self._path, [text.encode("ascii")], 0o600)


def _batch() -> str:
    """Return a name as the files have by which engines hand attempts over: batches are such files."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(8)}"


def _read(path: Path) -> dict[str, Place]:
    try:
        found: Any = json.loads(path.read_text("utf-8"))
        if found["form"] != _FORM:
            raise LedgerBrokenError
        return {one["id"]: Place(**one) for one in found["places"]}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError):
        raise LedgerBrokenError from None
