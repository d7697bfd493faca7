"""A real Redis of the tests' own, which can be killed, paused and started again, empty."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from gateway.ports import free_port

STARTING_SECONDS = 20


class RedisServer:
    """One process; keeps nothing on disk."""

    def __init__(self, folder: Path, port: int | None = None, options: Sequence[str] = ()) -> None:
        """`options` come after those that every server here has."""
        found = shutil.which("redis-server")
        assert found, "redis-server is missing: install Debian's package redis-server"
        self.port = port or free_port()
        self._command = [found, *(options or ("--port", str(self.port)))]
        self._command += ["--bind", "127.0.0.1", "--dir", str(folder), "--daemonize", "no"]
        self._process: subprocess.Popen[bytes] | None = None
        self._log = folder / f"redis-{self.port}.log"

    @property
    def url(self) -> str:
        """Return its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, empty, and wait until it listens."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        deadline = time.monotonic() + STARTING_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)
        raise RuntimeError(self._log.read_text("utf-8")[-2000:])

    def kill(self) -> None:
        """End it at once, as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Have it take connections and answer nothing."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process.pid, signal.SIGCONT)


@contextlib.contextmanager
def redis_server(folder: Path, port: int | None = None, options: Sequence[str] = ()) -> Iterator[RedisServer]:
    """Run a Redis until the end of the block."""
    server = RedisServer(folder, port, options)
    server.start()
    try:
        yield server
    finally:
        server.kill()
