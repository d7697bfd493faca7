"""The caller's connection: work for a caller who has gone away is stopped, so that the model is not asked in vain."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Receive

GONE = "client_parti"
"""What the access log says of such a request."""


class CallerGoneError(Exception):
    """The caller closed the connection before the answer was whole."""


@asynccontextmanager
async def while_connected(receive: Receive) -> AsyncIterator[None]:
    """Cancel what this block awaits as soon as the caller goes away, and raise `CallerGoneError` then.

    The request's body must have been read. The block runs in the task that enters it, and is cancelled once: what it
    awaits while closing (the journal's record, the model's connection) still runs to its end.
    """
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("a connection is watched from within a task")
    gone = False
    failure: BaseException | None = None

    async def watch() -> None:
        nonlocal gone
        while (await receive())["type"] != "http.disconnect":
            continue
        gone = True
        task.cancel()

    async with asyncio.TaskGroup() as group:
        watcher = group.create_task(watch())
        try:
            yield
        except BaseException as error:  # noqa: BLE001 - kept, so that the group does not wrap it, and raised below
            failure = error
        finally:
            watcher.cancel()
    if gone:
        task.uncancel()
        if failure is not None:
            raise CallerGoneError from None
    if failure is not None:
        raise failure
