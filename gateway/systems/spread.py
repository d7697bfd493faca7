"""Keeps this gateway's board and its stores telling the same, so that each learns what any other was told.

The database is the record of truth, and all that gateways without Redis have in common. Redis carries the news between
those that have different databases. Whatever one of them has forgotten, the next round gives back to it.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from gateway.rounds import beside, go_round
from gateway.systems.board import Board
from gateway.systems.state import State
from gateway.systems.store import AlteredError, States, StatesUnavailableError

SECONDS: Final = 0.2
"""Between two rounds: leaves a busy machine most of the second in which a stop has to be known everywhere."""

STALE_SECONDS: Final = 3.0
"""After so long without an answer, a store is said not to be read any more."""


@dataclass(slots=True)
class Spread:
    """The board and its stores: the database, and Redis where there is one."""

    board: Board
    truth: States
    news: States | None = None
    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    _read: dict[int, float] = field(default_factory=dict)

    async def start(self) -> None:
        """Learn what was stopped; raises `StatesUnavailableError` where the database cannot say."""
        await self._agree(self.truth)
        if self.news is not None:
            with suppress(StatesUnavailableError):  # said by `check`
                await self._agree(self.news)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Go round as long as the block lasts, each store at its own pace: a slow one holds up no other."""
        async with AsyncExitStack() as stack:
            for store in self._stores:
                # Whatever is wrong with a store, the last known states go on.
                rounds = go_round(partial(self._agree, store), self.seconds, at_once=False)
                await stack.enter_async_context(beside(rounds, "stops"))
            yield

    async def keep(self, state: State) -> None:
        """Write a state to the database, or raise `StatesUnavailableError`."""
        await self.truth.put(state)

    async def tell(self, state: State) -> bool:
        """Write a state to Redis; return whether other gateways can know, which they will later otherwise."""
        if self.news is None:
            return True
        try:
            await self.news.put(state)
        except StatesUnavailableError:
            return False
        return True

    async def check(self) -> None:
        """Raise where a store was not read lately: the last known states go on."""
        limit = self.clock() - max(STALE_SECONDS, 5 * self.seconds)
        if any(self._read.get(id(store), float("-inf")) < limit for store in self._stores):
            raise StatesUnavailableError("a store cannot be read")

    @property
    def _stores(self) -> tuple[States, ...]:
        return (self.truth,) if self.news is None else (self.truth, self.news)

    async def _agree(self, store: States) -> None:
        altered = None
        try:
            theirs = await store.read()
        except AlteredError as error:
            theirs, altered = error.states, error
        self.board.merge(theirs)
        for state in self.board.newer_than(theirs):
            await store.put(state)
        if altered is not None:
            raise altered
        self._read[id(store)] = self.clock()
