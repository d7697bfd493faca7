"""What every parser of a log needs, and what it gives."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from filters.outbound.attempt import Attempt
from filters.outbound.errors import BadNameError
from filters.outbound.names import canonical

_REMEMBERED: Final = 100_000
_LONGEST: Final = 300
"""Characters of a host with its port; longer ones are none, and would fill the memory."""


class Reason(StrEnum):
    """Why a line could not be read. That is all that is ever said of it: a line of log holds who went where."""

    FORM = "form"
    """It is no line of this engine."""
    FIELDS = "fields"
    """A field that the count needs is missing."""
    TIME = "time"
    """Its time cannot be read."""
    LONG = "long"
    """It has more characters than any engine writes."""


class BadLineError(Exception):
    """A line cannot be read. It never holds the line."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason: Final = reason


class ZoneNeededError(Exception):
    """The log gives the time of a place without saying which: a zone has to be given with it."""


class Parser(Protocol):
    """Reads one line after the other. It may remember a little of the lines before, never all."""

    def read(self, line: str) -> Attempt | None:
        """Return the attempt that a line tells of; None where it tells of none, or of none of a known service.

        Raises BadLineError for a line that cannot be read, and ZoneNeededError.
        """


class Known(dict[str, str]):
    """The service of a host as an engine wrote it (with port, capitals, last dot), `""` where none has it.

    Most lines of a log are of the same few hosts: each is looked up once, and the next time costs one step in a dict.
    """

    def __init__(self, services: Callable[[str], str]) -> None:
        super().__init__()
        self._services = services

    def __missing__(self, host: str) -> str:
        if len(host) > _LONGEST:
            return ""
        if len(self) >= _REMEMBERED:
            self.clear()
        try:
            found = self._services(canonical(host))
        except BadNameError:
            found = ""
        self[host] = found
        return found


@dataclass
class Tally:
    """What was read so far."""

    lines: int = 0
    attempts: int = 0
    bad: Counter[Reason] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Add what another tally counted."""
        self.lines += other.lines
        self.attempts += other.attempts
        self.bad.update(other.bad)
