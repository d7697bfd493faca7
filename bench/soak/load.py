"""Callers of the cluster: as fast as they are answered, or at a rate, whatever is answered."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import httpx

from bench.soak.people import Person, note
from deploy.cluster.scenes import Cluster

CALLERS: Final = 64
"""Enough to keep the gateways busy although the model takes a second or two for each."""
MOST_OPEN: Final = 300
"""Requests unanswered at once, beyond which the cluster does not keep up."""


@dataclass
class Heard:
    """What callers heard; times in milliseconds."""

    whole: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    """Until the first word of a stream."""
    errors: Counter[str] = field(default_factory=Counter)
    answered: set[str] = field(default_factory=set)
    """Ids under which answers are recorded."""


class Load:
    """Asks through the entrance, half of the time for a stream."""

    def __init__(self, running: Cluster, draw: random.Random, persons: Sequence[Person]) -> None:
        self.heard = Heard()
        self._draw, self._persons = draw, persons
        self._http = httpx.AsyncClient(
            base_url=running.entrance.url,
            headers={"Authorization": f"Bearer {running.key}"},
            timeout=60,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        )

    async def ask(self) -> None:
        """Ask once."""
        stream = self._draw.random() < 0.5
        told = [{"role": "user", "content": note(self._draw.choice(self._persons), self._draw)}]
        body = {"model": "reformulation", "messages": told, "stream": stream}
        began = time.perf_counter()
        try:
            await (self._listen(body, began) if stream else self._wait(body, began))
        except (httpx.HTTPError, ValueError, KeyError) as error:
            self.heard.errors[type(error).__name__] += 1

    async def _wait(self, body: Mapping[str, object], began: float) -> None:
        answer = await self._http.post("/v1/chat/completions", json=body)
        if answer.status_code != httpx.codes.OK:
            self.heard.errors[answer.json()["error"]["code"]] += 1
            return
        self.heard.whole.append((time.perf_counter() - began) * 1000)
        self.heard.answered.add(answer.headers["Ecluse-Output"])

    async def _listen(self, body: Mapping[str, object], began: float) -> None:
        first, last = 0.0, ""
        async with self._http.stream("POST", "/v1/chat/completions", json=body) as come:
            async for line in come.aiter_lines():
                first = first or (time.perf_counter() - began) * 1000
                last = line or last
        if last != "data: [DONE]":
            code = "cut" if come.status_code == httpx.codes.OK else str(come.status_code)
            self.heard.errors[code] += 1
            return
        self.heard.first.append(first)
        self.heard.answered.add(come.headers["Ecluse-Output"])

    async def capacity(self, seconds: float) -> float:
        """Return how many answers a second callers get who ask again as soon as they are answered."""
        until = time.monotonic() + seconds

        async def caller() -> None:
            while time.monotonic() < until:
                await self.ask()

        began = time.monotonic()
        await asyncio.gather(*(caller() for _ in range(CALLERS)))
        return len(self.heard.answered) / (time.monotonic() - began)

    async def keep_up(self, rate: float, seconds: float) -> None:
        """Ask at this rate, whatever is answered."""
        until, open_, loop = time.monotonic() + seconds, set[asyncio.Task[None]](), asyncio.get_running_loop()
        while (now := time.monotonic()) < until:
            if len(open_) < MOST_OPEN:
                task = loop.create_task(self.ask())
                open_.add(task)
                task.add_done_callback(open_.discard)
            else:
                self.heard.errors["the cluster does not keep up"] += 1
            await asyncio.sleep(max(0.0, now + self._draw.expovariate(rate) - time.monotonic()))
        await asyncio.gather(*open_)
