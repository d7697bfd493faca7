"""Deleting what is older than the law allows, and leaving a signed stub that says so.

Only the beginning of a chain is ever deleted, in the transaction that writes its stub: the journal verifies before and
after, and a deletion that has no stub is seen.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import orjson
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.audit.chain import STUB_FIELDS, Link, sign_stub
from gateway.audit.entry import Kind, timestamp
from gateway.audit.sql.binding import writers
from gateway.audit.sql.table import journal, link_of
from gateway.audit.sql.trail import SqlTrail
from gateway.structures import Json

SHORTEST_MONTHS: Final = 6
LONGEST_MONTHS: Final = 12
"""AI Act, article 26(6): six months at least. CNIL's recommendation on logging (2021-122): a year at most."""

LARGEST_DELETION: Final = 20_000
"""Entries in one transaction: a gateway that writes meanwhile must not wait for longer than its patience."""


class RetentionError(ValueError):
    """The journal may not be kept for that long, or that short."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many entries went, and before which instant they were written."""

    entries: int
    before: dt.datetime


def limit(today: dt.date, months: int) -> dt.datetime:
    """Return the instant before which everything goes: the start of the day, `months` months ago."""
    if not SHORTEST_MONTHS <= months <= LONGEST_MONTHS:
        raise RetentionError(f"retention is {SHORTEST_MONTHS} to {LONGEST_MONTHS} months, not {months}")
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    first = dt.date(years, month + 1, 1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    day = min(today.day, (following - first).days)
    return dt.datetime.combine(first.replace(day=day), dt.time(), dt.UTC)


async def purge(trail: SqlTrail, before: dt.datetime, *, dry_run: bool = False) -> Purged:
    """Delete the entries written before `before`; with `dry_run`, only count them.

    May run beside a gateway that writes, and may be interrupted: each step leaves a journal that verifies.
    """
    total = 0
    async with trail.database.unhurried.connect() as connection:
        # Decided once: the stubs that follow are not to be purged in their turn.
        ends = {writer: await _last_old(connection, writer, before) for writer in await writers(connection)}
        if dry_run:
            return Purged(sum([await _count(connection, *end) for end in ends.items()]), before)
    for writer, end in ends.items():
        while deleted := await _delete(trail, writer, end):
            total += deleted
    return Purged(total, before)


async def _last_old(connection: AsyncConnection, writer: str, before: dt.datetime) -> int:
    """Return the number of the last entry to delete: all that precede it in the chain are old too."""
    chain = journal.c.writer == writer
    young = select(func.min(journal.c.seq)).where(chain, journal.c.at >= timestamp(before))
    found = (await connection.execute(young)).scalar_one()
    if found is None:
        return int((await connection.execute(select(func.max(journal.c.seq)).where(chain))).scalar_one())
    return int(found) - 1


async def _count(connection: AsyncConnection, writer: str, end: int) -> int:
    old = select(func.count()).where(journal.c.writer == writer, journal.c.seq <= end)
    return int((await connection.execute(old)).scalar_one())


async def _delete(trail: SqlTrail, writer: str, end: int) -> int:
    """Delete up to `LARGEST_DELETION` entries of a chain; return how many."""
    async with trail.database.unhurried.connect() as connection:
        old = select(journal).where(journal.c.writer == writer, journal.c.seq <= end)
        rows = (await connection.execute(old.order_by(journal.c.seq).limit(LARGEST_DELETION))).all()
        if not rows:
            return 0
        first, last = link_of(rows[0]), link_of(rows[-1])
        kept = await _stubs_among(connection, writer, last.seq)
    stub = _stub(trail, first, last, len(rows))

    async def remove(transaction: AsyncConnection) -> None:
        await transaction.execute(delete(journal).where(journal.c.writer == writer, journal.c.seq <= last.seq))

    # Stubs of other chains that go with this one are written again first: those chains still begin where they say.
    await trail.write_stubs([*kept, stub], remove)
    return len(rows)


async def _stubs_among(connection: AsyncConnection, writer: str, upto: int) -> list[dict[str, Json]]:
    """Return the newest stub of each other chain, where it stands among what will be deleted."""
    stubs = await connection.execute(
        select(journal.c.writer, journal.c.seq, journal.c.body).where(journal.c.kind == Kind.PURGED.value)
    )
    newest: dict[str, tuple[bool, dict[str, Json]]] = {}
    for stub in stubs:
        fields = orjson.loads(stub.body)
        of = str(fields["of"])
        if of not in newest or int(fields["upto"]) >= int(str(newest[of][1]["upto"])):
            newest[of] = (stub.writer == writer and stub.seq <= upto, fields)
    return [
        {name: fields[name] for name in (*STUB_FIELDS, "signature")}
        for of, (goes, fields) in newest.items()
        if goes and of != writer
    ]


def _stub(trail: SqlTrail, first: Link, last: Link, count: int) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "of": last.writer,
        "upto": last.seq,
        "last_hash": last.hash,
        "count": count,
        "first_at": first.at,
        "last_at": last.at,
    }
    return fields | {"signature": sign_stub(fields, trail.signing_key)}
