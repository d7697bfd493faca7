"""What is made of an answer before it is read: its status, and how long it may be. The same on both roads."""

from typing import Final

from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError

LONGEST_ANSWER: Final = 64_000_000
LONGEST_STREAM: Final = 512_000_000
"""Bytes of a whole answer, which is held in memory, and of a streamed one, of which each token takes some hundreds."""

_TIMEOUTS: Final = frozenset({408, 504})
_OVERLOADS: Final = frozenset({425, 429, 502, 503, 529})
"""Not 500: a server that breaks on a request breaks on it again."""

_LATEST: Final = 600
"""Seconds that a server may have its callers told to wait."""


def of_status(status: int, retry_after: str | None = None) -> UpstreamError | None:
    """Return our error for an HTTP status, None for a success; a redirection is an error, since none is followed.

    `retry_after` is the header: a number of seconds is told to the caller, a date is not read.
    """
    if 200 <= status < 300:  # noqa: PLR2004 - the statuses of success
        return None
    if status in _TIMEOUTS:
        return UpstreamTimeoutError("no answer in time")
    if status not in _OVERLOADS:
        return UpstreamRefusedError("request refused or answer unusable")
    told = (retry_after or "").strip()
    if told.isascii() and told.isdecimal():
        return UpstreamOverloadedError(max(1, min(int(told[:9]), _LATEST)))
    return UpstreamOverloadedError()


class Measure:
    """Counts the bytes of one answer; raises `UpstreamRefusedError` where they are too many."""

    def __init__(self, *, streamed: bool) -> None:
        self._left = LONGEST_STREAM if streamed else LONGEST_ANSWER

    def add(self, length: int) -> None:
        """Count some more."""
        self._left -= length
        if self._left < 0:
            raise UpstreamRefusedError("an answer without end")
