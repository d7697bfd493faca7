"""An OpenAI-compatible server on the loopback that records every byte it receives and answers as a script says.

    async with recording_upstream() as server:
        server.url                        # http://127.0.0.1:PORT/v1
        server.requests[-1].body          # parsed JSON; also .raw (every byte), .headers, .path
        server.everything                 # every byte ever received, for leak tests
        server.reply_with(Says("…"), Fails(503))   # one script a request, in order; the last one stays

Without a script it echoes the last user message. `Says` streams when the request asks for it. A script may also be a
function of the request's body, for answers that depend on what was sent.
"""

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from tests.fakes.openai_replies import (
    Call,
    Drops,
    Fails,
    Hangs,
    Pieces,
    Raw,
    Says,
    Scripted,
    Wire,
    chunks,
    completion,
    echo,
)

__all__ = [
    "Call",
    "Drops",
    "Fails",
    "Hangs",
    "Pieces",
    "Raw",
    "Received",
    "RecordingUpstream",
    "Says",
    "Wire",
    "recording_upstream",
]


@dataclass(frozen=True)
class Received:
    """One request, as it came over the wire."""

    method: str
    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: Any
    """Parsed JSON; None where there is none."""
    raw: bytes
    """Head and body."""


class RecordingUpstream:
    """What `recording_upstream` yields."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[Received] = []
        self.accepted = 0
        """Connections since the start."""
        self.disconnected = asyncio.Event()
        """Set when a client closed its connection before it had its whole answer."""
        self.holding = asyncio.Event()
        """Set when a stream has reached its `hold_after`, or a `Hangs` has its request."""
        self._released = asyncio.Event()
        self._scripts: list[Scripted] = [echo]
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    @property
    def everything(self) -> bytes:
        """Return every byte received so far."""
        return b"".join(request.raw for request in self.requests)

    @property
    def bodies(self) -> list[Any]:
        """Return the parsed body of each request."""
        return [request.body for request in self.requests]

    def reply_with(self, *scripts: Scripted) -> None:
        """Answer the next requests with `scripts`, one each; the last one stays."""
        self._scripts = list(scripts)

    def release(self) -> None:
        """Let held streams go on."""
        self._released.set()

    def forget(self) -> None:
        """Forget every request and script, so that several tests can share one server."""
        self.requests.clear()
        self._scripts = [echo]
        for event in (self.disconnected, self.holding, self._released):
            event.clear()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        task: asyncio.Task[None] | None = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        self.accepted += 1
        try:
            while (request := await _read_request(reader)) is not None:
                self.requests.append(request)
                await self._answer(request, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.disconnected.set()
        finally:
            writer.close()
            del self._connections[task]

    async def _answer(self, request: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        scripted = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        script = scripted(request.body) if callable(scripted) else scripted
        match script:
            case Hangs():
                self.holding.set()
                await self._wait_or_leave(reader, asyncio.Event())
            case Fails():
                error = {"error": {"message": script.message, "type": "provider", "code": "provider_code"}}
                await _send(writer, script.status, json.dumps(error).encode(), headers=script.headers)
            case Raw():
                await _send(writer, script.status, script.body, script.content_type)
            case Drops():
                raise ConnectionError
            case Wire():
                writer.write(script.sent)
                await writer.drain()
                raise ConnectionError
            case Pieces():
                await self._send_pieces(script, reader, writer)
            case Says() if request.body.get("stream"):
                await self._stream(script, request.body, reader, writer)
            case Says():
                await _send(writer, 200, json.dumps(completion(script, request.body)).encode())

    async def _stream(
        self, script: Says, body: Any, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
        for count, chunk in enumerate(chunks(script, body)):
            if count == script.cut_after:
                raise ConnectionError
            if count == script.hold_after:
                await writer.drain()
                self.holding.set()
                await self._wait_or_leave(reader, self._released)
            await _send_event(writer, json.dumps(chunk))
        await _send_event(writer, "[DONE]")
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    async def _send_pieces(self, script: Pieces, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-type: {script.content_type}\r\ntransfer-encoding: chunked\r\n\r\n"
        writer.write(head.encode())
        for piece in itertools.chain(script.pieces, itertools.repeat(script.pieces[-1] if script.endless else None)):
            if piece is None:
                break
            await asyncio.sleep(script.pause)
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            await writer.drain()
        if script.then_silent:
            await self._wait_or_leave(reader, asyncio.Event())
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    async def _wait_or_leave(self, reader: asyncio.StreamReader, event: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as group:
            gone, go = group.create_task(reader.read(1)), group.create_task(event.wait())
            await asyncio.wait({gone, go}, return_when=asyncio.FIRST_COMPLETED)
            left = not go.done()
            gone.cancel()
            go.cancel()
        if left:
            raise ConnectionError

    async def close(self) -> None:
        """Drop every connection still open, and wait until it is gone."""
        tasks = list(self._connections)
        for writer in self._connections.values():
            writer.transport.abort()
        if tasks:
            await asyncio.wait(tasks)


@contextlib.asynccontextmanager
async def recording_upstream(port: int = 0) -> AsyncIterator[RecordingUpstream]:
    """Start the server on a port of the loopback, a free one unless told, and stop it at the end."""
    upstream = RecordingUpstream()
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", port)
    upstream.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield upstream
    finally:
        server.close()
        await upstream.close()


async def _read_request(reader: asyncio.StreamReader) -> Received | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None  # the client is done with this connection
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    raw = b""
    if headers.get("transfer-encoding") == "chunked":
        while size := int((await reader.readline()).split(b";")[0], 16):
            raw += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    else:
        raw = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, path, headers, json.loads(raw) if raw else None, head + raw)


async def _send(
    writer: asyncio.StreamWriter,
    status: int,
    body: bytes,
    content_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> None:
    fields = {"content-type": content_type, "content-length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    writer.write(f"HTTP/1.1 {status} Scripted\r\n{head}\r\n".encode("latin-1") + body)
    await writer.drain()


async def _send_event(writer: asyncio.StreamWriter, data: str) -> None:
    event = f"data: {data}\n\n".encode()
    writer.write(b"%x\r\n%s\r\n" % (len(event), event))
    await writer.drain()
