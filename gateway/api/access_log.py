"""One line a request, of a closed list of fields; the outermost layer, where nothing is raised any further.

A body, a header, a path typed by somebody or an exception's text never gets here: any of them could hold a patient's
name.
"""

import time
from typing import Protocol

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.api import failures
from gateway.api.context import Note

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"


class Log(Protocol):
    """Where lines go."""

    def info(self, event: str, **fields: object) -> object:
        """Write one line."""
        ...


class AccessLog:
    """Wraps the application: writes its line, and answers what nobody else has caught."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        self.app, self.log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request. An unknown exception becomes a plain 500: a server would print it with its text."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0
        note = scope.setdefault("ecluse.note", Note())

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:  # noqa: BLE001 - its text may hold anything, so it goes no further
            response = await failures.answer(Request(scope, receive), error)
            if not status:
                await response(scope, receive, noting)
        finally:
            self._write(scope, note, status, time.perf_counter() - begun)

    def _write(self, scope: Scope, note: Note, status: int, seconds: float) -> None:
        route = scope.get("route")
        self.log.info(
            "request",
            method=scope["method"] if scope["method"] in METHODS else OTHER,
            route=getattr(route, "path", OTHER),
            status=status,
            duration_ms=round(seconds * 1000),
            output_id=note.output_id,
            code=note.code,
        )
