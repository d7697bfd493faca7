"""Announces this process again and again, and keeps at hand how it looks among the others.

Fails open: where Redis is away or was emptied nothing is refused, and what the others have in force is unknown.
"""

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from gateway.replicas.announcement import Announcement, Picture, picture
from gateway.replicas.redis import Announcements
from gateway.rounds import go_round

SECONDS: Final = 5.0
"""Between two rounds."""


@dataclass(slots=True)
class ReplicaWatch:
    """One process's rounds."""

    announcements: Announcements
    own: Callable[[], Awaitable[Announcement]]
    """Says what this process has in force now."""
    tell: Callable[[Picture | None], None]
    """Is told each change of the picture."""
    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    process: str = field(default_factory=lambda: secrets.token_hex(8))
    """Drawn anew at each start: a machine may run several, and a successor is another one."""
    picture: Picture | None = None
    """None: unknown."""
    _heard_at: float = float("-inf")

    async def run(self) -> None:
        """Go round until cancelled."""
        await go_round(self.look, self.seconds)

    async def look(self) -> None:
        """Go round once. Whatever is wrong, what was heard last is believed for as long as announcements hold."""
        try:
            own = await self.own()
            heard = await self.announcements.exchange(self.process, own)
        except Exception:  # noqa: BLE001 - nobody waits for this, and nothing depends on it
            if self.clock() - self._heard_at >= self.announcements.lasting:
                self._see(None)
            return
        self._heard_at = self.clock()
        # A Redis that has just forgotten this process has forgotten the others too: by the next round they are back.
        self._see(picture(own, heard.others) if heard.remembered else None)

    def _see(self, now: Picture | None) -> None:
        if now != self.picture:
            self.picture = now
            self.tell(now)
