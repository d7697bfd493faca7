"""Patience inside a route, other routes of the same tier after it, and never a second answer after a first piece."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any

import pytest

from gateway.conversation import Choice, ChoiceDelta, Chunk, MaskedPrompt, Reply, Usage
from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError
from gateway.upstream import router
from gateway.upstream.router import Patience, Road, RoutedUpstream
from policies.facts import AiSystem, Route, Tier
from tests.fakes.prompts import masked

ALIVE, FOREVER = object(), object()


class Scripted:
    """A model that plays one script an attempt: what it yields in order, an error to raise, or silence for ever."""

    def __init__(self, name: str, *scripts: list[Any]) -> None:
        self.name, self.scripts, self.attempts, self.closed, self.gone = name, list(scripts), 0, False, 0
        self.asked = asyncio.Event()

    async def complete(self, prompt: MaskedPrompt) -> Reply:
        """Return the next script, glued together."""
        text = ""
        async with aclosing(self.stream(prompt)) as chunks:
            async for chunk in chunks:
                text += "".join(delta.text for delta in chunk.deltas)
        return Reply((Choice(0, text),), Usage(), self.name)

    async def stream(self, prompt: MaskedPrompt) -> AsyncGenerator[Chunk, None]:
        """Play the next script."""
        del prompt
        script = self.scripts[min(self.attempts, len(self.scripts) - 1)]
        self.attempts += 1
        self.asked.set()
        try:
            for step in script:
                if step is FOREVER:
                    await asyncio.Event().wait()
                if isinstance(step, UpstreamError):
                    raise step
                yield Chunk(self.name) if step is ALIVE else Chunk(self.name, (ChoiceDelta(0, step),))
        finally:
            self.gone += 1

    async def close(self) -> None:
        """Note that it was closed, and fail."""
        self.closed = True
        raise RuntimeError


def route(name: str, tier: Tier = Tier.D1) -> Route:
    return Route(name, tier, "FR", AiSystem(name, "1", "S"))


def routed(*models: Scripted, retries: int = 1, total: float = 30.0, idle: float = 30.0) -> RoutedUpstream:
    return RoutedUpstream({model.name: Road(model, Patience(total, idle, retries)) for model in models})


async def whole(upstream: RoutedUpstream, *routes: Route) -> tuple[str | None, str]:
    reply = await upstream.complete(masked("Bonjour"), routes)
    return reply.choices[0].text, reply.route


async def streamed(upstream: RoutedUpstream, *routes: Route) -> tuple[str | None, str]:
    async with aclosing(upstream.stream(masked("Bonjour"), routes)) as chunks:
        pieces = [chunk async for chunk in chunks]
    return "".join(delta.text for piece in pieces for delta in piece.deltas), pieces[0].route


either = pytest.mark.parametrize("ask", [whole, streamed])


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses keep their order but not their length."""
    monkeypatch.setattr(router, "_FIRST_PAUSE", 0.0001)


@either
@pytest.mark.parametrize("problem", [UpstreamOverloadedError(), UpstreamTimeoutError()])
async def test_a_passing_problem_is_tried_again(ask: Callable[..., Any], problem: UpstreamError) -> None:
    model = Scripted("a", [problem], [ALIVE, "Bon", "jour"])
    assert await ask(routed(model), route("a")) == ("Bonjour", "a")
    assert model.attempts == 2


@either
async def test_a_refusal_is_not_tried_again(ask: Callable[..., Any]) -> None:
    model = Scripted("a", [UpstreamRefusedError()])
    with pytest.raises(UpstreamRefusedError):
        await ask(routed(model, retries=3), route("a"))
    assert model.attempts == 1


@either
async def test_retries_are_counted(ask: Callable[..., Any]) -> None:
    model = Scripted("a", [UpstreamOverloadedError()])
    with pytest.raises(UpstreamOverloadedError):
        await ask(routed(model, retries=2), route("a"))
    assert model.attempts == 3


