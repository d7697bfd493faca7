"""Requests for tools in the database of the house."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Column, Row, String, Table, Text, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.database import UNAVAILABLE, Database, metadata, ordered
from gateway.errors import OutboundUnavailableError
from gateway.outbound.desk.request import CONTACT_DAYS, KEPT_DAYS, Status, ToolRequest

MOST_LISTED: Final = 500

requests: Final = Table(
    "outbound_requests",
    metadata,
    Column("id", ordered(16), primary_key=True),
    Column("received", ordered(40), nullable=False),
    Column("purpose", String(48), nullable=False),
    Column("department", String(64), nullable=False),
    Column("service", String(64), nullable=False),
    Column("tool", String(80), nullable=False),
    Column("address", String(253), nullable=False),
    Column("text", Text, nullable=False),
    Column("contact", String(254), nullable=False),
    Column("status", String(16), nullable=False),
    Column("changed", ordered(40)),
    Column("note", Text, nullable=False),
)
SETTLED: Final = tuple(status.value for status in Status if status.settled)


class SqlRequests:
    """Keeps requests in SQL. Implements `Requests`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, request: ToolRequest) -> None:
        """Keep a request; contacts and requests that were settled too long ago go."""
        fields = asdict(request)
        values = fields | {
            "received": _written(request.received),
            "changed": _written(request.changed) if request.changed else None,
            "status": request.status.value,
        }
        async with self._writing() as connection:
            await connection.execute(insert(requests).values(values))
            await _forget(connection, request.received)

    async def listed(self, status: Status | None = None) -> tuple[ToolRequest, ...]:
        """Return the newest requests, at most `MOST_LISTED`."""
        chosen = select(requests).order_by(requests.c.received.desc(), requests.c.id).limit(MOST_LISTED)
        if status is not None:
            chosen = chosen.where(requests.c.status == status.value)
        try:
            async with self._database.engine.connect() as connection:
                return tuple(_request(row) for row in await connection.execute(chosen))
        except UNAVAILABLE:
            raise OutboundUnavailableError("requests cannot be read") from None

    async def answer(self, id_: str, status: Status, note: str, at: dt.datetime) -> ToolRequest | None:
        """Note the decision on a request."""
        async with self._writing() as connection:
            values = {"status": status.value, "note": note, "changed": _written(at)}
            if not (await connection.execute(update(requests).where(requests.c.id == id_).values(values))).rowcount:
                return None
            row = (await connection.execute(select(requests).where(requests.c.id == id_))).one()
            await _forget(connection, at)
        return _request(row)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.engine.begin() as connection:
                yield connection
        except UNAVAILABLE:
            raise OutboundUnavailableError("requests cannot be written") from None


async def _forget(connection: AsyncConnection, now: dt.datetime) -> None:
    settled = requests.c.status.in_(SETTLED)
    contacts, whole = (_written(now - dt.timedelta(days=days)) for days in (CONTACT_DAYS, KEPT_DAYS))
    stale = settled & (requests.c.changed < contacts) & (requests.c.contact != "")
    await connection.execute(update(requests).where(stale).values(contact=""))
    await connection.execute(delete(requests).where(settled & (requests.c.changed < whole)))


def _written(at: dt.datetime) -> str:
    # In the one form that sorts as text.
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _request(row: Row[Any]) -> ToolRequest:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
    return ToolRequest(
        **fields
        | {
            "received": dt.datetime.fromisoformat(row.received),
            "changed": dt.datetime.fromisoformat(row.changed) if row.changed else None,
            "status": Status(row.status),
        }
    )
