"""Buckets kept in this process: nothing to fail, nothing shared with other processes, nothing that outlives it."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from gateway.quota.allowances import Holder, Purse, Unit
from gateway.quota.arithmetic import Bucket, full
from gateway.quota.counting import RETRY_SECONDS, Draw, Shortage, Slots

MOST_BUCKETS: Final = 20_000
"""Buckets remembered; beyond, whichever nobody has drawn on for longest is forgotten, and is full again."""


class MemoryBuckets:
    """`Buckets` in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[Holder, str, Unit], Bucket] = OrderedDict()
        self._in_progress: dict[tuple[Holder, str, Unit], set[str]] = {}

    async def take(self, draws: Sequence[Draw], slots: Slots | None = None) -> Shortage | None:
        """Take every draw and slot, or nothing and return what is short."""
        now = self._clock()
        found = [(draw, self._bucket(draw.purse, now)) for draw in draws]
        for draw, bucket in found:
            if draw.need and (seconds := bucket.wait_for(draw.need)):
                return Shortage(draw.purse, seconds)
        for purse in slots.purses if slots else ():
            if len(self._in_progress.get(_place(purse), ())) >= purse.allowance:
                return Shortage(purse, RETRY_SECONDS)
        for draw, bucket in found:
            place = _place(draw.purse)
            self._buckets[place] = bucket.less(draw.amount)
            self._buckets.move_to_end(place)
        while len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        if slots:
            for purse in slots.purses:
                self._in_progress.setdefault(_place(purse), set()).add(slots.request)
        return None

    async def give_back(self, draws: Sequence[Draw], slots: Slots) -> None:
        """Take every draw, whatever is left, and free these slots."""
        await self.take(draws)
        for purse in slots.purses:
            place = _place(purse)
            names = self._in_progress.get(place, set())
            names.discard(slots.request)
            if not names:
                self._in_progress.pop(place, None)

    def _bucket(self, purse: Purse, now: float) -> Bucket:
        """Return the bucket as of now; a changed allowance fills it from where it stands."""
        kept = self._buckets.get(_place(purse))
        return replace(kept, allowance=purse.allowance).filled(now) if kept else full(purse.allowance, now)


def _place(purse: Purse) -> tuple[Holder, str, Unit]:
    return purse.holder, purse.name, purse.unit
