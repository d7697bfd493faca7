"""Real processes that die, hang and fail: nothing gets through, and the next request is served."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from filters.identifiers.entity import Label, Span
from filters.identifiers.text import Text
from gateway.errors import MaskingOverloadedError, MaskingUnavailableError
from gateway.workers.pool import WorkerPool

NAMES = "tests.fakes.detectors:NamesDetector"
PID = [Text("pid")]
NOTE = [Text("Mme Morvan"), Text("rien")]
FOUND = [(Span(4, 10, Label.NOM, 0.9, "fake"),), ()]


@asynccontextmanager
async def pool(
    factory: str = NAMES, *, workers: int = 1, queue: int = 8, timeout_seconds: float = 20.0, recycle_after: int = 1000
) -> AsyncIterator[WorkerPool]:
    made = WorkerPool(
        factory, workers=workers, queue=queue, timeout_seconds=timeout_seconds, recycle_after=recycle_after
    )
    await made.start()
    try:
        yield made
    finally:
        await made.close()


async def pid_of(detectors: WorkerPool) -> int:
    [[span]] = await detectors.detect(PID)
    return span.end


def gate(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "gate")
    os.mkfifo(tmp_path / "begun")
    return tmp_path / "gate"


async def begun(tmp_path: Path) -> None:
    await asyncio.to_thread((tmp_path / "begun").read_text)


async def test_spans_come_in_the_order_of_the_texts() -> None:
    async with pool() as detectors:
        assert await detectors.detect(NOTE) == FOUND
        assert await detectors.detect([]) == []
        assert detectors.labels == {Label.NOM}
        await detectors.canary()


@pytest.mark.parametrize("order", ["die", "fail"])
async def test_a_worker_that_goes_wrong_fails_its_request_only(order: str) -> None:
    """Catches a text sent in clear because its detection failed, and a pool that stays broken."""
    async with pool() as detectors:
        with pytest.raises(MaskingUnavailableError) as raised:
            await detectors.detect([Text("rien"), Text(f"{order}:Morvan")])
        assert "Morvan" not in str(raised.value)
        assert raised.value.__cause__ is None
        assert await detectors.detect(NOTE) == FOUND


async def test_a_worker_that_hangs_is_ended() -> None:
    """Catches a text sent in clear after a timeout, and a process that works on for nobody."""
    async with pool(timeout_seconds=1.0) as detectors:
        hanging = await pid_of(detectors)
        with pytest.raises(MaskingUnavailableError):
            await detectors.detect([Text("hang")])
        with pytest.raises(ProcessLookupError):
            os.kill(hanging, 0)


async def test_a_worker_killed_while_idle_is_replaced() -> None:
    """Catches a lock taken along by a killed worker, which would stop the whole pool."""
    async with pool() as detectors:
        for _ in range(2):
            killed = await pid_of(detectors)
            os.kill(killed, signal.SIGKILL)
            await asyncio.to_thread(os.waitid, os.P_PID, killed, os.WEXITED | os.WNOWAIT)
            assert await pid_of(detectors) != killed


async def test_a_worker_killed_at_work_fails_its_request_and_no_other(tmp_path: Path) -> None:
    gate(tmp_path)
    async with pool(workers=2) as detectors, asyncio.TaskGroup() as group:
        pids = {await pid_of(detectors), await pid_of(detectors)}
        assert pids == detectors.pids

        async def refused() -> None:
            with pytest.raises(MaskingUnavailableError):
                await detectors.detect([Text(f"wait:{tmp_path}")])

        group.create_task(refused())
        await begun(tmp_path)
        other = await pid_of(detectors)
        [busy] = pids - {other}
        os.kill(busy, signal.SIGKILL)
        assert await detectors.detect(NOTE) == FOUND


async def test_a_full_queue_is_refused_at_once_and_says_when_to_come_back(tmp_path: Path) -> None:
    """Catches requests that pile up without bound behind a slow detector."""
    path = gate(tmp_path)
    async with pool(queue=1) as detectors, asyncio.TaskGroup() as group:
        working = group.create_task(detectors.detect([Text(f"wait:{tmp_path}")]))
        await begun(tmp_path)
        waiting = group.create_task(detectors.detect(NOTE))
        await asyncio.sleep(0)
        with pytest.raises(MaskingOverloadedError) as raised:
            await detectors.detect(NOTE)
        assert raised.value.retry_after >= 1
        await asyncio.to_thread(path.write_text, "go")
        assert await working == [()]
        assert await waiting == FOUND


async def test_a_cancelled_request_leaves_its_place(tmp_path: Path) -> None:
    """Catches callers who have gone and still keep others out, and a worker given out while it is busy."""
    path = gate(tmp_path)
    async with pool(queue=1) as detectors, asyncio.TaskGroup() as group:
        working = group.create_task(detectors.detect([Text(f"wait:{tmp_path}")]))
        await begun(tmp_path)
        waiting = group.create_task(detectors.detect(NOTE))
        await asyncio.sleep(0)
        waiting.cancel()
        working.cancel()
        await asyncio.wait({waiting, working})
        other = group.create_task(detectors.detect(NOTE))
        await asyncio.sleep(0)
        assert not other.done()
        await asyncio.to_thread(path.write_text, "go")
        assert await other == FOUND


async def test_who_waits_too_long_is_turned_away() -> None:
    """Catches a request that waits for ever behind a detector that hangs."""
    async with pool(timeout_seconds=1.0) as detectors, asyncio.TaskGroup() as group:

        async def refused() -> None:
            with pytest.raises(MaskingUnavailableError):
                await detectors.detect([Text("hang")])

        group.create_task(refused())
        await asyncio.sleep(0)
        with pytest.raises((MaskingOverloadedError, MaskingUnavailableError)):
            await detectors.detect(NOTE)


async def test_a_worn_worker_is_replaced_without_a_pause() -> None:
    """Catches memory that grows for good, and requests that wait while a model is loaded."""
    async with pool(recycle_after=2) as detectors:
        first = await pid_of(detectors)
        seen = first
        while seen == first:
            seen = await pid_of(detectors)
        assert first not in detectors.pids
        assert len(detectors.pids) == 1


async def test_a_detector_that_cannot_be_loaded_stops_the_start() -> None:
    with pytest.raises(MaskingUnavailableError, match=r"^the detector cannot be loaded$"):
        async with pool("tests.fakes.detectors:BrokenDetector"):
            pass


async def test_a_canary_that_is_not_found_is_an_error() -> None:
    async with pool("tests.fakes.detectors:DumbCanary") as detectors:
        with pytest.raises(MaskingUnavailableError):
            await detectors.canary()


async def test_a_closed_pool_refuses() -> None:
    async with pool() as detectors:
        pass
    with pytest.raises(MaskingUnavailableError):
        await detectors.detect(NOTE)


async def test_a_long_text_passes() -> None:
    """Catches a pipe that blocks the loop, or cuts, beyond its buffer."""
    async with pool() as detectors:
        text = Text("é" * 2_000_000 + "Morvan")
        assert await detectors.detect([text]) == [(Span(2_000_000, 2_000_006, Label.NOM, 0.9, "fake"),)]


DYING_GATEWAY = f"""
import asyncio, os, signal
from gateway.workers.pool import WorkerPool

async def main():
    await WorkerPool({NAMES!r}, workers=2).start()
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_workers_end_with_the_gateway() -> None:
    """Catches workers that stay, each with its model and a piece of text, after the gateway was killed.

    They hold the output open: reading it to its end is waiting for them.
    """
    gateway = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DYING_GATEWAY, cwd=Path(__file__).parents[4], stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(60):
        await gateway.communicate()
    assert gateway.returncode == -signal.SIGKILL
