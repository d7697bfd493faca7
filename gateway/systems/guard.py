"""The kill switch as the pipeline sees it: who may begin, and what is cut in mid-answer."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import aclosing, asynccontextmanager, closing, suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from gateway.audit.trail import Record
from gateway.conversation import Chunk, Reply
from gateway.errors import GatewayError, GatewayLeavingError, SystemStoppedError
from gateway.systems.board import Board
from gateway.systems.state import State
from policies.decision import Allowed
from policies.facts import Route


class Guard:
    """Lets requests begin and go on as the board says."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.running: set[_Cut | _Held] = set()
        self._leaving = False
        board.subscribe(self._heard)

    def admit(self, allowed: Allowed, record: Record) -> Allowed:
        """Return what is left of the allowed routes, in the same order; raises `SystemStoppedError` where none is.

        A rehearsed stop takes nothing away: it is noted in the record, and named in what is returned.
        """
        if self._leaving:
            raise GatewayLeavingError
        stops = {route.id: self.board.against(allowed.use, route) for route in allowed.routes}
        left = tuple(route for route in allowed.routes if stops[route.id] is None)
        if not left:
            raise _stopped(next(stop for stop in stops.values() if stop is not None))
        drill = self.board.against(allowed.use, left[0], drill=True)
        if drill is not None:
            record.rehearsed()
        return replace(allowed, routes=left, drill=drill.target if drill else None)

    async def reply(self, asked: Coroutine[Any, Any, Reply], allowed: Allowed) -> Reply:
        """Return the awaited answer; raises `SystemStoppedError`, cancelling it, as soon as it is to be stopped."""
        with closing(asked), _Cut(self, allowed.use, allowed.routes):
            return await asked

    def require(self, allowed: Allowed, route: str) -> None:
        """Raise `SystemStoppedError` where the answer that this route gave may not leave any more."""
        if stop := self.stop_against(allowed.use, (one for one in allowed.routes if one.id == route)):
            raise _stopped(stop)

    @asynccontextmanager
    async def pieces(
        self, chunks: AsyncGenerator[Chunk, None], allowed: Allowed
    ) -> AsyncIterator[AsyncGenerator[Chunk, None]]:
        """Give the pieces of an answer until it is to be stopped; `SystemStoppedError` then ends them.

        Until it is known which route answers, a stop of any of them counts. All is closed at the end of the block.
        """
        async with aclosing(chunks), aclosing(self._pieces(chunks, allowed)) as pieces:
            yield pieces

    async def _pieces(self, chunks: AsyncGenerator[Chunk, None], allowed: Allowed) -> AsyncGenerator[Chunk, None]:
        routes = allowed.routes
        while True:
            with _Cut(self, allowed.use, routes):
                chunk = await anext(chunks, None)
            if chunk is None:
                return
            if len(routes) > 1:
                routes = tuple(route for route in routes if route.id == chunk.route) or routes
            async with _Held(self, allowed.use, routes, chunks):
                yield chunk

    def cut_all(self) -> None:
        """End whatever is in progress with `GatewayLeavingError`, and let nothing else begin: this process ends."""
        self._leaving = True
        self._heard(())

    def reason_against(self, use: str, routes: Iterable[Route]) -> GatewayError | None:
        """Return why an answer of any of these must not go on, if it must not."""
        if self._leaving:
            return GatewayLeavingError()
        stop = self.stop_against(use, routes)
        return _stopped(stop) if stop is not None else None

    def stop_against(self, use: str, routes: Iterable[Route]) -> State | None:
        """Return a real stop of any of these."""
        return next((stop for route in routes if (stop := self.board.against(use, route))), None)

    def _heard(self, _: Sequence[State]) -> None:
        for cut in tuple(self.running):
            cut.look()


class _Cut:
    """A wait that a stop may cut short: cancels the task inside, once, and says why; as `asyncio.timeout` does."""

    def __init__(self, guard: Guard, use: str, routes: tuple[Route, ...]) -> None:
        self._guard, self._use, self._routes = guard, use, routes
        self._task: asyncio.Task[Any] | None = None
        self._cancelling = 0
        self._reason: GatewayError | None = None

    def look(self) -> None:
        """Cut where a stop has come."""
        if self._reason is None and self._task is not None:
            self._reason = self._guard.reason_against(self._use, self._routes)
            if self._reason is not None:
                self._task.cancel()

    def __enter__(self) -> Self:
        if reason := self._guard.reason_against(self._use, self._routes):
            raise reason
        self._task = asyncio.current_task()
        self._cancelling = self._task.cancelling() if self._task else 0
        self._guard.running.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._guard.running.discard(self)
        if self._reason is None or self._task is None:
            return
        # Somebody else may have cancelled the task as well: theirs passes on.
        if self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise self._reason from None


class _Held:
    """A piece that its reader has not asked to follow, perhaps never will: a stop lets the model go meanwhile."""

    def __init__(self, guard: Guard, use: str, routes: tuple[Route, ...], chunks: AsyncGenerator[Chunk, None]) -> None:
        self._guard, self._use, self._routes, self._chunks = guard, use, routes, chunks
        self._closing: asyncio.Task[None] | None = None
        self._reason: GatewayError | None = None

    def look(self) -> None:
        """Close the model's answer where a stop has come."""
        if self._reason is None and (reason := self._guard.reason_against(self._use, self._routes)):
            self._reason = reason
            self._closing = asyncio.get_running_loop().create_task(self._close())

    async def _close(self) -> None:
        with suppress(Exception):  # a connection that breaks while it is closed is closed
            await self._chunks.aclose()

    async def __aenter__(self) -> Self:
        self._guard.running.add(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._guard.running.discard(self)
        if self._closing is not None:
            await self._closing
        # Also where it was resumed since: what the model has not said will never come.
        if self._reason is not None and kind is None:
            raise self._reason


def _stopped(stop: State) -> SystemStoppedError:
    return SystemStoppedError(stop.target, stop.until)
