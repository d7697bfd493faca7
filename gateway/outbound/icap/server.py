"""The service: connections that stay open, requests one after the other, each answered by a judge."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, TypeVar

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Query, Verdict
from gateway.outbound.icap.message import (
    LONGEST,
    HttpRequest,
    IcapError,
    IcapRequest,
    answered,
    head_of,
    marked,
    options_of,
)
from gateway.outbound.judge import Answer, Judge

ANSWERING: Final = "reqmod"
MARKING: Final = "mark"

ENGINE: Final = "icap"

_IDLE: Final = 600.0
"""Seconds that a proxy keeps a connection for its next request."""
_SLOW: Final = 60.0
"""Seconds within which a part of a request arrives, once it has begun: the whole of a large file takes longer."""
_CLOSING: Final = 5.0

_Read = TypeVar("_Read")


class IcapServer:
    """Listens, and answers by a judge, for proxies of which somebody else may read the log.

    Where nobody does, `counted` is told each attempt, and `undecided` that no decision could be had.
    """

    def __init__(
        self,
        judge: Judge,
        counted: Callable[[Attempt], object] | None = None,
        undecided: Callable[[], object] | None = None,
    ) -> None:
        self._judge, self._counted, self._undecided = judge, counted, undecided
        self._server: asyncio.Server | None = None
        self._open: dict[asyncio.Task[None] | None, asyncio.StreamWriter] = {}
        self.uncounted = 0
        """Attempts and faults that nobody could take."""

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port."""
        self._server = await asyncio.start_server(self._connection, host, port, limit=LONGEST)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening, and end what is open."""
        if self._server is not None:
            self._server.close()
            for writer in self._open.values():
                writer.close()
            if tasks := [task for task in self._open if task is not None]:
                await asyncio.wait(tasks, timeout=_CLOSING)
            await self._server.wait_closed()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[asyncio.current_task()] = writer
        try:
            while await self._request(reader, writer):
                pass
        except (IcapError, ValueError, asyncio.LimitOverrunError):
            writer.write(b"ICAP/1.0 400 Bad Request\r\nConnection: close\r\n\r\n")
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.pop(asyncio.current_task(), None)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        async with asyncio.timeout(_IDLE):
            icap = IcapRequest.read(await reader.readuntil(b"\r\n\r\n"))
        if icap.service not in {ANSWERING, MARKING}:
            writer.write(b"ICAP/1.0 404 Service Not Found\r\nConnection: close\r\n\r\n")
            return False
        if icap.method == "OPTIONS":
            writer.write(options_of(self._judge(Query("")).version))
        elif icap.method == "REQMOD":
            await self._reqmod(icap, reader, writer)
        else:
            writer.write(b"ICAP/1.0 405 Method Not Allowed\r\nAllow: OPTIONS, REQMOD\r\nConnection: close\r\n\r\n")
            return False
        await _soon(writer.drain())
        return icap.headers.get("connection", "").lower() != "close"

    async def _reqmod(self, icap: IcapRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length, body = icap.parts
        http = HttpRequest.read(await _soon(reader.readexactly(length)))
        answer = self._judge(Query(http.host, source=icap.headers.get("x-client-ip", ""), user=icap.user))
        self._count(icap, http, answer)
        preview = "preview" in icap.headers
        if body and preview:
            # What was shown of the body is enough to answer: the rest is then never sent.
            await _skip(reader)
        if answer.refused and not (icap.service == MARKING and http.method == "CONNECT"):
            writer.write(answered(http, answer))
        elif answer.refused:
            writer.write(marked(http, answer))
        elif preview or "204" in icap.headers.get("allow", ""):
            writer.write(head_of("204 No Content", answer, "null-body=0"))
        else:
            await _echo(http, answer, reader if body else None, writer)
            return
        if body and not preview:
            await _skip(reader)

    def _count(self, icap: IcapRequest, http: HttpRequest, answer: Answer) -> None:
        if not http.counts:
            return
        told: Callable[[], object] | None = None
        if answer.failed:
            told = self._undecided
        elif self._counted is not None and answer.verdict is not Verdict.ALLOW and answer.version:
            told = partial(self._counted, _attempt(icap, answer))
        if told is None:
            return
        try:
            told()
        except Exception:  # noqa: BLE001  counting never decides
            self.uncounted += 1


def _attempt(icap: IcapRequest, answer: Answer) -> Attempt:
    return Attempt(
        at=dt.datetime.now(dt.UTC),
        service=answer.service,
        verdict=answer.verdict,
        planned=answer.planned,
        user=icap.user,
        source=icap.headers.get("x-client-ip", ""),
        engine=ENGINE,
        version=answer.version,
    )


async def _echo(
    http: HttpRequest, answer: Answer, reader: asyncio.StreamReader | None, writer: asyncio.StreamWriter
) -> None:
    """Send a request back as it came, to a proxy that cannot be told that nothing changes."""
    kind = "null-body" if reader is None else "req-body"
    writer.write(head_of("200 OK", answer, f"req-hdr=0, {kind}={len(http.raw)}") + http.raw)
    if reader is not None:
        await _skip(reader, writer)


async def _skip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter | None = None) -> None:
    """Read a chunked body to its end, never much of it at once; onto `writer` if there is one."""
    size = -1
    while size:
        line = await _soon(reader.readuntil(b"\r\n"))
        size = int(line.partition(b";")[0], 16)
        if size < 0:
            raise IcapError("no size of a chunk")
        await _pass_on(line, writer)
        left = size + 2 if size else 0
        while left:
            piece = await _soon(reader.readexactly(min(left, LONGEST)))
            left -= len(piece)
            await _pass_on(piece, writer)
    while (line := await _soon(reader.readuntil(b"\r\n"))) != b"\r\n":
        await _pass_on(line, writer)
    await _pass_on(line, writer)


async def _pass_on(data: bytes, writer: asyncio.StreamWriter | None) -> None:
    if writer is not None:
        writer.write(data)
        await _soon(writer.drain())


async def _soon(work: Awaitable[_Read]) -> _Read:
    async with asyncio.timeout(_SLOW):
        return await work
