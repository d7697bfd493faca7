"""Workers that read texts, and the queue before them: bounded in length and in time."""

import asyncio
import math
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from filters.identifiers.entity import Label
from filters.identifiers.errors import MaskingError
from filters.identifiers.text import Text
from gateway.errors import MaskingOverloadedError, MaskingUnavailableError
from gateway.workers.worker import Found, Recognised, Worker

ANALYZER = "filters.identifiers.analyzer:Analyzer"
"""What masks, and no more; imported in the workers only."""

ANALYSIS = "gateway.workers.analysis:Analysis"
"""What the gateway needs: the same, and the recogniser of practices."""

_READY_SECONDS = 120.0
_RETRY_SECONDS = 1.0
_LONGEST_RETRY_AFTER = 60

T = TypeVar("T")


class WorkerPool:
    """Reads in worker processes that have loaded what they need before the first request.

    Fails closed: a detector that dies, hangs or fails is `MaskingUnavailableError` for the request that it served, and
    the worker is replaced; a request that finds the queue full, or waits in it too long, is `MaskingOverloadedError`.
    A cancelled request leaves the queue at once; a worker that had begun it is given out again when it is done.
    """

    def __init__(
        self,
        factory: str = ANALYZER,
        *,
        arguments: tuple[object, ...] = (),
        workers: int = 2,
        queue: int = 64,
        timeout_seconds: float = 10.0,
        recycle_after: int = 5000,
        nursery: Path | None = None,
    ) -> None:
        """`queue` requests may wait; a worker is replaced after `recycle_after` tasks, which bounds its memory.

        Workers are copies of what a `Nursery` at that address has loaded, where there is one.
        """
        self._how = (factory, arguments, _READY_SECONDS, nursery)
        self._workers_wanted, self._queue = workers, queue
        self._timeout, self._recycle_after = timeout_seconds, recycle_after
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._fresh: list[Worker] = []
        self._making = 0
        self._waiting = 0
        self._seconds_each = 0.0
        self._closed = True
        self.labels: frozenset[Label] = frozenset()
        """What the detector finds; known once started."""

    async def start(self) -> None:
        """Start every worker and wait until each has loaded its detector; `MaskingUnavailableError` if one cannot."""
        self._loop = asyncio.get_running_loop()
        # One thread for each worker in use, one for each worker being made, one to stop old ones.
        self._threads = ThreadPoolExecutor(2 * self._workers_wanted + 1, thread_name_prefix="masking")
        self._closed = False
        making = [self._threads.submit(Worker, *self._how) for _ in range(self._workers_wanted)]
        made = await asyncio.gather(*map(asyncio.wrap_future, making), return_exceptions=True)
        for worker in made:
            if isinstance(worker, Worker):
                self._admit(worker)
        if len(self._workers) < self._workers_wanted:
            await self.close()
            raise MaskingUnavailableError("the detector cannot be loaded")

    async def close(self) -> None:
        """End every worker."""
        if self._closed:
            return
        self._closed = True
        for worker in [*self._workers, *self._fresh]:
            worker.stop()
        self._workers.clear()
        self._fresh.clear()
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)

    async def detect(self, texts: Sequence[Text]) -> Found:
        """Return the spans of each text, in order."""
        self._room()
        return await self._asked(lambda worker: worker.detect(texts, self._timeout))

    async def recognise(self, texts: Sequence[str]) -> Recognised:
        """Return what is recognised in each text, in order; the same errors."""
        self._room()
        return await self._asked(lambda worker: worker.recognise(texts, self._timeout))

    def _room(self) -> None:
        if self._waiting >= self._queue and self._idle.empty():
            raise MaskingOverloadedError(self._retry_after())

    async def canary(self) -> None:
        """Raise unless a worker, taken in turn, passes its detector's own test; waits even where the queue is full."""
        await self._asked(lambda worker: worker.canary(self._timeout))

    @property
    def pids(self) -> frozenset[int]:
        """Return the process numbers of the workers, for watching their memory."""
        return frozenset(worker.pid for worker in self._workers if worker.pid is not None)

    async def _asked(self, question: Callable[[Worker], T]) -> T:
        worker = await self._taken()
        started = self._loop.time()
        asked = self._threads.submit(question, worker)
        # Not in a `finally` here: this request may be cancelled while the worker is still at it.
        asked.add_done_callback(lambda _: self._soon(self._given_back, worker, started))
        try:
            return await asyncio.wrap_future(asked)
        except MaskingError as error:
            raise MaskingUnavailableError(str(error)) from None

    async def _taken(self) -> Worker:
        if self._closed or not (self._workers or self._making):
            raise MaskingUnavailableError("no masking worker")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._timeout):
                while True:
                    worker = await self._idle.get()
                    if worker.alive:
                        return worker
                    self._replaced(worker)
        except TimeoutError:
            if not self._workers:
                raise MaskingUnavailableError("no masking worker") from None
            raise MaskingOverloadedError(self._retry_after()) from None
        finally:
            self._waiting -= 1

    def _given_back(self, worker: Worker, started: float) -> None:
        if self._closed:
            return
        self._seconds_each += 0.2 * (self._loop.time() - started - self._seconds_each)
        if not worker.alive:
            self._replaced(worker)
        elif self._fresh and worker.tasks >= self._recycle_after:
            self._workers.discard(worker)
            self._threads.submit(worker.stop)
            self._admit(self._fresh.pop())
        else:
            # The old worker serves until its successor has loaded the detector.
            if worker.tasks == self._recycle_after:
                self._make(self._fresh.append)
            self._idle.put_nowait(worker)

    def _replaced(self, worker: Worker) -> None:
        self._workers.discard(worker)
        self._threads.submit(worker.stop)
        self._make(self._admit)

    def _admit(self, worker: Worker) -> None:
        self.labels = worker.labels
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    def _make(self, use: Callable[[Worker], None]) -> None:
        self._making += 1
        making = self._threads.submit(Worker, *self._how)
        making.add_done_callback(lambda made: self._soon(self._made, made, use))

    def _made(self, made: "Future[Worker]", use: Callable[[Worker], None]) -> None:
        self._making -= 1
        failed = made.cancelled() or made.exception() is not None
        if self._closed:
            if not failed:
                made.result().stop()
        elif failed:
            self._making += 1
            self._loop.call_later(_RETRY_SECONDS, self._retried, use)
        else:
            use(made.result())

    def _retried(self, use: Callable[[Worker], None]) -> None:
        self._making -= 1
        if not self._closed:
            self._make(use)

    def _soon(self, call: Callable[..., None], *arguments: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call, *arguments)

    def _retry_after(self) -> int:
        seconds = self._seconds_each * (self._waiting + 1) / self._workers_wanted
        return min(max(1, math.ceil(seconds)), _LONGEST_RETRY_AFTER)
