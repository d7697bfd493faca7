"""A closed-loop load generator: so many callers, each asking again as soon as it is answered."""

import asyncio
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Target:
    """Where to send, and as whom."""

    name: str
    port: int
    key: str
    model: str
    path: str = "/v1/chat/completions"
    headers: tuple[tuple[str, str], ...] = ()
    seen: bool = False
    """Whether the same few texts are sent, as a client resends its history."""


@dataclass
class Sample:
    """What a round of load saw; times in milliseconds."""

    whole: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Return answers per second."""
        return len(self.whole) / self.seconds if self.seconds else 0.0


def request(target: Target, note: str, *, stream: bool) -> bytes:
    """Return the bytes of one request."""
    body = json.dumps(
        {"model": target.model, "stream": stream, "messages": [{"role": "user", "content": note}]}
    ).encode()
    lines = [
        f"POST {target.path} HTTP/1.1",
        "host: 127.0.0.1",
        "content-type: application/json",
        f"authorization: Bearer {target.key}",
        f"content-length: {len(body)}",
        *(f"{name}: {value}" for name, value in target.headers),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def answer(reader: asyncio.StreamReader) -> tuple[bool, float, bytes]:
    """Read one response; return whether it is a 200, when its first content came, and its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    good = head.startswith(b"http/1.1 200")
    body, first = b"", 0.0
    if b"transfer-encoding: chunked" in head:
        while size := int((await reader.readline()).strip() or b"0", 16):
            body += await reader.readexactly(size + 2)
            if not first and b'"content":"' in body.replace(b'": "', b'":"'):
                first = time.perf_counter()
        await reader.readline()
    else:
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
    return good, first or time.perf_counter(), body


async def caller(target: Target, notes: Iterator[str], until: float, sample: Sample, *, stream: bool) -> None:
    """Ask again and again until the time is up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
    while time.perf_counter() < until:
        note = next(notes)
        start = time.perf_counter()
        writer.write(request(target, note, stream=stream))
        good, first, body = await answer(reader)
        if good and b"[DONE]" in body if stream else good:
            sample.whole.append((time.perf_counter() - start) * 1000)
            sample.first.append((first - start) * 1000)
        else:
            sample.errors += 1
    writer.close()


async def run(target: Target, notes: list[str], *, callers: int, seconds: float, stream: bool) -> Sample:
    """Return what `callers` at once saw in `seconds`."""
    endless = itertools.cycle(notes)
    sample = Sample()
    start = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(callers):
            group.create_task(caller(target, endless, start + seconds, sample, stream=stream))
    sample.seconds = time.perf_counter() - start
    return sample
