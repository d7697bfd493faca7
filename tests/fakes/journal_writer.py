"""A gateway's journal in a process of its own: writes without end, and says what was acknowledged.

`python -m tests.fakes.journal_writer FOLDER`
"""

import asyncio
import sys
from pathlib import Path

from tests.fakes.journal import answered, journal_in

AT_ONCE = 8


async def write(folder: Path) -> None:
    """Record answered requests, and print each id once its line is durable."""
    async with journal_in(folder, checkpoint_every=20) as trail, asyncio.TaskGroup() as group:

        async def go_on() -> None:
            while True:
                print(await answered(trail), flush=True)  # noqa: T201 - read by the test

        for _ in range(AT_ONCE):
            group.create_task(go_on())


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1])))
