"""A text made for another filter, and what it does not hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from filters.outbound.exports.listing import LeftOut


class TooManyNamesError(Exception):
    """A filter reads no more names than so many: it would pass over the rest without a word."""

    def __init__(self, count: int, limit: int) -> None:
        super().__init__(f"{count} names where {limit} are read")
        self.count = count
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Export:
    """What is written to a file."""

    text: str
    count: int
    """Names refused, those below them aside."""
    left_out: tuple[LeftOut, ...] = ()
    """Names that this format cannot refuse without cutting what must stay open."""
    partly: tuple[str, ...] = ()
    """Names refused by themselves only, for something below them must stay open."""


def commented(lines: Iterable[str], mark: str = "#") -> str:
    """Return lines of comment."""
    return "".join(f"{mark} {line}\n" for line in lines)


def check_limit(count: int, limit: int) -> None:
    """Raise TooManyNamesError where a list would be cut."""
    if count > limit:
        raise TooManyNamesError(count, limit)
