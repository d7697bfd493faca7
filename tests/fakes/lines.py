"""An access log in memory."""

import asyncio


class Lines:
    """Keeps each line of an access log; `written` is what would be on standard output."""

    def __init__(self) -> None:
        self.written: list[dict[str, object]] = []
        self._more = asyncio.Event()

    def info(self, event: str, **fields: object) -> None:
        """Keep a line."""
        self.written.append({"event": event, **fields})
        self._more.set()

    async def until(self, code: str) -> None:
        """Return once the last line has this code."""
        while not self.written or self.written[-1].get("code") != code:
            self._more.clear()
            await self._more.wait()
