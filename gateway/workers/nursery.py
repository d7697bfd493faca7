"""Where the detectors are loaded once, for all processes of a gateway: each worker is a copy, made in milliseconds.

What a copy reads and does not write (weights, lists, the program) is in memory once. Copying is safe here as it is not
in the gateway: this process runs one thread of Python, and no network has run in it. One that came out wrong would
answer nothing, and be replaced after its time as any detector that hangs.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from gateway.workers.worker import Detector, answer_on, load

PAUSE_SECONDS: Final = 5.0
"""Between two attempts to load detectors that cannot be loaded."""

_EVERY: Final = 1.0


class Nursery:
    """Keeps the process that is copied; its address outlives it, so that whoever asks meanwhile only waits."""

    def __init__(self, address: Path, factory: str, arguments: tuple[object, ...]) -> None:
        """Begin to load `package.module:callable`, called with `arguments`; only this account may see `address`."""
        self.address = address
        self._how = (factory, arguments)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(address))
        self._listener.listen(64)
        self._process: BaseProcess | None = None
        self._began = float("-inf")

    def tend(self) -> None:
        """Start the process where there is none."""
        now = time.monotonic()
        if (self._process is not None and self._process.is_alive()) or now - self._began < PAUSE_SECONDS:
            return
        self._began = now
        # A fresh interpreter, without what the gateway has read: copies hold the detectors and no more.
        self._process = get_context("spawn").Process(
            target=_run, args=(self._listener, *self._how), name="nursery", daemon=True
        )
        self._process.start()

    def close(self) -> None:
        """End the process; copies end with those that asked for them."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._listener.close()


def _run(listener: socket.socket, factory: str, arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for copies: the system forgets them as they end
    parent = os.getppid()
    try:
        detector = load(factory, arguments)
    except Exception:  # noqa: BLE001 (whatever fails is told in no words)
        # Those who wait have failed, and may ask again.
        while select.select([listener], [], [], 0)[0]:
            listener.accept()[0].close()
        return
    gc.collect()
    gc.freeze()  # the collector would write to every page that copies share
    while os.getppid() == parent:
        ready, _, _ = select.select([listener], [], [], _EVERY)
        if ready:
            with contextlib.suppress(OSError):
                _copy(listener, detector)


def _copy(listener: socket.socket, detector: Detector) -> None:
    asking, _ = listener.accept()
    try:
        copy = os.fork()
    except OSError:  # the machine has no memory or no process left: who asked fails, and may ask again
        copy = -1
    if copy:
        asking.close()
        return
    try:
        listener.close()
        pipe = Connection(asking.detach())
        pipe.send(os.getpid())
        answer_on(pipe, detector)
    finally:
        # Whatever happened, this is no nursery: neither its cleaning up nor its words are this process's.
        os._exit(0)
