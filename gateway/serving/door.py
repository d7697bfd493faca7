"""Taking callers from a socket that several processes share, each about as many as the others.

Whoever wakes first would take all that wait, and keep them as long as their connections last.
"""

import asyncio
import errno
import mmap
import socket
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final

YIELD_SECONDS: Final = 0.005
"""How long a process that has more callers than another leaves the next one to it; nobody is waited for longer."""

FULL_SECONDS: Final = 1.0
"""How long a process without a descriptor or memory left takes nobody: asking at once would fill the loop."""

_FULL: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})

BACKLOG: Final = 2048
_NOBODY: Final = 1 << 40
_BYTES: Final = 8


class Loads:
    """How many callers each process has, in memory that forked processes share."""

    def __init__(self, places: int) -> None:
        """Begin with nobody at any place."""
        self._counts = memoryview(mmap.mmap(-1, _BYTES * places)).cast("q")
        for place in range(places):
            self.vacate(place)

    def say(self, place: int, count: int) -> None:
        """Write how many callers the process at this place has."""
        self._counts[place] = count

    def vacate(self, place: int) -> None:
        """Forget a process that is gone, so that no other waits for it to take anybody."""
        self._counts[place] = _NOBODY

    def ahead(self, place: int) -> bool:
        """Return whether another process has fewer."""
        return self._counts[place] > min(self._counts)


class Door:
    """One process's way of taking callers, one at a time."""

    def __init__(
        self,
        sockets: Sequence[socket.socket],
        ahead: Callable[[], bool],
        welcome: Callable[[socket.socket], Coroutine[Any, Any, object]],
    ) -> None:
        """`ahead` returns whether others should be left the next caller."""
        self._sockets, self._ahead, self._welcome = sockets, ahead, welcome
        self._loop = asyncio.get_running_loop()
        self._welcoming: set[asyncio.Task[object]] = set()
        self._open = False

    def open(self) -> None:
        """Begin to take callers."""
        self._open = True
        for each in self._sockets:
            each.setblocking(False)  # noqa: FBT003 - the standard library's own
            each.listen(BACKLOG)
            self._loop.add_reader(each, self._heard, each)

    def close(self) -> None:
        """Take nobody any more, and let go of the sockets; others go on."""
        self._open = False
        for each in self._sockets:
            self._loop.remove_reader(each)
            each.close()

    @property
    def welcoming(self) -> int:
        """Return how many were taken that are no connections yet."""
        return len(self._welcoming)

    def _heard(self, listener: socket.socket) -> None:
        if self._ahead():
            self._loop.remove_reader(listener)
            self._loop.call_later(YIELD_SECONDS, self._again, listener)
        else:
            self._take(listener)

    def _again(self, listener: socket.socket) -> None:
        if self._open:
            self._loop.add_reader(listener, self._heard, listener)
            self._take(listener)

    def _take(self, listener: socket.socket) -> None:
        try:
            caller, _ = listener.accept()
        except OSError as error:
            if error.errno in _FULL:
                self._loop.remove_reader(listener)
                self._loop.call_later(FULL_SECONDS, self._again, listener)
            return  # else another process was quicker, or the caller has left
        caller.setblocking(False)  # noqa: FBT003 - the same
        task: asyncio.Task[object] = self._loop.create_task(self._welcome(caller))
        self._welcoming.add(task)
        task.add_done_callback(self._welcomed)

    def _welcomed(self, task: asyncio.Task[object]) -> None:
        self._welcoming.discard(task)
        if not task.cancelled():
            task.exception()  # a caller who left while being taken is nobody's fault
