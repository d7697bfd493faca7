"""How the time of a piece of work grows with its text: a ratio within one run, in processor time of this thread."""

import time
from collections.abc import Callable

_SHORT, _LONG = 10_000, 40_000
_TOLERATED = 10
"""Four times the text is four times the work, and sixteen times where it grows as the square."""
_NOISE = 0.05
"""Seconds that say nothing."""


def grows_with_its_text(made_of: str, work: Callable[[str], object]) -> bool:
    """Return whether reading four times as much of the same takes about four times as long, and no more."""

    def spent(length: int) -> float:
        text = made_of * (length // len(made_of))
        began = time.thread_time()
        work(text)
        return time.thread_time() - began

    return spent(_LONG) < _TOLERATED * spent(_SHORT) + _NOISE
