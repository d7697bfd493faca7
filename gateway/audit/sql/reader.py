"""Reading the journal: one line for each request, merged from its two entries."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Select, and_, select

from gateway.audit.entry import Kind, line_of, timestamp
from gateway.audit.event import Line
from gateway.audit.sql.table import journal
from gateway.database import Database


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request as the journal tells it; `at` is when it was opened."""

    at: dt.datetime
    line: Line


async def lines(
    database: Database, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> AsyncIterator[Recorded]:
    """Yield the requests opened from `since` until just before `until`, in the order of their opening.

    The caller of this function records the reading first: see `SqlTrail.note_reading`.
    """
    async with database.unhurried.connect() as connection, connection.stream(_requests(since, until)) as rows:
        async for at, opening, closing in rows:
            yield Recorded(dt.datetime.fromisoformat(at), line_of(orjson.loads(closing or opening)))


async def entries(database: Database, kind: Kind, output_id: str) -> tuple[dict[str, Any], ...]:
    """Return the entries of one kind under an id, in the order of their writing."""
    query = select(journal.c.body).where(journal.c.kind == kind.value, journal.c.output_id == output_id)
    ordered = query.order_by(journal.c.at, journal.c.writer, journal.c.seq)
    async with database.unhurried.connect() as connection:
        return tuple(orjson.loads(body) for body in (await connection.execute(ordered)).scalars())


def _requests(since: dt.datetime | None, until: dt.datetime | None) -> Select[Any]:
    opening, closing = journal.alias("opening"), journal.alias("closing")
    joined = and_(closing.c.output_id == opening.c.output_id, closing.c.kind == Kind.CLOSED.value)
    query = (
        select(opening.c.at, opening.c.body, closing.c.body)
        .select_from(opening.outerjoin(closing, joined))
        .where(opening.c.kind == Kind.OPENED.value)
        .order_by(opening.c.at, opening.c.writer, opening.c.seq)
    )
    if since is not None:
        query = query.where(opening.c.at >= timestamp(since))
    if until is not None:
        query = query.where(opening.c.at < timestamp(until))
    return query
