"""Group commit: one task takes whatever waits, and writes it in one transaction.

Fails closed: what could not be written raises `AuditUnavailableError` where it is awaited, and is not tried again later
behind anybody's back. The next entries try anew, so the journal works again as soon as its database does.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.audit.chain import Head, Link, SealedHead, head_is_signed, link, sign_head
from gateway.audit.entry import Kind, now
from gateway.audit.heads import Heads, Slot
from gateway.audit.sql.binding import ends
from gateway.audit.sql.table import journal, link_of
from gateway.database import UNAVAILABLE, Database, Rows
from gateway.errors import AuditUnavailableError
from gateway.structures import Json

LARGEST_COMMIT: Final = 500
LONGEST_QUEUE: Final = 10_000
TRUSTED_SECONDS: Final = 1.0
"""How long an idle connection is taken to be alive without asking."""

MOST_WRITERS: Final = 256
"""Chains in one folder of heads: one for each process that writes, plus damaged ones kept as evidence."""

_logger: Final = logging.getLogger(__name__)
# A command logs nowhere: without this, Python would print there what the error says.
_logger.addHandler(logging.NullHandler())

Within = Callable[[AsyncConnection], Awaitable[None]]


@dataclass(slots=True)
class Pending:
    """An entry on its way; `written` ends when it is durable."""

    kind: Kind
    fields: Mapping[str, Json]
    written: asyncio.Future[None]
    when_written: Callable[[], None] | None = None
    within: Within | None = None
    """Done in the transaction that writes this entry, or not at all."""
    at: str = field(default_factory=now)
    withdrawn: bool = False


class Writer:
    """Owns the end of one chain."""

    def __init__(
        self,
        database: Database,
        key: Ed25519PrivateKey,
        heads: Heads,
        *,
        checkpoint_every: int,
        checkpoint_seconds: float,
    ) -> None:
        """Write a checkpoint after so many entries or seconds, whichever comes first, and at the end."""
        self._database, self._key, self._heads = database, key, heads
        self._every, self._seconds = checkpoint_every, checkpoint_seconds
        self._queue: asyncio.Queue[Pending | None] = asyncio.Queue(LONGEST_QUEUE)
        self._task: asyncio.Task[None] | None = None
        self._slot: Slot | None = None
        self._head: Head | None = None
        self._unmarked = 0
        self._connection: AsyncConnection | None = None
        self._used = 0.0
        self._bound: dict[str, Head] = {}
        """Where the other chains ended at the last checkpoint of this one, or nothing before the first."""
        self.commits = 0

    async def start(self) -> None:
        """Take a chain and begin to write; raises `AuditUnavailableError` where that cannot be done."""
        try:
            await self._claim()
        except UNAVAILABLE:
            raise AuditUnavailableError("the journal cannot be opened") from None
        self._task = asyncio.get_running_loop().create_task(self._run(), name="journal")

    async def close(self) -> None:
        """Write what waits, then a last checkpoint, and let go of the chain."""
        task, self._task = self._task, None
        if task is not None:
            await self._queue.put(None)
            await task
        await self._disconnect()
        if self._slot is not None:
            self._slot.release()
            self._slot = None

    def submit(
        self,
        kind: Kind,
        fields: Mapping[str, Json],
        when_written: Callable[[], None] | None = None,
        within: Within | None = None,
    ) -> Pending:
        """Queue an entry at once; it will be written even where nobody awaits it any more."""
        if self._task is None or self._task.done():
            raise AuditUnavailableError("the journal is closed")
        pending = Pending(kind, fields, asyncio.get_running_loop().create_future(), when_written, within)
        # A caller that goes away leaves its entry behind: an error on it is then nobody's to read.
        pending.written.add_done_callback(lambda future: future.cancelled() or future.exception())
        try:
            self._queue.put_nowait(pending)
        except asyncio.QueueFull:
            raise AuditUnavailableError("the journal's queue is full") from None
        return pending

    async def _run(self) -> None:
        open_for_more = True
        while open_for_more:
            batch, open_for_more = await self._next_batch()
            if batch:
                await self._write(batch)
            if self._unmarked and (self._unmarked >= self._every or not batch or not open_for_more):
                await self._checkpoint()

    async def _next_batch(self) -> tuple[list[Pending], bool]:
        """Return what waits, nothing when a checkpoint is due, and whether more may come."""
        batch: list[Pending] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds if self._unmarked else None):
                first = await self._queue.get()
            if first is None:
                return batch, False
            batch.append(first)
        while len(batch) < LARGEST_COMMIT and not self._queue.empty():
            following = self._queue.get_nowait()
            if following is None:
                return batch, False
            batch.append(following)
        return batch, True

    async def _checkpoint(self) -> None:
        """Write where every chain that has moved ends now; this one, its own place says."""
        try:
            async with self._database.engine.connect() as connection:
                now_at = await ends(connection)
        except UNAVAILABLE:
            return
        moved = {head.writer: head for head in now_at if self._bound.get(head.writer) != head}
        if self._head is not None:
            moved.pop(self._head.writer, None)
        chains: dict[str, Json] = {writer: [head.seq, head.hash] for writer, head in moved.items()}
        fields: dict[str, Json] = {"entries": self._unmarked, "chains": chains}
        pending = Pending(Kind.CHECKPOINT, fields, asyncio.get_running_loop().create_future())
        await self._write([pending])
        if not pending.written.exception():
            self._unmarked = 0
            self._bound |= moved

    async def _write(self, batch: Sequence[Pending]) -> None:
        wanted = [pending for pending in batch if not pending.withdrawn]
        if not wanted:
            return
        try:
            if self._head is None:
                await self._claim()
            await self._commit(wanted)
        except Exception as error:  # whatever happened, these entries are not known to be written
            _logger.warning("the journal could not be written", exc_info=error)
            # They may have been written all the same: the end of the chain is read again before the next entry.
            self._head = None
            await self._disconnect()
            for pending in wanted:
                if not pending.written.done():
                    pending.written.set_exception(AuditUnavailableError("the journal cannot be written"))
            return
        self._unmarked += sum(pending.kind is not Kind.CHECKPOINT for pending in wanted)
        for pending in wanted:
            if pending.when_written is not None:
                pending.when_written()
            if not pending.written.done():
                pending.written.set_result(None)

    async def _commit(self, wanted: Sequence[Pending]) -> None:
        if self._head is None or self._slot is None:
            raise AuditUnavailableError("the journal has no chain")
        head, links = self._head, list[Link]()
        for pending in wanted:
            links.append(link(head, pending.kind, pending.at, pending.fields, sealed=pending is wanted[-1]))
            head = links[-1].head
        sealed = SealedHead(head, sign_head(head, self._key))
        links[-1] = replace(links[-1], signature=sealed.signature)
        await self._insert([_row(each) for each in links], [each.within for each in wanted if each.within is not None])
        self.commits += 1
        self._slot.write(sealed, durable=wanted[-1].kind is Kind.CHECKPOINT)
        self._head = head

    async def _insert(self, rows: Rows, within: Sequence[Within]) -> None:
        # On a file, what has nothing else in its transaction needs no connection of this loop.
        if not within and not self._database.shared:
            await self._database.insert(journal, rows)
            return
        connection = await self._connected()
        async with connection.begin():
            await connection.execute(insert(journal), rows)
            for each in within:
                await each(connection)

    async def _connected(self) -> AsyncConnection:
        """Return the one connection of this writer: opening one for each commit would cost as much as the commit.

        After a pause it goes back to the pool, which finds out whether the server was restarted meanwhile.
        """
        now_at = asyncio.get_running_loop().time()
        if now_at - self._used > TRUSTED_SECONDS:
            await self._disconnect()
        if self._connection is None:
            self._connection = await self._database.engine.connect()
        self._used = now_at
        return self._connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*UNAVAILABLE):
                await connection.close()

    async def _claim(self) -> None:
        """Take the first chain that nobody writes and that reaches its last known end.

        A chain that was cut short is left as it is, for `verify` to show, and another one is begun.
        """
        if self._slot is not None:
            self._slot.release()
            self._slot = None
        for number in range(MOST_WRITERS):
            slot = self._heads.claim(number)
            if slot is None:
                continue
            try:
                head = await self._end_of(slot)
            except BaseException:
                slot.release()
                raise
            if head is not None:
                self._slot, self._head = slot, head
                return
            slot.release()
        raise AuditUnavailableError("no chain is free")

    async def _end_of(self, slot: Slot) -> Head | None:
        known = slot.read()
        async with self._database.engine.connect() as connection:
            chain = select(journal).where(journal.c.writer == slot.writer)
            last = (await connection.execute(chain.order_by(journal.c.seq.desc()).limit(1))).first()
            if last is None:
                return Head(slot.writer) if known is None else None
            end = link_of(last)
            if known is None:
                return None
            there = (await connection.execute(chain.where(journal.c.seq == known.head.seq))).first()
        public = self._key.public_key()
        reached = there is not None and link_of(there).hash == known.head.hash and head_is_signed(known, public)
        return end.head if reached and head_is_signed(SealedHead(end.head, end.signature or ""), public) else None


def _row(entry: Link) -> Mapping[str, str | int | None]:
    return {
        "writer": entry.writer,
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "output_id": entry.output_id,
        "body": entry.body,
        "hash": entry.hash,
        "signature": entry.signature,
    }
