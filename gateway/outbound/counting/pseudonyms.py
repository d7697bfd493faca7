"""Pseudonyms: the same person is the same for a month, and nobody any more once the month's key is deleted.

A pseudonym is HMAC-SHA256 of the user, or of the address where the user is not known, cut to 128 bits. Its key is drawn
for one month and kept in a file of its own, apart from the events; so a pseudonym of November says nothing of December.
"""

import datetime as dt
import hmac
import ipaddress
import os
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from gateway.outbound.counting.periods import month
from gateway.secrets import hmac_key

PSEUDONYM_BYTES: Final = 16
"""128 bits: two people never share one, and without the key nobody can try names against it."""

REMEMBERED: Final = 50_000
"""Pseudonyms kept in memory, with the names they stand for; forgotten all at once beyond, and when the month ends."""

_FILE: Final = re.compile(r"(\d{4}-\d{2})\.key")


class Keys:
    """The folder of keys: one file a month, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made with the first key."""
        self._folder = folder

    def of(self, month: dt.date) -> bytes:
        """Return the key of a month, which is made where missing; raises `KeyFileError`."""
        return hmac_key(self._file(month))

    def known(self, month: dt.date) -> bytes | None:
        """Return the key of a month; None where it was deleted, or never made."""
        return hmac_key(self._file(month)) if self._file(month).exists() else None

    def months(self) -> tuple[dt.date, ...]:
        """Return the months whose keys are here, in order."""
        found = []
        with suppress(FileNotFoundError):
            for file in self._folder.iterdir():
                if shape := _FILE.fullmatch(file.name):
                    with suppress(ValueError):
                        found.append(month(shape[1]))
        return tuple(sorted(found))

    def forget(self, before: dt.date) -> tuple[dt.date, ...]:
        """Delete the keys of all months before the month of `before`, and return those months.

        Each is overwritten first: what a filesystem keeps of a deleted file is then no key, as far as it can be helped.
        """
        doomed = tuple(old for old in self.months() if old < before.replace(day=1))
        for old in doomed:
            file = self._file(old)
            # Another user's key can be deleted from a folder that is shared, though not be overwritten.
            with suppress(OSError), file.open("r+b") as key:
                key.write(bytes(file.stat().st_size))
                key.flush()
                os.fsync(key.fileno())
            file.unlink(missing_ok=True)
        return doomed

    def _file(self, of: dt.date) -> Path:
        return self._folder / f"{of:%Y-%m}.key"


class Pseudonyms:
    """Makes pseudonyms, remembering those of the last months asked for."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._month: dt.date | None = None
        self._key = b""
        self._known: dict[tuple[str, str], str] = {}

    def of(self, month: dt.date, user: str, source: str) -> str:
        """Return the pseudonym of the user, or of the address where there is none, in one month."""
        if month != self._month:
            # An intake of an old log goes back and forth at most once a month's end.
            self._key, self._month, self._known = self._keys.of(month), month, {}
        asked = (user, source)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[asked] = pseudonym(self._key, user, source)
        return found

    def forget(self, before: dt.date) -> None:
        """Delete the keys of all months before the month of `before`, where this process may."""
        if self._month is not None and self._month < before.replace(day=1):
            self._month, self._key, self._known = None, b"", {}
        with suppress(OSError):
            self._keys.forget(before)


def pseudonym(key: bytes, user: str, source: str) -> str:
    """Return a pseudonym; a user and an address never share one."""
    name = user.strip().casefold()
    who = f"user\n{name}" if name not in {"", "-"} else f"source\n{_address(source)}"
    return hmac.digest(key, who.encode("utf-8", "surrogatepass"), "sha256")[:PSEUDONYM_BYTES].hex()


@lru_cache(4096)
def _address(source: str) -> str:
    """Return one spelling of an address, whichever engine wrote it."""
    text = source.strip()
    try:
        found = ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return "" if text == "-" else text.casefold()
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)
