"""Who may begin, what is cut, and by whom."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from gateway.conversation import Choice, ChoiceDelta, Chunk, Reply, Usage
from gateway.errors import GatewayLeavingError, SystemStoppedError, UpstreamTimeoutError
from gateway.systems.board import Board
from gateway.systems.guard import Guard
from policies.decision import Allowed, Duties, Review
from policies.facts import Tier
from tests.fakes.systems import AZURE, MISTRAL, Clock, stopped

ALLOWED = Allowed("traduction", (MISTRAL, AZURE), Duties(Tier.D1, frozenset(), Review.R0, None), "2026.1")
REPLY = Reply((Choice(0, "Bonjour"),), Usage(1, 1), "mistral")


class Record:
    """Notes whether a drill was."""

    rehearsals = 0

    def rehearsed(self) -> None:
        """Note it."""
        self.rehearsals += 1


class Model:
    """Answers when told; `closed` tells that nobody listens any more."""

    def __init__(self, route: str = "mistral") -> None:
        self.route, self.go, self.closed = route, asyncio.Event(), asyncio.Event()

    async def complete(self) -> Reply:
        """Return an answer."""
        try:
            await self.go.wait()
        finally:
            self.closed.set()
        return REPLY

    async def stream(self) -> AsyncGenerator[Chunk, None]:
        """Yield a piece, then wait."""
        try:
            yield Chunk(self.route, (ChoiceDelta(0, "Bon"),))
            await self.go.wait()
            yield Chunk(self.route, (ChoiceDelta(0, "jour"),))
        finally:
            self.closed.set()


def guard(*targets: str) -> Guard:
    board = Board(Clock())
    board.merge([stopped(target) for target in targets])
    return Guard(board)


def test_what_is_not_stopped_passes_unchanged() -> None:
    record = Record()
    assert guard("use:compte_rendu").admit(ALLOWED, record) == ALLOWED  # type: ignore[arg-type]
    assert record.rehearsals == 0


def test_a_stopped_route_leaves_its_fallback() -> None:
    left = guard("route:mistral").admit(ALLOWED, Record())  # type: ignore[arg-type]
    assert left == replace(ALLOWED, routes=(AZURE,))


@pytest.mark.parametrize("targets", [("all",), ("use:traduction",), ("route:mistral", "system:gpt-4-1")])
def test_a_request_with_no_route_left_is_refused(targets: tuple[str, ...]) -> None:
    with pytest.raises(SystemStoppedError) as caught:
        guard(*targets).admit(ALLOWED, Record())  # type: ignore[arg-type]
    assert caught.value.target == targets[0]


def test_a_drill_refuses_nothing_and_is_noted() -> None:
    """Would catch: an exercise that stops the ward."""
    rehearsing, record = Guard(Board(Clock())), Record()
    rehearsing.board.merge([stopped(drill=True)])
    assert rehearsing.admit(ALLOWED, record) == replace(ALLOWED, drill="all")  # type: ignore[arg-type]
    assert record.rehearsals == 1


async def test_a_whole_answer_is_cut_and_the_model_let_go() -> None:
    guarding, model = guard(), Model()
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(outcome(guarding, model))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        guarding.board.merge([stopped("route:mistral")])
    assert asking.result() == "SystemStoppedError"
    assert model.closed.is_set()
    assert guarding.running == set()


async def outcome(guarding: Guard, model: Model) -> str:
    try:
        await guarding.reply(model.complete(), ALLOWED)
    except SystemStoppedError as error:
        assert asyncio.current_task().cancelling() == 0  # type: ignore[union-attr]
        return type(error).__name__
    return "answered"


async def test_a_stop_between_admission_and_the_model_is_seen() -> None:
    """Would catch: a request that was being masked when everything was stopped, sent all the same."""
    guarding, model = guard("all"), Model()
    with pytest.raises(SystemStoppedError):
        await guarding.reply(model.complete(), ALLOWED)
    with pytest.raises(SystemStoppedError):
        async with guarding.pieces(model.stream(), ALLOWED) as pieces:
            await anext(pieces)


async def test_a_stream_is_cut_while_it_waits() -> None:
    guarding, model = guard(), Model()
    async with guarding.pieces(model.stream(), ALLOWED) as pieces:
        assert await anext(pieces)
        asyncio.get_running_loop().call_later(0.01, guarding.board.merge, [stopped("use:traduction")])
        with pytest.raises(SystemStoppedError):
            await anext(pieces)
    assert model.closed.is_set()


async def test_a_model_is_let_go_while_its_reader_reads_nothing() -> None:
    """Would catch: a reader who is slow, or asleep, and for whom a stopped model goes on working."""
    guarding, model = guard(), Model()
    async with guarding.pieces(model.stream(), ALLOWED) as pieces:
        await anext(pieces)
        guarding.board.merge([stopped("use:traduction")])
        async with asyncio.timeout(60):
            await model.closed.wait()
        # Resumed or not: half an answer must not pass for a whole one.
        guarding.board.merge([stopped("use:traduction", revision=2, stopped=False)])
        with pytest.raises(SystemStoppedError):
            await anext(pieces)
    assert guarding.running == set()


async def test_a_reader_who_leaves_a_stopped_stream_leaves_nothing_behind() -> None:
    guarding, model = guard(), Model()
    async with guarding.pieces(model.stream(), ALLOWED) as pieces:
        await anext(pieces)
        guarding.board.merge([stopped()])
    assert model.closed.is_set()
    assert guarding.running == set()


async def test_a_stream_on_its_fallback_does_not_mind_the_first_route() -> None:
    guarding, model = guard(), Model("azure")
    async with guarding.pieces(model.stream(), ALLOWED) as pieces:
        await anext(pieces)
        guarding.board.merge([stopped("route:mistral")])
        model.go.set()
        assert [piece.deltas[0].text async for piece in pieces] == ["jour"]


async def test_a_stream_that_nobody_stops_ends_as_it_would() -> None:
    guarding, model = guard(), Model()
    model.go.set()
    async with guarding.pieces(model.stream(), ALLOWED) as pieces:
        assert [piece.deltas[0].text async for piece in pieces] == ["Bon", "jour"]


async def test_whoever_else_cancels_is_obeyed() -> None:
    """Would catch: a caller who has left, told of a stop, and a task that goes on."""
    guarding, model = guard(), Model()
    asking = asyncio.get_running_loop().create_task(guarding.reply(model.complete(), ALLOWED))
    await asyncio.sleep(0)
    guarding.board.merge([stopped()])
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_an_error_of_the_model_stays_what_it_is() -> None:
    async def late() -> Reply:
        raise UpstreamTimeoutError

    with pytest.raises(UpstreamTimeoutError):
        await guard().reply(late(), ALLOWED)


async def test_a_process_that_ends_cuts_what_is_in_progress_and_begins_nothing() -> None:
    """Would catch: an answer that only stops coming, and one that begins while the journal closes."""
    guarding, waiting, read = guard(), Model(), Model()
    async with guarding.pieces(waiting.stream(), ALLOWED) as pieces, guarding.pieces(read.stream(), ALLOWED) as held:
        await anext(pieces)
        await anext(held)
        asyncio.get_running_loop().call_later(0.01, guarding.cut_all)
        with pytest.raises(GatewayLeavingError):
            await anext(pieces)
        with pytest.raises(GatewayLeavingError):
            await anext(held)
    assert read.closed.is_set()
    with pytest.raises(GatewayLeavingError):
        guarding.admit(ALLOWED, Record())  # type: ignore[arg-type]
    assert guarding.running == set()
