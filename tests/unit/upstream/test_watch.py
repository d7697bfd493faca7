"""Waits that last too long are cut, and no others."""

import asyncio

import pytest

from gateway.upstream.watch import Watch


async def test_a_wait_that_lasts_too_long_is_cut() -> None:
    watch = Watch()
    with pytest.raises(TimeoutError), watch.within(0.01):
        await asyncio.sleep(10)
    current = asyncio.current_task()
    assert current is not None
    assert current.cancelling() == 0
    await asyncio.sleep(0)  # nothing of it is left


async def test_each_wait_has_its_own_time() -> None:
    """Catches a stream cut because all its pieces together took longer than one may."""
    watch = Watch()
    for _ in range(5):
        with watch.within(3):
            await asyncio.sleep(0.7)
    with pytest.raises(TimeoutError), watch.within(0.01):
        await asyncio.sleep(10)
    watch.close()


async def test_a_shorter_wait_does_not_last_as_the_one_before() -> None:
    watch = Watch()
    with watch.within(60):
        await asyncio.sleep(0)
    with pytest.raises(TimeoutError), watch.within(0.01):
        await asyncio.sleep(50)
    watch.close()


async def test_nothing_is_cut_between_two_waits() -> None:
    """Catches a caller who reads slowly, cut for a silence of the model's that was none."""
    watch = Watch()
    with watch.within(0.01):
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    with watch.within(0.05):
        await asyncio.sleep(0)
    watch.close()


async def test_the_cancellation_of_somebody_else_passes_on() -> None:
    """Catches a caller who has left, taken for a model that is late."""
    begun = asyncio.Event()

    async def wait() -> None:
        with Watch().within(60):
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.get_running_loop().create_task(wait())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_error_within_passes_on() -> None:
    watch = Watch()
    with pytest.raises(ValueError, match="x"), watch.within(60):
        raise ValueError("x")
    watch.close()


async def test_one_timer_serves_many_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches the cost of a timer at each piece of a stream, which this is there to spare."""
    loop = asyncio.get_running_loop()
    armed: list[float] = []
    kept = loop.call_at
    monkeypatch.setattr(loop, "call_at", lambda when, *rest, **named: armed.append(when) or kept(when, *rest, **named))
    watch = Watch()
    for _ in range(100):
        with watch.within(60):
            pass
    watch.close()
    assert len(armed) == 1
