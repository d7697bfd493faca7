"""Work for somebody who has gone away is stopped, once, and may still put things in order."""

import asyncio
from typing import Any

import pytest

from gateway.api.connection import CallerGoneError, while_connected


class Connection:
    """A connection that lasts until told otherwise."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        """Return once the caller has gone."""
        await self.gone.wait()
        return {"type": "http.disconnect"}


async def test_what_ends_in_time_is_not_disturbed() -> None:
    connection = Connection()
    async with while_connected(connection.receive):
        done = await asyncio.sleep(0, "done")
    assert done == "done"
    assert len(asyncio.all_tasks()) == 1


async def test_an_error_passes_as_it_is() -> None:
    """Catches an error wrapped in a group, which the table of problems would not know."""
    connection = Connection()

    async def work() -> None:
        async with while_connected(connection.receive):
            raise KeyError("x")

    with pytest.raises(KeyError):
        await work()


async def test_who_leaves_cancels_once_and_lets_the_work_close() -> None:
    """Catches a cancellation that strikes again while the journal's record is being closed."""
    connection, closed = Connection(), []

    async def work() -> None:
        async with while_connected(connection.receive):
            connection.gone.set()
            try:
                await asyncio.Event().wait()
            finally:
                for step in range(3):
                    await asyncio.sleep(0)
                    closed.append(step)

    with pytest.raises(CallerGoneError):
        await work()
    assert closed == [0, 1, 2]
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_an_error_while_closing_for_a_caller_who_left_is_not_told_to_anybody() -> None:
    connection = Connection()

    async def work() -> None:
        async with while_connected(connection.receive):
            connection.gone.set()
            try:
                await asyncio.Event().wait()
            finally:
                raise ValueError("closing failed")

    with pytest.raises(CallerGoneError):
        await work()


async def test_a_cancellation_from_elsewhere_stays_one() -> None:
    connection = Connection()

    async def work() -> None:
        async with while_connected(connection.receive):
            await asyncio.Event().wait()

    task = asyncio.get_running_loop().create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_what_still_comes_from_the_caller_is_not_his_leaving() -> None:
    messages = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop()
        await asyncio.Event().wait()
        return {}

    async with while_connected(receive):
        for _ in range(3):
            await asyncio.sleep(0)
    assert messages == []
