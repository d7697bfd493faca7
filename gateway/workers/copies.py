"""A copy of the process that has loaded the detectors: asked for, watched and ended by who is no parent of it.

The other end is `gateway.workers.nursery`.
"""

import contextlib
import os
import select
import signal
import socket
from multiprocessing.connection import Connection
from pathlib import Path


class Copy:
    """A process known by a descriptor: its number may be given to another once it is gone."""

    def __init__(self, pid: int) -> None:
        self.pid: int | None = pid
        self._descriptor = os.pidfd_open(pid)
        self._gone = False

    def is_alive(self) -> bool:
        """Return whether it runs."""
        self.join(0)
        return not self._gone

    def kill(self) -> None:
        """End it at once."""
        if not self._gone:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def join(self, timeout: float | None = None) -> None:
        """Wait until it is gone."""
        if not self._gone:
            watched = select.poll()
            watched.register(self._descriptor, select.POLLIN)
            self._gone = bool(watched.poll(None if timeout is None else timeout * 1000))

    def __del__(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            os.close(self._descriptor)


def ask(nursery: Path, seconds: float) -> tuple[Connection, Copy]:
    """Return the pipe to a new copy, and the copy; waits until the detectors are loaded. Raises OSError or EOFError."""
    asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        asking.connect(str(nursery))
    except OSError:
        asking.close()
        raise
    pipe = Connection(asking.detach())
    try:
        if pipe.poll(seconds):
            return pipe, Copy(pipe.recv())
    except BaseException:
        pipe.close()
        raise
    pipe.close()
    raise TimeoutError
