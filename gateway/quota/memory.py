"""Buckets kept in this process: nothing to fail, nothing shared with other processes."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from gateway.quota.allowances import Holder, Purse, Unit
from gateway.quota.arithmetic import Bucket, full
from gateway.quota.counting import Draw, Shortage

MOST_BUCKETS: Final = 20_000
"""Buckets remembered; beyond, whichever nobody has drawn on for longest is forgotten, and is full again."""


class MemoryBuckets:
    """`Buckets` in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[Holder, str, Unit], Bucket] = OrderedDict()

    async def take(self, draws: Sequence[Draw]) -> Shortage | None:
        """Take every draw, or nothing and return what is short."""
        now = self._clock()
        found = [(draw, self._bucket(draw.purse, now)) for draw in draws]
        for draw, bucket in found:
            if draw.need and (seconds := bucket.wait_for(draw.need)):
                return Shortage(draw.purse, seconds)
        for draw, bucket in found:
            place = _place(draw.purse)
            self._buckets[place] = bucket.less(draw.amount)
            self._buckets.move_to_end(place)
        while len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return None

    def _bucket(self, purse: Purse, now: float) -> Bucket:
        """Return the bucket as of now; a changed allowance fills it from where it stands."""
        kept = self._buckets.get(_place(purse))
        return replace(kept, allowance=purse.allowance).filled(now) if kept else full(purse.allowance, now)


def _place(purse: Purse) -> tuple[Holder, str, Unit]:
    return purse.holder, purse.name, purse.unit