@either
@pytest.mark.parametrize("problem", [UpstreamOverloadedError(), UpstreamRefusedError(), FOREVER])
async def test_the_next_route_answers_and_says_so(ask: Callable[..., Any], problem: object) -> None:
    """The bug caught: an answer marked with the name of a model that did not make it."""
    first, second = Scripted("a", [ALIVE, problem]), Scripted("b", ["Bonjour"])
    upstream = routed(first, second, retries=0, total=0.05, idle=0.05)
    assert await ask(upstream, route("a"), route("b")) == ("Bonjour", "b")


@either
async def test_a_route_of_another_tier_is_left_aside(ask: Callable[..., Any]) -> None:
    """The leak caught: what was masked, or not, for one tier sent to another because the first model was down."""
    first, second = Scripted("a", [UpstreamOverloadedError()]), Scripted("b", ["Bonjour"])
    with pytest.raises(UpstreamOverloadedError):
        await ask(routed(first, second, retries=0), route("a", Tier.D2), route("b", Tier.D1))
    assert second.attempts == 0


@either
async def test_where_no_route_answers_the_last_problem_is_told(ask: Callable[..., Any]) -> None:
    upstream = routed(Scripted("a", [UpstreamRefusedError()]), Scripted("b", [FOREVER]), total=0.05)
    with pytest.raises(UpstreamTimeoutError):
        await ask(upstream, route("a"), route("b"))


@either
async def test_an_unknown_route_is_refused(ask: Callable[..., Any]) -> None:
    with pytest.raises(UpstreamRefusedError):
        await ask(routed(), route("a"))


async def test_nothing_is_tried_again_after_the_first_piece() -> None:
    """The bug caught: a second answer glued to the beginning of the first."""
    first, second = Scripted("a", ["Bon", UpstreamOverloadedError()]), Scripted("b", ["jour"])
    got: list[str] = []

    async def read() -> None:
        async with aclosing(routed(first, second).stream(masked("Bonjour"), (route("a"), route("b")))) as chunks:
            async for chunk in chunks:
                got.extend(delta.text for delta in chunk.deltas)

    with pytest.raises(UpstreamOverloadedError):
        await read()
    assert (got, first.attempts, second.attempts) == (["Bon"], 1, 0)


async def test_a_stream_that_falls_silent_times_out() -> None:
    model = Scripted("a", ["Bon", FOREVER])
    with pytest.raises(UpstreamTimeoutError):
        await streamed(routed(model, idle=0.05), route("a"))
    assert model.gone == 1


async def test_signs_of_life_keep_a_stream_open_and_are_not_passed_on() -> None:
    """A model that reasons before it answers is alive; its silence would be taken for a breakdown."""
    chunks = [chunk async for chunk in routed(Scripted("a", [ALIVE] * 3 + ["Oui"])).stream(masked("?"), (route("a"),))]
    assert chunks == [Chunk("a", (ChoiceDelta(0, "Oui"),))]


async def test_closing_a_stream_closes_the_model_s() -> None:
    model = Scripted("a", ["Bon", "jour"])
    async with aclosing(routed(model).stream(masked("?"), (route("a"),))) as chunks:
        await anext(chunks)
        assert model.gone == 0
    assert model.gone == 1


@either
async def test_cancelling_reaches_the_model(ask: Callable[..., Any]) -> None:
    model = Scripted("a", [FOREVER])
    async with asyncio.TaskGroup() as group:
        task = group.create_task(ask(routed(model), route("a")))
        await model.asked.wait()
        task.cancel()
    assert (model.attempts, model.gone) == (1, 1)


async def test_closing_closes_every_model() -> None:
    models = Scripted("a", []), Scripted("b", [])
    await routed(*models).close()
    assert all(model.closed for model in models)


def test_pauses_grow_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Callers that failed together must not come back together, nor wait for ever."""
    monkeypatch.undo()
    for attempt, longest in enumerate([0.25, 0.5, 1, 2, 4, 8, 8, 8]):
        pauses = {router._pause(attempt) for _ in range(20)}
        assert len(pauses) > 1
        assert all(longest / 2 <= pause <= longest for pause in pauses)
