"""The journal as the pipeline sees it: two entries a request, each durable before the journey goes on."""

import asyncio
import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gateway import __version__
from gateway.audit import entry
from gateway.audit.entry import Kind, Scope
from gateway.audit.event import Line
from gateway.audit.heads import Heads
from gateway.audit.record import OpenRecord, system_name
from gateway.audit.sql.writer import Pending, Within, Writer
from gateway.audit.trail import Listener
from gateway.database import Database
from gateway.errors import AuditUnavailableError
from gateway.structures import Json
from policies.decision import Decision
from policies.facts import Caller, Facts

HASH_BYTES: Final = 16
"""128 bits of a keyed hash: two cases never share one, and without the key nobody can try names against it."""

PATIENCE_SECONDS: Final = 5.0
"""How long a request waits for the journal before it is refused."""


class SqlTrail:
    """A `Trail` in a database; `start` before use, `close` at the end. Fails closed, as `Trail` says.

    A caller that goes away while a record closes does not stop it from being written. Where the wait is longer than
    `patience`, the entry is taken back if it is still queued; a request without a closing entry reads as interrupted.
    """

    def __init__(
        self,
        database: Database,
        hmac_key: bytes,
        signing_key: Ed25519PrivateKey,
        *,
        heads: Path,
        checkpoint_every: int = 1000,
        checkpoint_seconds: float = 300.0,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """`heads` is the folder that keeps the end of each chain, apart from the table."""
        self.database = database
        self.heads = Heads(heads)
        self.signing_key = signing_key
        self._hmac_key = hmac_key
        self._patience = patience
        self._listeners: list[Listener] = []
        self._writer = Writer(
            database,
            signing_key,
            self.heads,
            checkpoint_every=checkpoint_every,
            checkpoint_seconds=checkpoint_seconds,
        )

    async def start(self) -> None:
        """Begin to write; raises `AuditUnavailableError` where that cannot be done."""
        await self._writer.start()

    async def close(self) -> None:
        """Write what waits and a last checkpoint."""
        await self._writer.close()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    @property
    def public_key(self) -> Ed25519PublicKey:
        """Return the key that the journal's signatures are checked with."""
        return self.signing_key.public_key()

    @property
    def commits(self) -> int:
        """Return the number of transactions so far: fewer than entries, where requests come together."""
        return self._writer.commits

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` with every closed line."""
        self._listeners.append(listener)

    def record(
        self, caller: Caller, decision: Decision, facts: Facts, *, stream: bool, case: str | None
    ) -> "RecordContext":
        """Open a record, durably, before anything is sent."""
        route, duties = decision.route, decision.duties
        line = Line(
            output_id=secrets.token_hex(16),
            caller=self.keyed_hash("caller", caller.key_id),
            role=caller.role,
            service=caller.service,
            case=self.keyed_hash("case", case) if case is not None else None,
            charter=decision.charter,
            decision=decision.outcome.value,
            code=decision.code,
            article=decision.article,
            use=decision.use,
            declared=facts.declared_use is not None,
            stream=stream,
            gateway=__version__,
            route=route.id if route is not None else None,
            tier=duties.tier.value if duties is not None else None,
            review=duties.review.value if duties is not None else None,
            system=system_name(route.system) if route is not None else None,
        )
        return RecordContext(self, OpenRecord(line, decision))

    async def note_reading(
        self, by: str, scope: Scope, since: dt.datetime | None = None, until: dt.datetime | None = None
    ) -> None:
        """Record that `by` is about to read; what cannot be recorded must not be read.

        `by` names a credential or a system account, and is kept as a keyed hash.
        """
        fields = {
            "by": self.keyed_hash("reader", by),
            "scope": scope.value,
            "since": entry.timestamp(since) if since is not None else None,
            "until": entry.timestamp(until) if until is not None else None,
        }
        await self.durable(self._writer.submit(Kind.READ, fields))

    async def write(self, kind: Kind, fields: Mapping[str, Json]) -> None:
        """Record, durably, what is told of a request after it has ended."""
        await self.durable(self._writer.submit(kind, fields))

    async def write_stubs(self, stubs: Sequence[Mapping[str, Json]], remove: Within) -> None:
        """Write what a purge leaves behind, and delete in the transaction of the last stub."""
        written = [self._writer.submit(Kind.PURGED, stub) for stub in stubs[:-1]]
        written.append(self._writer.submit(Kind.PURGED, stubs[-1], within=remove))
        for pending in written:
            await self.durable(pending)

    def keyed_hash(self, kind: str, value: str) -> str:
        """Return what the journal keeps of an identifier; the same value gives another hash for each kind."""
        digest = hmac.new(self._hmac_key, f"{kind}\n{value.strip()}".encode(), hashlib.sha256).digest()
        return digest[:HASH_BYTES].hex()

    def submit_opening(self, line: Line) -> Pending:
        """Queue the entry that must be durable before anything is sent."""
        return self._writer.submit(Kind.OPENED, entry.opened(line))

    def submit_closing(self, line: Line, opened_at: str) -> Pending:
        """Queue the entry that must be durable before the answer leaves; listeners hear of it once it is."""
        return self._writer.submit(Kind.CLOSED, entry.closed(line, opened_at), self._teller(line))

    async def durable(self, pending: Pending) -> None:
        """Wait until an entry is on disk, or raise `AuditUnavailableError`."""
        try:
            async with asyncio.timeout(self._patience):
                await asyncio.shield(pending.written)
        except TimeoutError:
            pending.withdrawn = True
            raise AuditUnavailableError("the journal is too slow") from None

    def _teller(self, line: Line) -> Callable[[], None]:
        def tell() -> None:
            for listener in self._listeners:
                with suppress(Exception):  # a metric that cannot count is ignored
                    listener(line)

        return tell


class RecordContext:
    """From the opening entry to the closing one."""

    def __init__(self, trail: SqlTrail, record: OpenRecord) -> None:
        """Made by `SqlTrail.record` only."""
        self._trail, self._record = trail, record
        self._opened_at = ""

    async def __aenter__(self) -> OpenRecord:
        """Open, durably."""
        opening = self._trail.submit_opening(self._record.line)
        self._opened_at = opening.at
        try:
            await self._trail.durable(opening)
        except asyncio.CancelledError as error:
            # The context was not entered, so nobody will leave it: the record is closed here.
            with suppress(AuditUnavailableError):
                self._trail.submit_closing(self._record.end(error), self._opened_at)
            raise
        return self._record

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Close, durably; the answer may leave after that.

        Where the caller is already gone, the entry is queued and written all the same, and the cancellation passes.
        """
        line = self._record.end(error)
        if isinstance(error, asyncio.CancelledError | GeneratorExit):
            with suppress(AuditUnavailableError):
                await self._trail.durable(self._trail.submit_closing(line, self._opened_at))
            return
        try:
            await self._trail.durable(self._trail.submit_closing(line, self._opened_at))
        except AuditUnavailableError:
            # From None: the error that was passing may hold the request.
            raise AuditUnavailableError("the record cannot be closed") from None
