"""Which entry a name belongs to: a dictionary, and sorted 64-bit hashes where there are too many names for one."""

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

LARGEST: Final = 200_000
"""Names above which those of feeds are hashed: a million take 10 MB so, and 126 MB in a dictionary."""

NONE: Final = -1
_SHELVES: Final = 14
"""Bits by which hashes are found roughly before they are found exactly."""


def hashed(name: str) -> int:
    """Return the 64 bits kept of a canonical name: among a million, chance takes one name in 10¹³ for another."""
    return int.from_bytes(hashlib.blake2b(name.encode("ascii"), digest_size=8).digest(), "little")


class Table:
    """Entries by canonical name. A name stands for those below it too, unless a longer one is there."""

    def __init__(
        self, names: Mapping[str, int], hashes: "array[int] | None" = None, owners: "array[int] | None" = None
    ) -> None:
        """Keep `names`; and `hashes`, sorted, with the entry of each in `owners`."""
        self.names = dict(names)
        self.hashes = array("Q") if hashes is None else hashes
        self.owners = array("H") if owners is None else owners
        step = 1 << (64 - _SHELVES)
        shelves = range(0, 1 << 64, step) if self.hashes else ()
        self._starts = array("I", (bisect_left(self.hashes, first) for first in shelves))
        self._starts.append(len(self.hashes))

    @classmethod
    def of(cls, names: Mapping[str, int], many: Mapping[str, int]) -> "Table":
        """Return a table of `names`, and of `many` that `names` does not hold: in clear if there is room."""
        if len(names) + len(many) <= LARGEST:
            return cls(dict(sorted({**many, **names}.items())))
        # One number for both, so that a million sort as numbers do.
        pairs = sorted((hashed(name) << 16) | entry for name, entry in many.items() if name not in names)
        owners = array("H", (pair & 0xFFFF for pair in pairs))
        return cls(dict(sorted(names.items())), array("Q", (pair >> 16 for pair in pairs)), owners)

    def __len__(self) -> int:
        return len(self.names) + len(self.hashes)

    def find(self, name: str) -> int:
        """Return the entry of the longest name that is `name` or stands above it; NONE if there is none."""
        if self.hashes:
            return self._find_hashed(name)
        names, found, dot = self.names, self.names.get(name), name.find(".")
        while found is None and dot >= 0:
            found = names.get(name[dot + 1 :])
            dot = name.find(".", dot + 1)
        return NONE if found is None else found

    def _find_hashed(self, name: str) -> int:
        names, dot = self.names, -1
        while True:
            suffix = name[dot + 1 :]
            found = names.get(suffix)
            if found is not None:
                return found
            dot = name.find(".", dot + 1)
            if dot < 0:
                # No list names a whole extension.
                return NONE
            wanted = hashed(suffix)
            shelf = wanted >> (64 - _SHELVES)
            ends = self._starts[shelf + 1]
            place = bisect_left(self.hashes, wanted, self._starts[shelf], ends)
            if place < ends and self.hashes[place] == wanted:
                return self.owners[place]

    def parts(self) -> Iterator[bytes]:
        """Yield the table as it is written: names, their entries, hashes, their entries."""
        yield "\n".join(self.names).encode("ascii")
        for column in (array("H", self.names.values()), self.hashes, self.owners):
            yield _little(column).tobytes()

    @classmethod
    def read(cls, parts: Iterable[memoryview]) -> "Table":
        """Return the table that was written so; raises ValueError."""
        text, *columns = parts
        names = str(text, "ascii").split("\n") if len(text) else []
        entries, hashes, owners = (array(kind) for kind in "HQH")
        for column, part in zip((entries, hashes, owners), columns, strict=True):
            column.frombytes(part)
        return cls(dict(zip(names, _little(entries), strict=True)), _little(hashes), _little(owners))


def _little(column: "array[int]") -> "array[int]":
    """Return a column in the order of bytes of the file, or back."""
    if sys.byteorder == "little":
        return column
    turned = array(column.typecode, column)
    turned.byteswap()
    return turned
