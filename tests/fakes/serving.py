"""`ecluse serve` as whoever operates it starts it, and those who ask it."""

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from gateway.ports import free_port

ECLUSE = Path(__file__).parents[2] / ".venv" / "bin" / "ecluse"
SECONDS = 180
ASKED: dict[str, Any] = {"model": "reformulation@modele", "messages": [{"role": "user", "content": "Bonjour à tous."}]}


class Serving:
    """A gateway that runs as whoever operates it starts it."""

    def __init__(self, file: Path, key: str) -> None:
        self.file, self.port = file, free_port()
        self.url, self.headers = f"http://127.0.0.1:{self.port}", {"Authorization": f"Bearer {key}"}
        self.log = file.with_suffix(".log")
        self.process: asyncio.subprocess.Process

    async def start(self, *words: str, environment: Mapping[str, str] | None = None) -> None:
        """Start `ecluse serve`, with variables of its own beside those of the tests."""
        with self.log.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                ECLUSE, "serve", "--config", self.file, "--port", str(self.port), *words,
                stdout=log, stderr=log, env={**os.environ, **(environment or {})},
            )  # fmt: skip

    def http(self) -> httpx.AsyncClient:
        """Return a client with the key, which tries nothing twice."""
        return httpx.AsyncClient(base_url=self.url, headers=self.headers, timeout=SECONDS)

    def lines(self, event: str) -> list[Any]:
        """Return what it has logged of an event."""
        whole = self.log.read_text("utf-8").rpartition("\n")[0]
        logged = [line for line in whole.splitlines() if line.startswith("{")]
        return [line for line in map(json.loads, logged) if line["event"] == event]

    def workers(self, result: str = "open") -> list[int]:
        """Return the numbers of the processes of which this was logged."""
        return [line["pid"] for line in self.lines("worker") if line["result"] == result]

    async def opened(self, workers: int = 0) -> None:
        """Wait until it is ready, with so many workers."""
        async with asyncio.timeout(SECONDS):
            while True:
                assert self.process.returncode is None, self.log.read_text("utf-8")
                with contextlib.suppress(httpx.HTTPError):
                    if len(self.workers()) >= workers and await self.ready() == 200:
                        return
                await asyncio.sleep(0.05)

    async def logged(self, result: str, times: int) -> None:
        """Wait until a result was logged of so many workers."""
        async with asyncio.timeout(SECONDS):
            while len(self.workers(result)) < times:  # noqa: ASYNC110 - a file has no event
                await asyncio.sleep(0.05)

    async def ready(self) -> int:
        """Return the status of `/readyz`."""
        async with self.http() as http:
            return (await http.get("/readyz")).status_code

    async def end(self) -> int:
        """Ask it to end, and return how it did."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(SECONDS):
            return await self.process.wait()

    async def said(self, *words: str) -> str:
        """Return what another command says, over the same configuration."""
        process = await asyncio.create_subprocess_exec(
            ECLUSE, *words, "--config", self.file, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        return (await process.communicate())[0].decode()


async def ask(house: Serving) -> httpx.Response:
    """Ask on a connection of its own, as most tools do."""
    async with house.http() as http:
        return await http.post("/v1/chat/completions", json=ASKED)


class Crowd:
    """Callers who ask again as soon as they are answered: two keep their connection, two open one for each request."""

    def __init__(self, house: Serving) -> None:
        """Begin to ask."""
        self._stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._asking = [loop.create_task(self._ask(house, kept=kept)) for kept in (True, True, False, False)]

    async def _ask(self, house: Serving, *, kept: bool) -> list[int]:
        heard: list[int] = []
        async with house.http() as http:
            while not self._stopped.is_set():
                answer = await (http.post("/v1/chat/completions", json=ASKED) if kept else ask(house))
                heard.append(answer.status_code)
        return heard

    async def stop(self) -> list[int]:
        """Return what everybody was answered."""
        self._stopped.set()
        return [status for heard in await asyncio.gather(*self._asking) for status in heard]
