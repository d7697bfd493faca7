"""Requests to the approved tools, from the journal: what attempts elsewhere are held against."""

import datetime as dt
from collections.abc import Iterable

from gateway.audit.sql import lines
from gateway.database import Database
from gateway.outbound.counting.periods import shifted


async def requests(database: Database, months: Iterable[dt.date]) -> dict[dt.date, int]:
    """Return how many requests the journal has of each month.

    Months are in universal time here, as in the report of use: two reports that counted the same requests a few hours
    apart would give away those of the hours between. Whoever calls records the reading first.
    """
    found = {}
    for month in months:
        since, until = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (month, shifted(month, 1)))
        count = 0
        async for _ in lines(database, since, until):
            count += 1
        found[month] = count
    return found
