"""Detectors loaded once and copied: a copy that dies is replaced by another, and ends with whoever asked for it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from filters.identifiers.text import Text
from gateway.errors import MaskingUnavailableError
from gateway.workers.copies import Copy, ask
from gateway.workers.nursery import Nursery
from gateway.workers.pool import WorkerPool

NAMES, BROKEN = "tests.fakes.detectors:NamesDetector", "tests.fakes.detectors:BrokenDetector"
SECONDS = 20


@asynccontextmanager
async def pool(tmp_path: Path, factory: str = NAMES, workers: int = 1) -> AsyncIterator[tuple[WorkerPool, Nursery]]:
    with closing(Nursery(tmp_path / "detectors", factory, ())) as nursery:
        nursery.tend()
        made = WorkerPool("nothing:Here", workers=workers, timeout_seconds=SECONDS, nursery=nursery.address)
        try:
            await made.start()
            yield made, nursery
        finally:
            await made.close()


async def pid_of(detectors: WorkerPool) -> int:
    [[span]] = await detectors.detect([Text("pid")])
    return span.end


async def gone(pid: int) -> None:
    async with asyncio.timeout(SECONDS):
        while Path(f"/proc/{pid}").exists():  # noqa: ASYNC110, ASYNC240 - a process has no event
            await asyncio.sleep(0.02)


async def test_each_worker_is_a_copy_of_its_own(tmp_path: Path) -> None:
    async with pool(tmp_path, workers=2) as (detectors, nursery):
        found = await detectors.detect([Text("Mme Morvan"), Text("rien")])
        assert [len(spans) for spans in found] == [1, 0]
        assert len(detectors.pids) == 2
        assert await pid_of(detectors) in detectors.pids
        pids = detectors.pids
        assert nursery.address.exists()
    for pid in pids:
        await gone(pid)


async def test_a_copy_that_dies_is_replaced(tmp_path: Path) -> None:
    async with pool(tmp_path) as (detectors, _):
        first = await pid_of(detectors)
        with pytest.raises(MaskingUnavailableError):
            await detectors.detect([Text("die")])
        assert await pid_of(detectors) != first
        await gone(first)


async def test_copies_outlive_their_nursery_which_is_made_anew(tmp_path: Path) -> None:
    """Catches masking that stops for good because one process was killed by the system."""
    async with pool(tmp_path) as (detectors, nursery):
        assert nursery._process
        nursery._process.kill()
        nursery._process.join()
        await pid_of(detectors)
        with pytest.raises(MaskingUnavailableError):
            await detectors.detect([Text("die")])
        nursery._began = float("-inf")
        nursery.tend()
        await pid_of(detectors)


async def test_what_cannot_be_loaded_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(MaskingUnavailableError):
        async with pool(tmp_path, BROKEN):
            pass


ASKING = """
import sys, time
from pathlib import Path
from gateway.workers.copies import ask
pipe, copy = ask(Path(sys.argv[1]), 20)
print(copy.pid, flush=True)
time.sleep(600)
"""


async def test_a_copy_ends_with_who_asked_for_it(tmp_path: Path) -> None:
    """Catches detectors that stay, with a piece of a text, after their gateway was killed."""
    with closing(Nursery(tmp_path / "detectors", NAMES, ())) as nursery:
        nursery.tend()
        asking = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ASKING, str(nursery.address), stdout=asyncio.subprocess.PIPE
        )
        assert asking.stdout
        pid = int(await asking.stdout.readline())
        assert Path(f"/proc/{pid}").exists()  # noqa: ASYNC240
        asking.kill()
        await asking.wait()
        await gone(pid)


def test_a_copy_is_ended_by_who_is_no_parent_of_it(tmp_path: Path) -> None:
    with closing(Nursery(tmp_path / "detectors", NAMES, ())) as nursery:
        nursery.tend()
        pipe, copy = ask(nursery.address, SECONDS)
        assert copy.is_alive()
        copy.kill()
        copy.join(SECONDS)
        assert not copy.is_alive()
        copy.kill()
        pipe.close()
    with pytest.raises(OSError, match=r"refused|reset|No such file"):
        ask(nursery.address, SECONDS)


def test_a_number_that_is_another_process_now_is_not_killed() -> None:
    """Catches a kill that reaches whoever was given the number of a copy that is gone."""
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], os.environ)
    copy = Copy(pid)
    os.waitpid(pid, 0)
    copy.kill()
    assert not copy.is_alive()
