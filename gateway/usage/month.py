"""A calendar month, as the hospital's reports count. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

_SHAPE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

_NAMES: Final = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """From the first instant of its first day until the first of the next month, in UTC as the journal is."""

    year: int
    number: int

    @property
    def start(self) -> dt.datetime:
        """Return its first instant."""
        return dt.datetime(self.year, self.number, 1, tzinfo=dt.UTC)

    @property
    def end(self) -> dt.datetime:
        """Return the first instant that is not of this month any more."""
        return self._shifted(1).start

    @property
    def previous(self) -> "Month":
        """Return the month before."""
        return self._shifted(-1)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Return its days, in order."""
        return tuple((self.start + dt.timedelta(days=day)).date() for day in range((self.end - self.start).days))

    @property
    def title(self) -> str:
        """Return its name in French: `novembre 2026`."""
        return f"{_NAMES[self.number - 1]} {self.year}"

    @property
    def id(self) -> str:
        """Return `2026-11`."""
        return f"{self.year:04}-{self.number:02}"

    def _shifted(self, months: int) -> "Month":
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)


def month(text: str) -> Month:
    """Return the month written `2026-11`, or raise ValueError."""
    found = _SHAPE.fullmatch(text)
    if found is None or int(found[1]) < dt.MINYEAR:
        raise ValueError("a month is written 2026-11")
    return Month(int(found[1]), int(found[2]))
