"""The order in which a server ends."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import httpx
import uvicorn
from fastapi import FastAPI

from gateway.api.readiness import Readiness
from gateway.serving import server
from gateway.serving.door import Loads
from gateway.serving.server import Patience, SharingServer


class Ground:
    """A small application, and what its end has done."""

    def __init__(self, patience: Patience) -> None:
        self.done: list[str] = []
        self.release = asyncio.Event()
        self.app = FastAPI(lifespan=self._lifespan)
        self.app.get("/wait")(self._wait)
        self.socket = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(self.app, log_config=None)
        self.server = SharingServer(config, self.app, patience, Loads(1), 0)

    @asynccontextmanager
    async def _lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        systems = SimpleNamespace(cut_all=self._cut)
        app.state.services = SimpleNamespace(readiness=Readiness({}), pipeline=SimpleNamespace(systems=systems))
        yield
        self.done.append("closed")

    def _cut(self) -> None:
        self.done.append("cut")
        self.release.set()

    async def _wait(self) -> str:
        await self.release.wait()
        self.done.append("answered")
        return "answered"

    @property
    def listens(self) -> bool:
        """Return whether it may take callers."""
        return self.socket.fileno() >= 0

    @property
    def leaving(self) -> bool:
        """Return whether readiness says no."""
        return bool(self.app.state.services.readiness.leaving)


@asynccontextmanager
async def opened(
    notice: float = 0.0, drain: float = 10.0
) -> AsyncIterator[tuple[Ground, asyncio.Task[httpx.Response]]]:
    """Give a server with a request in progress; it has ended by the end of the block."""
    ground = Ground(Patience(notice, drain))
    loop = asyncio.get_running_loop()
    serving = loop.create_task(ground.server._serve([ground.socket]))
    while not ground.server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    port = ground.socket.getsockname()[1]
    async with asyncio.timeout(60), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
        asking = loop.create_task(http.get("/wait"))
        while not ground.server.server_state.tasks:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        yield ground, asking
        await serving


async def test_leaving_is_said_before_the_door_is_closed() -> None:
    async with opened(notice=3) as (ground, asking):
        ground.server.leave()
        while not ground.leaving:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        assert ground.listens
        while ground.listens:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        ground.release.set()
        assert (await asking).headers["connection"] == "close"
    assert ground.done == ["answered", "closed"]


async def test_retiring_leaves_the_door_to_others_first() -> None:
    """Catches a readiness that speaks for the whole gateway and says no because one process is replaced."""
    async with opened(notice=60.0) as (ground, asking):
        ground.server.retire()
        while ground.listens:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        assert not ground.leaving
        ground.release.set()
        assert (await asking).status_code == 200
    assert ground.done == ["answered", "closed"]


async def test_what_does_not_end_is_cut_before_the_journal_closes() -> None:
    async with opened(drain=0.2) as (ground, asking):
        ground.server.leave()
        assert (await asking).status_code == 200
    assert ground.done == ["cut", "answered", "closed"]


async def test_a_hurry_waits_for_nothing() -> None:
    async with opened(notice=60.0, drain=60.0) as (ground, asking):
        ground.server.leave()
        await asyncio.sleep(0.2)
        ground.server.hurry()
        assert (await asking).status_code == 200
    assert ground.done == ["cut", "answered", "closed"]


async def test_a_second_signal_is_a_hurry() -> None:
    """Catches an operator who asks twice, as the manual says, and waits for minutes all the same."""
    async with opened(notice=60.0, drain=60.0) as (ground, asking):
        ground.server.handle_exit(signal.SIGTERM, None)
        await asyncio.sleep(0.2)
        assert not ground.server.force_exit
        ground.server.handle_exit(signal.SIGTERM, None)
        assert (await asking).status_code == 200
    assert ground.done == ["cut", "answered", "closed"]


def test_the_whole_end_is_longer_than_its_steps() -> None:
    """Catches a parent that kills what is still ending well."""
    steps = 5.0 + 30.0 + server.CUT_SECONDS + server.CANCELLED_SECONDS
    assert Patience(5.0, 30.0).whole > steps
