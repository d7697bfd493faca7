"""Stopping and resuming, also while things are broken."""

import datetime as dt

import pytest

from gateway.errors import AlreadyStoppedError, SystemsUnavailableError
from gateway.systems.board import Board
from gateway.systems.control import Control, Person
from gateway.systems.spread import Spread
from gateway.systems.state import Reason
from tests.fakes.systems import NOON, Clock, Journal, Memory

WHO = Person("abcd2345", "dsi")


def control(truth: Memory | None = None, news: Memory | None = None, journal: Journal | None = None) -> Control:
    board = Board(Clock())
    return Control(board, Spread(board, truth or Memory(), news), journal or Journal())


async def test_a_stop_and_a_resumption_are_each_a_line() -> None:
    journal = Journal()
    changing = control(journal=journal)
    await changing.stop("route:mistral", Reason.LEAK, WHO, minutes=30)
    await changing.resume("route:mistral", WHO)
    hashed = "operator abcd2345"
    assert journal.written == [
        {
            "event": "stopped", "target": "route:mistral", "reason": "fuite_donnees",
            "until": "2026-11-26T12:30:00.000Z", "drill": False, "by": hashed, "role": "dsi",
        },
        {
            "event": "resumed", "target": "route:mistral", "reason": None, "until": None, "drill": False,
            "by": hashed, "role": "dsi",
        },
    ]  # fmt: skip
    assert changing.board.holding("route:mistral") is None


async def test_a_stop_says_until_when() -> None:
    done = await control().stop("all", Reason.OUTAGE, WHO, minutes=5)
    assert done.state
    assert done.state.until == NOON + dt.timedelta(minutes=5)


async def test_what_is_not_stopped_is_not_resumed_and_leaves_no_line() -> None:
    journal = Journal()
    assert (await control(journal=journal).resume("all", WHO)).state is None
    assert journal.written == []


async def test_a_drill_does_not_lift_a_real_stop() -> None:
    """Would catch: a stopped system opened again by an exercise."""
    changing = control()
    await changing.stop("all", Reason.SECURITY, WHO)
    with pytest.raises(AlreadyStoppedError):
        await changing.stop("all", Reason.EXERCISE, WHO, drill=True)
    holding = changing.board.holding("all")
    assert holding
    assert not holding.drill


async def test_a_real_stop_takes_the_place_of_a_drill() -> None:
    changing = control()
    await changing.stop("all", Reason.EXERCISE, WHO, drill=True)
    await changing.stop("all", Reason.SECURITY, WHO)
    holding = changing.board.holding("all")
    assert holding
    assert not holding.drill


@pytest.mark.parametrize("broken", ["truth", "journal"])
async def test_a_stop_holds_although_it_cannot_be_written(broken: str) -> None:
    """Would catch: an emergency stop that waits for a full disk."""
    truth, news, journal = Memory(), Memory(), Journal()
    changing = control(truth, news, journal)
    (truth if broken == "truth" else journal).broken = True
    with pytest.raises(SystemsUnavailableError):
        await changing.stop("all", Reason.SECURITY, WHO)
    assert changing.board.holding("all")
    assert news.kept["all"].stopped


@pytest.mark.parametrize("broken", ["truth", "journal"])
async def test_nothing_resumes_that_cannot_be_written(broken: str) -> None:
    """Would catch: a system that goes on with nobody to show who let it."""
    truth, news, journal = Memory(), Memory(), Journal()
    changing = control(truth, news, journal)
    await changing.stop("all", Reason.SECURITY, WHO)
    (truth if broken == "truth" else journal).broken = True
    with pytest.raises(SystemsUnavailableError):
        await changing.resume("all", WHO)
    assert changing.board.holding("all")
    assert news.kept["all"].stopped


async def test_redis_away_is_told_and_stops_nothing() -> None:
    news = Memory(broken=True)
    changing = control(news=news)
    assert not (await changing.stop("all", Reason.SECURITY, WHO)).told
    assert not (await changing.resume("all", WHO)).told


async def test_a_stop_holds_over_what_was_said_elsewhere_before_it() -> None:
    """Would catch: a stop lifted as soon as two gateways hear of each other again, by an older resumption."""
    here, there = control(), control()
    for _ in range(3):
        await there.stop("all", Reason.MAINTENANCE, WHO)
        await there.resume("all", WHO)
    assert isinstance(here.board.now, Clock)
    here.board.now.now += dt.timedelta(minutes=30)
    await here.stop("all", Reason.SECURITY, WHO)
    meet(here.board, there.board)
    assert here.board.holding("all")
    assert there.board.holding("all")


async def test_an_exercise_that_ends_elsewhere_lifts_no_stop_of_which_it_knew_nothing() -> None:
    """Would catch: a real stop lifted by the end of a drill on a gateway that was cut off."""
    here, there = control(), control()
    await here.stop("all", Reason.SECURITY, WHO)
    await there.stop("all", Reason.EXERCISE, WHO, drill=True)
    await there.resume("all", WHO)
    meet(here.board, there.board)
    holding = there.board.holding("all")
    assert holding
    assert not holding.drill
    await there.resume("all", WHO)
    meet(here.board, there.board)
    assert here.board.holding("all") is None


def meet(one: Board, two: Board) -> None:
    """Have two boards tell each other everything."""
    one.merge(two.states.values())
    two.merge(one.states.values())
