"""A bucket that fills up to one minute's allowance, and from which requests and tokens are taken. Pure."""

import math
from dataclasses import dataclass, replace
from typing import Final

MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Bucket:
    """`level` units at the instant `at`, in seconds. May be in debt: an answer's tokens are known afterwards."""

    allowance: int
    level: float
    at: float

    def filled(self, now: float) -> "Bucket":
        """Return the bucket as time has filled it; a clock that goes back fills nothing."""
        grown = max(0.0, now - self.at) * self.allowance / MINUTE
        return replace(self, level=min(float(self.allowance), self.level + grown), at=max(now, self.at))

    def less(self, amount: float) -> "Bucket":
        """Return the bucket with `amount` taken, whatever is left; less than nothing is put back."""
        return replace(self, level=min(float(self.allowance), self.level - amount))

    def wait_for(self, amount: float) -> int:
        """Return after how many whole seconds `amount` units will be there; 0 where they are."""
        missing = amount - self.level
        return max(1, math.ceil(missing * MINUTE / self.allowance)) if missing > 0 else 0


def full(allowance: int, now: float) -> Bucket:
    """Return a bucket nobody has taken from."""
    return Bucket(allowance, float(allowance), now)
