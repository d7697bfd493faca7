"""Passes that people gave themselves, with a reason, to a service that they were warned about; each holds for hours.

The file holds no address and no service in clear: each pass is a keyed hash and a time. Both files are in one folder:

- `passes.key` and `passes.json`, mode 0640: written by the gateway, read by the group of the folder. A proxy's helper
  that runs as another user reads them where the folder is set-group-ID and of a group that this user is in
  (`chgrp proxy FOLDER; chmod 2750 FOLDER`). The rest of the machine reads neither.
- `passes.lock`: held by who writes.
"""

import datetime as dt
import fcntl
import hmac
import ipaddress
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filters.outbound.files import Signature, replace, signature_of

LONGEST: Final = dt.timedelta(days=7)
"""A longer one is an exception, which the hospital decides on."""

_EVERY: Final = 1.0
"""Seconds between two looks at the file."""

_KEY_BYTES: Final = 32
_GROUP_READS: Final = 0o640


class Passes:
    """The passes of one file. Reading never raises: what cannot be read holds no pass, and `fault` says why."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Use `path`, whose neighbours are the key and the lock; none need exist yet."""
        self._path = path
        self._key_path = path.with_suffix(".key")
        self._clock = clock
        self._next = float("-inf")
        self._seen: Signature | None = None
        self._held: dict[str, float] = {}
        self._key = b""
        self.fault = ""
        """What keeps passes from being read, in French; empty if nothing does."""

    def holds(self, source: str, service: str, now: dt.datetime) -> bool:
        """Return whether `source` has a pass for `service`."""
        looked = self._clock()
        if looked >= self._next:
            self._next = looked + _EVERY
            self._look()
        if not self._held:
            return False
        return self._held.get(_mark(self._key, source, service), 0.0) > now.timestamp()

    def grant(self, source: str, service: str, hours: float, now: dt.datetime) -> dt.datetime:
        """Give a pass from `now` on, and return when it ends; a longer one that is held already stays.

        Raises ValueError for hours that are not above 0 or are more than LONGEST, and OSError.
        """
        if not 0 < hours <= LONGEST / dt.timedelta(hours=1):
            raise ValueError("a pass holds for some hours, a week at most")
        with self._writing():
            self._key = _key_of(self._key_path) or self._new_key()
            held = {mark: until for mark, until in self._written().items() if until > now.timestamp()}
            mark = _mark(self._key, source, service)
            until = max(held.get(mark, 0.0), (now + dt.timedelta(hours=hours)).timestamp())
            held[mark] = until
            replace(self._path, [json.dumps(held, sort_keys=True).encode()], _GROUP_READS)
        self._held, self._seen, self.fault = held, signature_of(self._path), ""
        return dt.datetime.fromtimestamp(until, tz=now.tzinfo)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _new_key(self) -> bytes:
        key = secrets.token_bytes(_KEY_BYTES)
        replace(self._key_path, [key], _GROUP_READS)
        return key

    def _written(self) -> dict[str, float]:
        """Return what the file holds, for who is about to write it: nothing where it is absent or damaged."""
        try:
            return _passes(self._path)
        except (FileNotFoundError, ValueError, TypeError):
            return {}

    def _look(self) -> None:
        try:
            signature = signature_of(self._path)
            if signature == self._seen:
                return
            self._held, self._key = _passes(self._path), _key_of(self._key_path)
            self._seen = signature
            self.fault = "" if self._key else "La clé des laissez-passer est absente."
        except FileNotFoundError:
            self._held, self._seen, self.fault = {}, None, ""
        except (OSError, ValueError, TypeError):
            # What was read before holds on: each pass has its own end.
            self._seen, self.fault = None, "Le fichier des laissez-passer ou sa clé ne peut pas être lu."


def _passes(path: Path) -> dict[str, float]:
    data = json.loads(path.read_bytes())
    if not isinstance(data, dict):
        raise TypeError("not passes")
    return {str(mark): float(until) for mark, until in data.items()}


def _key_of(path: Path) -> bytes:
    """Return the key; empty where there is none."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return b""
    return key if len(key) == _KEY_BYTES else b""


def _mark(key: bytes, source: str, service: str) -> str:
    """Return what stands for a pass in the file: who has the file and not the key learns nothing."""
    text = f"{_address(source)}\0{service}".encode("utf-8", "surrogatepass")
    return hmac.digest(key, text, "sha256").hex()


def _address(source: str) -> str:
    """Return one writing of an address, whichever way the engine wrote it."""
    try:
        address = ipaddress.ip_address(source.strip().partition("%")[0])
    except ValueError:
        return source.strip()
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
