"""A closed-loop load: so many callers, each asking again as soon as it is answered; raw sockets under uvloop.

Answers are kept as they came and read after the window, so that looking into them takes no processor while it counts.
"""

import asyncio
import itertools
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import orjson

from bench.peers.checks import unchunked
from bench.peers.notes import Talk

KEPT = 2_000
"""Answers of a window that are read afterwards."""

PATIENCE_SECONDS = 60.0
_CONTENT = re.compile(rb'"content"\s*:\s*"[^"]')
_END = b"0\r\n\r\n"


@dataclass(frozen=True)
class Address:
    """Where to send, and with what."""

    port: int
    model: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Window:
    """What a window of load saw; times in milliseconds."""

    whole: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    answers: list[tuple[Talk, bytes]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Return answers per second."""
        return len(self.whole) / self.seconds if self.seconds else 0.0


class Caller(asyncio.Protocol):
    """One connection, one request at a time."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.start()

    def start(self) -> None:
        """Forget the answer before."""
        self.buffer, self.body, self.first, self.length = bytearray(), 0, 0.0, 0
        self.good = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = transport  # type: ignore[assignment]

    def connection_lost(self, _: Exception | None) -> None:
        """Say that no answer will come."""
        if not self.answered.done():
            self.answered.set_exception(ConnectionError("closed before the answer's end"))

    def data_received(self, data: bytes) -> None:
        """Take a part of the answer."""
        self.buffer += data
        if not self.body and not self.headed():
            return
        if not self.first and _CONTENT.search(self.buffer, max(self.body, len(self.buffer) - len(data) - 16)):
            self.first = time.perf_counter()
        over = self.buffer.endswith(_END) if self.length < 0 else len(self.buffer) >= self.body + self.length
        if over and not self.answered.done():
            self.answered.set_result(self.good)

    def headed(self) -> bool:
        """Read the head once it is whole."""
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self.buffer[:end]).lower()
        self.body, self.good = end + 4, head.startswith(b"http/1.1 200")
        at = head.find(b"content-length:")
        self.length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else -1
        return True

    def content(self) -> bytes:
        """Return the body, without what HTTP added."""
        body = bytes(self.buffer[self.body :])
        return unchunked(body) if self.length < 0 else body

    async def ask(self, sent: bytes) -> bool:
        """Send a request; return whether it was answered with a 200."""
        self.start()
        self.answered = asyncio.get_running_loop().create_future()
        self.transport.write(sent)
        return await self.answered


def request(address: Address, body: bytes, path: str = "/v1/chat/completions") -> bytes:
    """Return the bytes of one request."""
    lines = [
        f"POST {path} HTTP/1.1",
        "host: 127.0.0.1",
        "content-type: application/json",
        f"content-length: {len(body)}",
        *(f"{name}: {value}" for name, value in address.headers),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def bodies(address: Address, talks: Sequence[Talk], *, stream: bool) -> list[tuple[Talk, bytes]]:
    """Return requests ready to be sent."""
    return [(talk, request(address, orjson.dumps(talk.body(address.model, stream=stream)))) for talk in talks]


async def connected(address: Address) -> Caller:
    """Open a connection."""
    _, caller = await asyncio.get_running_loop().create_connection(Caller, "127.0.0.1", address.port)
    return caller


async def calling(address: Address, asked: Iterator[tuple[Talk, bytes]], until: float, window: Window) -> None:
    """Ask again and again until the time is up."""
    caller = await connected(address)
    for talk, sent in asked:
        if (start := time.perf_counter()) >= until:
            break
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                good = await caller.ask(sent)
        except (OSError, TimeoutError) as error:
            window.errors.append(str(error) or "no answer in time")
            caller.transport.close()
            caller = await connected(address)
            continue
        if not good:
            window.errors.append(caller.content()[:200].decode(errors="replace"))
            continue
        end = time.perf_counter()
        window.whole.append((end - start) * 1000)
        window.first.append(((caller.first or end) - start) * 1000)
        if len(window.answers) < KEPT:
            window.answers.append((talk, caller.content()))
    caller.transport.close()


async def run(
    address: Address, asked: Sequence[tuple[Talk, bytes]], *, callers: int, seconds: float = 600, times: int = 0
) -> Window:
    """Return what so many callers saw in so many seconds, or so many `times`; what was begun is finished."""
    window, endless = Window(), itertools.islice(itertools.cycle(asked), times or None)
    start = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(callers):
            group.create_task(calling(address, endless, start + seconds, window))
    window.seconds = time.perf_counter() - start
    return window


async def control(port: int, path: str) -> bytes:
    """Tell the upstream something; return what it answers."""
    address = Address(port, "")
    caller = await connected(address)
    await caller.ask(request(address, b"", path))
    caller.transport.close()
    return caller.content()
