"""Whether each stage that may fail can do its work, asked often and checked seldom."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

FRESH_SECONDS = 3.0
"""How long a verdict is repeated, so that a probe, or a crowd of them, costs little."""


@dataclass(slots=True)
class Readiness:
    """Knows whether each stage that may fail can work. Fails closed: a check that raises, whatever it raises, fails."""

    checks: Mapping[str, Callable[[], Awaitable[None]]]
    hindrances: Mapping[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    """Checks of what the gateway can do without, as the design says: told, and no reason to send requests elsewhere."""
    leaving: bool = False
    """Whether this gateway is about to end: nothing is checked any more, and requests are to be sent elsewhere."""
    clock: Callable[[], float] = time.monotonic
    _verdict: dict[str, bool] = field(default_factory=dict)
    _hindered: dict[str, bool] = field(default_factory=dict)
    _checked_at: float = float("-inf")
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def verdict(self) -> Mapping[str, bool]:
        """Return whether each check passes, as it was seconds ago at most."""
        async with self._lock:
            if self.clock() - self._checked_at > FRESH_SECONDS:
                self._verdict = {name: await _passes(check) for name, check in self.checks.items()}
                self._hindered = {name: not await _passes(check) for name, check in self.hindrances.items()}
                self._checked_at = self.clock()
            return self._verdict

    async def hindered(self) -> Mapping[str, bool]:
        """Return whether each thing that can be done without is missing, as it was seconds ago at most."""
        await self.verdict()
        return self._hindered

    def forget(self) -> None:
        """Check anew at the next question."""
        self._checked_at = float("-inf")


async def _passes(check: Callable[[], Awaitable[None]]) -> bool:
    try:
        await check()
    except Exception:  # noqa: BLE001 - the reason may be anything; the answer is the same
        return False
    return True
