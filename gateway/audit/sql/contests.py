"""Contests in the journal itself: entries of their own kinds, in the chain, purged as the refusals are."""

import asyncio
import datetime as dt
import hmac
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import select

from gateway.audit.contest import CONTEST_DAYS, Contest, Outcome, Reason
from gateway.audit.entry import Kind, timestamp
from gateway.audit.event import Ending
from gateway.audit.sql.table import journal
from gateway.audit.sql.trail import SqlTrail
from gateway.database import UNAVAILABLE, Database
from gateway.errors import AuditUnavailableError, ContestedAlreadyError, RefusalAbsentError
from policies.facts import Caller


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class SqlContests:
    """Keeps contests in the journal. Implements `Contests`."""

    def __init__(self, trail: SqlTrail, clock: Callable[[], dt.datetime] = _now) -> None:
        self._trail, self._clock = trail, clock
        self._turn = asyncio.Lock()

    async def contest(self, caller: Caller, refusal: str, reason: Reason) -> Contest:
        """Record a contest; as `Contests` says.

        Two gateways that share a journal may both take the same contest at the same instant: the first counts.
        """
        async with self._turn:
            entries = await self._entries(refusal)
            refused = self._refused(entries.get(Kind.CLOSED, {}), caller)
            if Kind.CONTESTED in entries:
                raise ContestedAlreadyError
            await self._trail.write(
                Kind.CONTESTED,
                {
                    "output_id": refusal,
                    "caller": refused["caller"],
                    "code": refused["code"],
                    "article": refused["article"],
                    "reason": reason.value,
                    "refused_at": refused["opened_at"],
                },
            )
            refused_at = dt.datetime.fromisoformat(refused["opened_at"])
            return Contest(refusal, refused["code"], refused["article"], reason, refused_at, self._clock())

    async def settle(self, refusal: str, outcome: Outcome, by: str) -> bool:
        """Record what becomes of an open contest, and return whether there was one; `by` is kept as a keyed hash."""
        async with self._turn:
            entries = await self._entries(refusal)
            if Kind.CONTESTED not in entries or Kind.SETTLED in entries:
                return False
            fields = {
                "output_id": refusal,
                "by": self._trail.keyed_hash("reader", by),
                "code": entries[Kind.CONTESTED]["code"],
                "outcome": outcome.value,
            }
            await self._trail.write(Kind.SETTLED, fields)
            return True

    def _refused(self, closing: Mapping[str, Any], caller: Caller) -> Mapping[str, Any]:
        """Return the closing entry of a refusal that this caller may contest, or raise `RefusalAbsentError`."""
        theirs = hmac.compare_digest(str(closing.get("caller")), self._trail.keyed_hash("caller", caller.key_id))
        earliest = timestamp(self._clock() - dt.timedelta(days=CONTEST_DAYS))
        if not theirs or closing["ending"] != Ending.REFUSED or closing["opened_at"] < earliest:
            raise RefusalAbsentError
        return closing

    async def _entries(self, refusal: str) -> dict[Kind, dict[str, Any]]:
        """Return the entries of an output by kind, the first of each."""
        if "\0" in refusal:
            return {}  # PostgreSQL takes no such text, not even to look for it
        query = select(journal.c.kind, journal.c.body).where(journal.c.output_id == refusal)
        try:
            async with self._trail.database.engine.connect() as connection:
                rows = (await connection.execute(query.order_by(journal.c.at.desc()))).all()
        except UNAVAILABLE:
            raise AuditUnavailableError("the journal cannot be read") from None
        return {Kind(row.kind): orjson.loads(row.body) for row in rows}


async def contests(database: Database, since: dt.datetime | None = None) -> dict[str, Contest]:
    """Return what was contested from `since` on, by refusal, the oldest first.

    The caller of this function records the reading first: see `SqlTrail.note_reading`.
    """
    kinds = (Kind.CONTESTED.value, Kind.SETTLED.value)
    query = select(journal.c.kind, journal.c.at, journal.c.body).where(journal.c.kind.in_(kinds))
    if since is not None:
        query = query.where(journal.c.at >= timestamp(since))
    found: dict[str, Contest] = {}
    async with database.unhurried.connect() as connection:
        rows = (await connection.execute(query.order_by(journal.c.at, journal.c.writer, journal.c.seq))).all()
    for row in rows:
        fields = orjson.loads(row.body)
        refusal = fields["output_id"]
        if row.kind == Kind.CONTESTED.value and refusal not in found:
            found[refusal] = _contest(fields)
        elif row.kind == Kind.SETTLED.value and refusal in found and found[refusal].outcome is None:
            found[refusal] = replace(found[refusal], outcome=Outcome(fields["outcome"]))
    return found


def _contest(fields: Mapping[str, Any]) -> Contest:
    return Contest(
        refusal=fields["output_id"],
        code=fields["code"],
        article=fields["article"],
        reason=Reason(fields["reason"]),
        refused_at=dt.datetime.fromisoformat(fields["refused_at"]),
        contested_at=dt.datetime.fromisoformat(fields["at"]),
    )
