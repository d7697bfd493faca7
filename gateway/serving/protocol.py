"""Uvicorn's protocol, with bounds to a request's head, and the house's words for what is no request.

Uvicorn keeps any number of headers, waits for their end for ever, and writes its own words in the middle of an answer
where a caller sends nonsense meanwhile.
"""

import asyncio
from dataclasses import replace
from typing import Final

from starlette.exceptions import HTTPException
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gateway.api.problems import Problem, problem
from gateway.errors import PromptTooLargeError

LONGEST_HEAD: Final = 65_536
"""Bytes of a request's line and headers; what came with the last of them in one read is let through."""

HEAD_SECONDS: Final = 30.0
"""How long the head may take, from the first connection on: twice what the balancer of `deploy/` allows."""

_MALFORMED, _LATE, _FLOOD = 400, 408, 431


class BoundedProtocol(HttpToolsProtocol):
    """Serves one connection."""

    _head = 0
    _late: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._await_head()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._heard_head()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        """Read on; end the connection where the head exceeds its bound."""
        if self._late is not None:
            self._head += len(data)
        super().data_received(data)
        if self._late is not None and self._head > LONGEST_HEAD:
            self._refuse(_FLOOD)

    @override
    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head."""
        super().on_message_begin()
        if self._late is None:
            self._await_head()

    @override
    def on_headers_complete(self) -> None:
        """Wait no more."""
        self._heard_head()
        super().on_headers_complete()

    @override
    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._refuse(_MALFORMED)

    def _await_head(self) -> None:
        self._head = 0
        self._late = self.loop.call_later(HEAD_SECONDS, self._refuse, _LATE)

    def _heard_head(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _refuse(self, status: int) -> None:
        """Say why, and close.

        Not in the middle of an answer, whose reader would take it for a part of it; nor where nothing was said yet: who
        is about to ask would take it for the answer.
        """
        self._heard_head()
        if self.transport.is_closing():
            return
        silent = status == _LATE and not self._head
        # None at first, whatever uvicorn declares.
        if not silent and (self.cycle is None or self.cycle.response_complete):  # type: ignore[redundant-expr]
            self.transport.write(_written(_told(status)))
        self.transport.close()


def _told(status: int) -> Problem:
    if status == _FLOOD:
        found = problem(PromptTooLargeError(f"plus de {LONGEST_HEAD} octets d’en-têtes"))
        return replace(found, status=status)
    return problem(HTTPException(status))


def _written(told: Problem) -> bytes:
    answer = told.response()
    answer.headers["connection"] = "close"
    head = b"".join(name + b": " + value + b"\r\n" for name, value in answer.raw_headers)
    return STATUS_LINE[told.status] + head + b"\r\n" + bytes(answer.body)
