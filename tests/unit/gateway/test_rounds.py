"""Rounds in the background: they go on whatever goes wrong, and end when they are told to."""

import asyncio

import pytest

from gateway.rounds import beside, go_round


async def test_rounds_go_on_whatever_goes_wrong() -> None:
    """Would catch: a stop that no gateway hears of any more, since its database was away once."""
    rounds = 0

    async def fails() -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 3:
            running.cancel()
        raise OSError

    running = asyncio.get_running_loop().create_task(go_round(fails, 0.001))
    await asyncio.wait([running], timeout=60)
    assert rounds == 3


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_cancellation_that_is_answered_by_an_error_ends_the_rounds(*, at_once: bool) -> None:
    """Would catch: a gateway that was told to stop and goes on for ever."""
    begun = asyncio.Event()

    async def hides() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise OSError from None

    running = asyncio.get_running_loop().create_task(go_round(hides, 0.001, at_once=at_once))
    async with asyncio.timeout(60):
        await begun.wait()
        running.cancel()
        await running


async def test_the_first_round_can_wait() -> None:
    asked = asyncio.Event()

    async def asks() -> None:
        asked.set()

    running = asyncio.get_running_loop().create_task(go_round(asks, 60, at_once=False))
    await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not asked.is_set()


async def test_work_goes_on_beside_a_block_and_ends_with_it() -> None:
    """Would catch: a task of a gateway that has stopped, which still writes."""
    ended = asyncio.Event()

    async def works() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    async with beside(works(), "works"):
        await asyncio.sleep(0)
        assert not ended.is_set()
    assert ended.is_set()


async def test_work_that_fails_leaves_the_block_alone() -> None:
    """Would catch: a gateway that cannot stop in order, since something in the background has broken."""

    async def fails() -> None:
        raise OSError

    async with beside(fails(), "fails"):
        await asyncio.sleep(0.01)
