"""Tunnels asked of a proxy, as fast as it answers: one process, many connections in flight, nothing but the sockets.

Each connection asks for one tunnel and is closed once the refusal is read, as browsers do.
"""

import select
import socket
import time
from collections.abc import Iterator
from typing import NamedTuple

IN_FLIGHT = 64
"""Below the queue of connections that Squid has not accepted yet: one that is dropped there costs a second."""

_EVENTS = 256
_PIECE = 1 << 16
_SILENCE = 10.0


class Load(NamedTuple):
    """What one round of load saw."""

    done: int
    wrong: int
    """Answers that are not the expected one, and connections without an answer."""
    seconds: float

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return self.done / self.seconds


def connects(port: int, hosts: Iterator[str], seconds: float, expected: bytes = b"HTTP/1.1 403 ") -> Load:
    """Ask for tunnels to `hosts`, port 443, for some seconds."""
    generator = _Generator(port, hosts, expected)
    begun = time.perf_counter()
    generator.run(begun + seconds)
    return Load(generator.done, generator.wrong, time.perf_counter() - begun)


class _Generator:
    """The connections in flight."""

    def __init__(self, port: int, hosts: Iterator[str], expected: bytes) -> None:
        self._address, self._hosts, self._expected = ("127.0.0.1", port), hosts, expected
        self._poll = select.epoll()
        self._open: dict[int, tuple[socket.socket, bytearray]] = {}
        self.done = self.wrong = 0

    def run(self, until: float) -> None:
        """Keep `IN_FLIGHT` connections going until the time is up; those in flight then are not counted."""
        for _ in range(IN_FLIGHT):
            self._begin()
        while time.perf_counter() < until:
            ready = self._poll.poll(_SILENCE, _EVENTS)
            if not ready:
                self.wrong += len(self._open)
                break
            for descriptor, _ in ready:
                if self._read(descriptor):
                    self._begin()
        for connection, _ in self._open.values():
            connection.close()
        self._poll.close()

    def _begin(self) -> None:
        connection = socket.socket()
        # On loopback the connection is made before this returns, and what is asked fits into its buffer.
        connection.connect(self._address)
        connection.settimeout(0)
        host = next(self._hosts)
        connection.send(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
        self._open[connection.fileno()] = connection, bytearray()
        self._poll.register(connection, select.EPOLLIN)

    def _read(self, descriptor: int) -> bool:
        """Read what came, and return whether the connection is over."""
        connection, answer = self._open[descriptor]
        try:
            piece = connection.recv(_PIECE)
        except OSError:
            piece = b""
        answer += piece
        if piece and not _whole(answer):
            return False
        del self._open[descriptor]
        connection.close()
        if answer.startswith(self._expected):
            self.done += 1
        else:
            self.wrong += 1
        return True


def _whole(answer: bytearray) -> bool:
    head = answer.find(b"\r\n\r\n")
    if head < 0:
        return False
    at = answer.find(b"Content-Length: ", 0, head)
    length = int(answer[at + 16 : answer.find(b"\r\n", at)]) if at >= 0 else 0
    return len(answer) >= head + 4 + length
