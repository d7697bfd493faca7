"""What goes round in the background, and ends when it is told to, whatever goes wrong in a round."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None], name: str) -> AsyncIterator[None]:
    """Have `work` go on as long as the block lasts; it is over when the block is left, and ends it by no error."""
    running = asyncio.get_running_loop().create_task(work, name=name)
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait((running,))


async def go_round(each: Callable[[], Awaitable[object]], seconds: float, *, at_once: bool = True) -> None:
    """Call `each` every so many seconds until cancelled; what it raises is forgotten, the next round tries again."""
    if not at_once:
        await asyncio.sleep(seconds)
    while True:
        with suppress(Exception):
            await each()
        if cancelled():
            return
        await asyncio.sleep(seconds)


def cancelled() -> bool:
    """Return whether the running task was cancelled, which is not always heard.

    A driver may answer with an error of its own, since its connection was cut under it; a round that forgets the error
    would forget the cancellation, and whoever waits for the end would wait for ever.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
