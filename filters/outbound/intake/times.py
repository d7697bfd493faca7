"""Times of logs: with a zone, in seconds since 1970, or of a place that has to be told."""

import datetime as dt
import re
from typing import Final

from filters.outbound.intake.parser import BadLineError, Reason, ZoneNeededError

_FIRST_YEAR: Final = 2000
"""A clock that was never set says 1970; such lines would make a month of their own in every report."""

_ISO_LENGTH: Final = len("2026-01-31 12:00:00")
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_SYSLOG: Final = re.compile(r"\b([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)\b")
_ISO: Final = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?")
_EPOCH_DIGITS: Final = 10
"""Digits of a time in seconds; engines write milliseconds, microseconds or nanoseconds with three, six, nine more."""


class Clock:
    """Reads times. `zone` is the place of the times that do not say theirs; `today` gives the year to those without."""

    def __init__(self, zone: dt.tzinfo | None = None, today: dt.datetime | None = None) -> None:
        self._zone = zone
        self._today = today

    def text(self, written: str, offset: str = "") -> dt.datetime:
        """Return the time of `2026-01-31 12:00:00`, with `T`, `/`, fractions or a zone if it has them.

        `offset` is that of the line (`+0100`), for logs that give it apart.
        """
        if len(written) < _ISO_LENGTH:
            raise BadLineError(Reason.TIME)
        try:
            at = dt.datetime.fromisoformat(written.replace("/", "-").replace(",", ".") + offset)
        except ValueError:
            raise BadLineError(Reason.TIME) from None
        return self._placed(at)

    def words(self, written: str) -> dt.datetime:
        """Return the time of `Fri Dec 31 07:07:07 2021`."""
        try:
            _day, month, day, clock, year = written.split()
            at = dt.datetime.fromisoformat(f"{int(year):04}-{_MONTHS[month]:02}-{int(day):02} {clock}")
        except (ValueError, KeyError):
            raise BadLineError(Reason.TIME) from None
        return self._placed(at)

    def leading(self, prefix: str) -> dt.datetime:
        """Return the time at the head of a line: of ISO 8601, or of syslog, which has neither year nor zone."""
        found = _ISO.search(prefix)
        if found:
            return self.text(found[0])
        month, day, *clock = (_SYSLOG.search(prefix) or _no_time()).groups()
        return self._nearest(_MONTHS.get(month, 0), int(day), *map(int, clock))

    def _nearest(self, month: int, day: int, *clock: int) -> dt.datetime:
        """Return the last such day that is not in the future; a clock may be one day ahead."""
        today = self._today or dt.datetime.now(dt.UTC)
        for year in range(today.year + 1, today.year - 5, -1):
            try:
                at = self._placed(dt.datetime(year, month, day, *clock))  # type: ignore[arg-type]  # noqa: DTZ001 - placed
            except ValueError:
                continue  # 29 February of another year
            if at <= today + dt.timedelta(days=1):
                return at
        raise BadLineError(Reason.TIME)

    def _placed(self, at: dt.datetime) -> dt.datetime:
        if at.tzinfo is None:
            if self._zone is None:
                raise ZoneNeededError
            at = at.replace(tzinfo=self._zone)
        if at.year < _FIRST_YEAR:
            raise BadLineError(Reason.TIME)
        return at


def epoch(written: str) -> dt.datetime:
    """Return the time of a number of seconds since 1970, with a fraction or with three, six or nine more digits."""
    try:
        number = float(written)
        if "." not in written and len(written) > _EPOCH_DIGITS:
            number /= 10 ** (len(written) - _EPOCH_DIGITS)
        at = dt.datetime.fromtimestamp(number, dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise BadLineError(Reason.TIME) from None
    if at.year < _FIRST_YEAR:
        raise BadLineError(Reason.TIME)
    return at


def _no_time() -> re.Match[str]:
    raise BadLineError(Reason.TIME)
