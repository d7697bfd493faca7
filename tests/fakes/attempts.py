"""Invented attempts, and the counts that take them."""

import datetime as dt
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from gateway.database import Database
from gateway.outbound.counting.event import Event
from gateway.outbound.counting.periods import Calendar
from gateway.outbound.counting.pseudonyms import Keys, Pseudonyms
from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sink import Sink
from gateway.outbound.counting.sql import SqlCounts
from tests.fakes.databases import url_in

ZONE = "Europe/Paris"
CALENDAR = Calendar(ZONE)
NOON = dt.datetime(2026, 11, 25, 12, tzinfo=ZoneInfo(ZONE))
"""A Wednesday."""


class Clock:
    """A clock that is set."""

    def __init__(self, at: dt.datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> float:
        """Return Unix time."""
        return self.at.timestamp()

    def now(self) -> dt.datetime:
        """Return the same as a moment."""
        return self.at


def at(day: int, hour: int = 10, minute: int = 0, month: int = 11, second: int = 0) -> dt.datetime:
    """Return a moment of 2026 by the hospital's clock."""
    return dt.datetime(2026, month, day, hour, minute, second, tzinfo=ZoneInfo(ZONE))


def attempt(
    moment: dt.datetime = NOON,
    user: str = "solene.lebihan",
    service: str = "chatgpt",
    *,
    verdict: Verdict = Verdict.BLOCK,
    source: str = "10.20.30.40",
    engine: str = "squid",
) -> Attempt:
    """Return one attempt of an invented agent."""
    return Attempt(moment, service, verdict, verdict, user=user, source=source, engine=engine, version="v1")


def event(moment: dt.datetime = NOON, who: int = 1, service: str = "chatgpt", **fields: str) -> Event:
    """Return one event of agent number `who`."""
    told = {"department": "cardiologie", "verdict": "block", "planned": "block", "engine": "squid", "version": "v1"}
    return Event(int(moment.timestamp()), f"{who:032x}", service, **(told | fields))


def crowd(moment: dt.datetime, people: int, service: str = "chatgpt", first: int = 1, **fields: str) -> list[Event]:
    """Return one event of each of so many agents."""
    return [event(moment, who, service, **fields) for who in range(first, first + people)]


def sink_in(folder: Path, clock: Clock | None = None) -> Sink:
    """Return a sink that writes to `folder/spool` and keeps its keys in `folder/keys`."""
    departments = {"10.20.30.40": "cardiologie", "10.20.30.41": "urgences"}
    return Sink(
        folder / "spool",
        Pseudonyms(Keys(folder / "keys")),
        CALENDAR,
        lambda source: departments.get(source, ""),
        clock=clock or Clock(),
    )


@asynccontextmanager
async def counts_in(folder: Path, clock: Clock | None = None, rules: Rules | None = None) -> AsyncIterator[SqlCounts]:
    """Open counts in a database of `folder`."""
    database = Database(url_in(folder, "counts.db"))
    await database.start()
    try:
        yield SqlCounts(database, CALENDAR, rules or Rules(), (clock or Clock()).now)
    finally:
        await database.close()


async def taken(counts: SqlCounts, events: Iterable[Event]) -> int:
    """Take events as if they were a file of the spool; return how many were too old."""
    whole = list(events)
    return await counts.take(secrets.token_hex(8), 0, len(whole), whole)
