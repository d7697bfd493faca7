"""Look-ups of names: a browser asks for IPv4, IPv6 and HTTPS records at once, and asks again when refused."""

import datetime as dt
from typing import Final

WINDOW: Final = dt.timedelta(seconds=5)
"""One client's look-ups of one name within this time are one attempt."""

_REMEMBERED: Final = 65_536


class Lookups:
    """Tells the first look-up of an attempt from those that belong to it."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], dt.datetime] = {}

    def again(self, client: str, name: str, at: dt.datetime) -> bool:
        """Return whether the look-up belongs to an attempt that was already told of."""
        first = self._first.get((client, name))
        if first is not None and abs(at - first) <= WINDOW:
            return True
        if len(self._first) >= _REMEMBERED:
            self._first = {key: seen for key, seen in self._first.items() if abs(at - seen) <= WINDOW}
        self._first[client, name] = at
        return False
