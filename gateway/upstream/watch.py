"""Waits that may not last too long, many of them under one timer.

`asyncio.timeout` arms a timer for each wait, and takes it away: four microseconds, twice for a streamed piece.
"""

import asyncio
from types import TracebackType
from typing import Final, Self

_EARLY: Final = 0.002
"""Seconds by which a loop may ring too soon: uvloop counts in whole milliseconds."""


class Watch:
    """Raises `TimeoutError` in a wait that lasts too long; as `asyncio.timeout`, for waits that follow each other.

    The timer is armed anew only when it rings, or where a wait must end before it does. Used in the task that waits,
    one wait at a time; `close` takes the timer away.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._rings = 0.0
        self._seconds = self._until = 0.0
        self._task: asyncio.Task[object] | None = None
        """Who waits; none between two waits."""
        self._cancelling = 0
        self._late = False

    def within(self, seconds: float) -> Self:
        """Return this, to be entered around a wait of so many seconds at most."""
        self._seconds = seconds
        return self

    def close(self) -> None:
        """Take the timer away."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def __enter__(self) -> Self:
        """Begin a wait."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a wait is watched from within a task")
        self._task, self._cancelling, self._late = task, task.cancelling(), False
        self._until = self._loop.time() + self._seconds
        if self._timer is None or self._rings > self._until:
            self._arm()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End it; a cancellation by somebody else passes on."""
        task, self._task = self._task, None
        if self._late and task is not None and task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from None

    def _arm(self) -> None:
        self.close()
        self._rings = self._until
        self._timer = self._loop.call_at(self._rings, self._ring)

    def _ring(self) -> None:
        self._timer = None
        if self._task is None:
            return
        if self._loop.time() < self._until - _EARLY:
            self._arm()
            return
        self._late = True
        self._task.cancel()
