"""Uvicorn's server, with an end of its own: others are told first, answers end, and what does not end is cut in words.

Uvicorn would close the journal under the answers that it cancels, and refuse callers whom no balancer had yet sent
elsewhere.
"""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI
from typing_extensions import override

from config.server import Server as Chosen
from gateway.api.context import Services
from gateway.serving.door import Door, Loads

CUT_SECONDS: Final = 5.0
"""How long answers that were cut may take to say so and to be recorded: as long as a request waits for the journal."""

CANCELLED_SECONDS: Final = 2.0
"""How long what heard of no cut may take to close: a caller who reads no more, a text that is being read."""

KEPT_SECONDS: Final = 6.0
"""How long a connection without a request is kept by a retiring process: uvicorn closes it by itself after 5."""

_EVERY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each step of the end may take, in seconds."""

    notice: float
    """Between saying that others should be asked and no longer listening."""
    drain: float
    """For answers in progress, after that."""

    @classmethod
    def chosen(cls, server: Chosen) -> "Patience":
        """Return what the configuration says."""
        return cls(server.drain_notice_seconds, server.drain_seconds)

    @property
    def whole(self) -> float:
        """Return how long an end may take before something hangs: the journal and the detectors close last."""
        return self.notice + max(self.drain, KEPT_SECONDS) + CUT_SECONDS + CANCELLED_SECONDS + 10.0


class Server(uvicorn.Server):
    """Serves one application until told to leave, with everybody, or to retire, while others go on.

    Leaving: `/readyz` says 503 first, and the socket still takes callers. Retiring: the socket is left to the others
    first, and `/readyz`, which speaks for all of them, stays as it is.
    """

    def __init__(self, config: uvicorn.Config, app: FastAPI, patience: Patience) -> None:
        super().__init__(config)
        self._app, self._patience = app, patience
        self.retiring = False

    def leave(self) -> None:
        """End, with every other process of this gateway."""
        self.should_exit = True

    def retire(self) -> None:
        """End, while others go on."""
        self.retiring = self.should_exit = True

    def hurry(self) -> None:
        """Wait for nothing more; what is in progress is cut, and recorded."""
        self.should_exit = self.force_exit = True

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a second signal, whichever it is, as a wish to wait for nothing; uvicorn would only hear Ctrl-C."""
        if self.should_exit:
            self.hurry()
        super().handle_exit(sig, frame)

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in order: tell others, listen no more, let answers end, cut the rest, close the journal."""
        services: Services = self._app.state.services
        # Callers who keep their connection are asked, with their answer, to open another: to somebody who stays.
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        if self.retiring:
            self._listen_no_more(sockets)
            await self._until(self._quiet, KEPT_SECONDS)
        else:
            services.readiness.leaving = True
            await self._until(lambda: False, self._patience.notice)
            self._listen_no_more(sockets)
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self._until(self._quiet, self._patience.drain)
        if not self._quiet():
            await self._cut(services)
        await self.lifespan.shutdown()

    async def _cut(self, services: Services) -> None:
        services.pipeline.systems.cut_all()
        await self._until(self._quiet, CUT_SECONDS, hurried=False)
        for task in self.server_state.tasks:
            task.cancel()
        await self._until(self._quiet, CANCELLED_SECONDS, hurried=False)

    def _listen_no_more(self, sockets: list[socket.socket] | None) -> None:
        for server in self.servers:
            server.close()
        for each in sockets or ():
            each.close()

    def _quiet(self) -> bool:
        return not (self.server_state.connections or self.server_state.tasks)

    async def _until(self, true: Callable[[], bool], seconds: float, *, hurried: bool = True) -> None:
        """Wait until something is true, or so many seconds; not at all where somebody is in a hurry."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not true() and not (hurried and self.force_exit):  # noqa: ASYNC110 - uvicorn has no event for it
                    await asyncio.sleep(_EVERY)


class SharingServer(Server):
    """A server on sockets that other processes share; its parent decides when it ends."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, patience: Patience, loads: Loads, place: int) -> None:
        super().__init__(config, app, patience)
        self._loads, self._place = loads, place
        self._door: Door | None = None

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open, taking no more callers than others do."""
        await super().startup([])
        self._door = Door(sockets or [], self._ahead, self._welcome)
        self._ahead()
        self._door.open()

    @override
    async def on_tick(self, counter: int) -> bool:
        """Let others know of callers who have left."""
        self._ahead()
        return await super().on_tick(counter)

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ignore Ctrl-C, which reaches the whole group, and take SIGTERM for this process alone as a wish to retire."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda _number, _frame: self.retire())
        yield

    @override
    def _listen_no_more(self, sockets: list[socket.socket] | None) -> None:
        if self._door is not None:
            self._door.close()
            self._loads.vacate(self._place)

    @override
    def _quiet(self) -> bool:
        return super()._quiet() and not (self._door and self._door.welcoming)

    def _ahead(self) -> bool:
        if self.should_exit:
            # Whoever takes nobody any more is not waited for; a successor at this place says its own count.
            return False
        taken = self._door.welcoming if self._door else 0
        self._loads.say(self._place, len(self.server_state.connections) + taken)
        return self._loads.ahead(self._place)

    async def _welcome(self, caller: socket.socket) -> None:
        def protocol() -> asyncio.Protocol:
            made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
                config=self.config, server_state=self.server_state, app_state=self.lifespan.state
            )
            return made

        _ = await asyncio.get_running_loop().connect_accepted_socket(protocol, caller)
