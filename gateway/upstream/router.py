"""Leads a prompt to the model behind its route, with patience inside a route and other routes after it."""

import asyncio
import random
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, closing
from dataclasses import dataclass
from typing import Final

from gateway.conversation import Chunk, MaskedPrompt, Reply
from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError
from gateway.upstream.model import Model
from gateway.upstream.watch import Watch
from policies.facts import Route

_FIRST_PAUSE: Final = 0.25
_LONGEST_PAUSE: Final = 8.0
"""Seconds before the first new attempt, doubled each time, and at most."""

_PASSING: Final = (UpstreamOverloadedError, UpstreamTimeoutError)
"""Problems that another attempt may not have; a refused request is refused again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a route is waited for."""

    total_seconds: float = 120.0
    """For a whole answer, attempts and pauses included; in a stream, until the model first gives a sign of life."""
    idle_seconds: float = 60.0
    """Between two pieces of a stream."""
    retries: int = 1
    """Attempts after the first, where the model is overloaded, unreachable or late."""


@dataclass(frozen=True, slots=True)
class Road:
    """A route's model, and the patience it is given."""

    model: Model
    patience: Patience


class RoutedUpstream:
    """Sanctioned models by route id. Implements `Upstream`.

    A route that fails is left for the next one of the same tier; where none answers, the last one's error is raised, in
    our words. Nothing is tried again once a piece of an answer has been let through.
    """

    def __init__(self, roads: Mapping[str, Road]) -> None:
        """Take each route's model by the id of the route; they are closed with this object."""
        self._roads = dict(roads)

    @property
    def routes(self) -> frozenset[str]:
        """Return the ids of the routes that lead somewhere."""
        return frozenset(self._roads)

    async def complete(self, prompt: MaskedPrompt, routes: tuple[Route, ...]) -> Reply:
        """Return the whole answer of the first route that gives one."""
        problem: UpstreamError = UpstreamRefusedError("no route")
        for road in self._usable(routes):
            try:
                async with asyncio.timeout(road.patience.total_seconds):
                    return await _whole(road, prompt)
            except TimeoutError:
                problem = UpstreamTimeoutError("no answer in time")
            except UpstreamError as failure:
                problem = failure
        raise problem

    async def stream(self, prompt: MaskedPrompt, routes: tuple[Route, ...]) -> AsyncGenerator[Chunk, None]:
        """Yield the answer of the first route that begins one."""
        problem: UpstreamError = UpstreamRefusedError("no route")
        for road in self._usable(routes):
            begun = False
            try:
                async with aclosing(_pieces(road, prompt)) as chunks:
                    async for chunk in chunks:
                        begun = True
                        yield chunk
            except UpstreamError as failure:
                if begun:
                    raise
                problem = failure
            else:
                return
        raise problem

    async def close(self) -> None:
        """Close every model, whatever happens to one of them."""
        await asyncio.gather(*(road.model.close() for road in self._roads.values()), return_exceptions=True)

    def _usable(self, routes: tuple[Route, ...]) -> list[Road]:
        """Return the roads of the routes that share the first one's tier: patient data never changes tier here."""
        return [self._roads[route.id] for route in routes if route.tier is routes[0].tier and route.id in self._roads]


async def _whole(road: Road, prompt: MaskedPrompt) -> Reply:
    for attempt in range(road.patience.retries):
        try:
            return await road.model.complete(prompt)
        except _PASSING:
            await asyncio.sleep(_pause(attempt))
    return await road.model.complete(prompt)


async def _pieces(road: Road, prompt: MaskedPrompt) -> AsyncGenerator[Chunk, None]:
    """Yield what one route answers, tried again until its first piece; signs of life are not yielded."""
    loop = asyncio.get_running_loop()
    deadline, attempt = loop.time() + road.patience.total_seconds, 0
    while True:
        begun = False
        try:
            async with aclosing(_alive(road, prompt, deadline)) as chunks:
                async for chunk in chunks:
                    if chunk.deltas or chunk.usage:
                        begun = True
                        yield chunk
        except _PASSING:
            pause = _pause(attempt)
            if begun or attempt == road.patience.retries or loop.time() + pause >= deadline:
                raise
            attempt += 1
            await asyncio.sleep(pause)
        else:
            return


async def _alive(road: Road, prompt: MaskedPrompt, deadline: float) -> AsyncGenerator[Chunk, None]:
    """Yield what the model streams, or raise `UpstreamTimeoutError` where it falls silent."""
    seconds = deadline - asyncio.get_running_loop().time()
    async with aclosing(road.model.stream(prompt)) as chunks:
        with closing(Watch()) as watch:
            while True:
                try:
                    with watch.within(seconds):
                        chunk = await anext(chunks)
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    raise UpstreamTimeoutError("no answer in time") from None
                yield chunk
                seconds = road.patience.idle_seconds


def _pause(attempt: int) -> float:
    """Return a pause that doubles with each attempt, drawn at random so that callers do not come back together."""
    longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt)
    return random.uniform(longest / 2, longest)  # noqa: S311 - spreading load, nothing secret
