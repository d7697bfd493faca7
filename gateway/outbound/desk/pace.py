"""How often one may write at the desk: a page without keys would otherwise fill the database for whoever likes to."""

import hashlib
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from gateway.errors import OutboundPaceError

HOUR: Final = 3600.0
MOST_WRITERS: Final = 10_000
"""Writers remembered; beyond, whoever wrote longest ago is forgotten."""

_ALL: Final = b""


class Pace:
    """Counts what each writer, and all together, wrote within an hour. Addresses are kept as hashes, in memory only."""

    def __init__(self, each: int, together: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take how many times an hour one writer, and all of them, may write."""
        self._each, self._together, self._clock = each, together, clock
        self._salt = secrets.token_bytes(16)
        self._writers: OrderedDict[bytes, list[float]] = OrderedDict()

    def spend(self, writer: str, *, alone: bool = False) -> None:
        """Take one, or raise `OutboundPaceError`; what is refused takes nothing.

        `alone`: what others write does not count, nor this for them, since what is written does not add up.
        """
        now = self._clock()
        own = self._recent(hashlib.sha256(self._salt + writer.encode()).digest(), now)
        all_ = self._recent(_ALL, now)
        for times, most in ((own, self._each), (all_, self._together)):
            if len(times) >= most and not (alone and times is all_):
                raise OutboundPaceError(max(1, math.ceil(times[0] + HOUR - now)))
        own.append(now)
        if not alone:
            all_.append(now)

    def _recent(self, writer: bytes, now: float) -> list[float]:
        times = self._writers.setdefault(writer, [])
        times[:] = [time for time in times if now - time < HOUR]
        self._writers.move_to_end(writer)
        while len(self._writers) > MOST_WRITERS:
            self._writers.popitem(last=False)
        return times
