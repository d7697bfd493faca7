"""API keys in the database: stored hashed, known by their prefix.

Fails closed: where the register cannot be read, or a key is unknown, expired or revoked, nobody is recognised.
"""

import datetime as dt
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from gateway.database import UNAVAILABLE, Database, metadata, ordered
from gateway.errors import UnknownCallerError
from gateway.identity.key import Key, new_key, parse
from policies.facts import Caller

CACHE_SECONDS: Final = 3.0
"""How long a lookup is believed: the longest time that a revoked key goes on working in another process."""

CACHE_KEYS: Final = 4096

_WORD: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
"""Roles and services are words of the hospital's configuration: short, and no place for a person's name."""

api_keys: Final = Table(
    "api_keys",
    metadata,
    Column("prefix", ordered(8), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("role", String(40), nullable=False),
    Column("service", String(40), nullable=False),
    Column("uses", JSON(none_as_null=True)),
    Column("tool", Boolean, nullable=False),
    Column("requests_per_minute", Integer),
    Column("tokens_per_minute", Integer),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("expires", Date),
    Column("revoked", DateTime(timezone=True)),
    Column("last_used", Date),
)

key_people: Final = Table(
    "key_people",
    metadata,
    Column("prefix", ordered(8), ForeignKey("api_keys.prefix", ondelete="CASCADE"), primary_key=True),
    Column("person", String(40), nullable=False, index=True),
)
"""Whose each key is. Apart from the keys, so that a database made before people were known serves as it is."""

_KEYS: Final = select(api_keys, key_people.c.person).outerjoin(key_people, key_people.c.prefix == api_keys.c.prefix)


class KeyKind(StrEnum):
    """Who holds a key."""

    CLINICIAN = "clinician"
    """A person, through a chat of the hospital."""
    TOOL = "tool"
    """A program that asks by itself."""


class InvalidKeyRequestError(ValueError):
    """A key cannot be made as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """What a new key allows. `expires` is its last day; `uses` None opens all that the charter opens to the role."""

    role: str
    service: str
    kind: KeyKind = KeyKind.TOOL
    uses: frozenset[str] | None = None
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    expires: dt.date | None = None
    person: str | None = None
    """Whose key it is, by the id of the register of people; None: nobody's, as a shared tool's."""

    def __post_init__(self) -> None:
        """Refuse what could not be a word of the configuration, or an allowance of nothing."""
        words = {"role": self.role, "service": self.service, **{f"use {use}": use for use in self.uses or ()}}
        if self.person is not None:
            words["person"] = self.person
        for name, word in words.items():
            if not _WORD.fullmatch(word):
                raise InvalidKeyRequestError(f"{name}: lower-case letters, digits, `_` and `-` only, 40 at most")
        for allowance in (self.requests_per_minute, self.tokens_per_minute):
            if allowance is not None and allowance < 1:
                raise InvalidKeyRequestError("an allowance per minute is at least 1")


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key as it is listed: nothing of its secret. `last_used` is a day, since the hour would follow people."""

    prefix: str
    request: KeyRequest
    created: dt.datetime
    revoked: dt.datetime | None
    last_used: dt.date | None

    def usable(self, today: dt.date) -> bool:
        """Return whether the key opens anything."""
        expires = self.request.expires
        return self.revoked is None and (expires is None or today <= expires)


class SqlDirectory:
    """A `Directory` of API keys. `create`, `list` and `revoke` work before the gateway has ever run."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date(),
    ) -> None:
        """Take clocks apart, so that tests do not wait."""
        self._database = database
        self._clock, self._today = clock, today
        self._cache: OrderedDict[str, tuple[float, str, KeyEntry]] = OrderedDict()

    async def caller(self, credential: str) -> Caller:
        """Return the caller behind a key, or raise `UnknownCallerError`, which never says why."""
        key = parse(credential)
        if key is None:
            raise UnknownCallerError("no valid key")
        digest, entry = await self._look_up(key.prefix)
        if not key.matches(digest) or entry is None or not entry.usable(self._today()):
            raise UnknownCallerError("no valid key")
        await self._note_use(entry)
        request = entry.request
        return Caller(
            key_id=entry.prefix,
            role=request.role,
            service=request.service,
            uses=request.uses,
            requests_per_minute=request.requests_per_minute,
            tokens_per_minute=request.tokens_per_minute,
            tool=request.kind is KeyKind.TOOL,
            person=request.person,
        )

    async def create(self, request: KeyRequest) -> Key:
        """Return a new key: its secret can never be read again."""
        key = new_key()
        values = {
            "prefix": key.prefix,
            "digest": key.digest,
            "role": request.role,
            "service": request.service,
            "uses": sorted(request.uses) if request.uses is not None else None,
            "tool": request.kind is KeyKind.TOOL,
            "requests_per_minute": request.requests_per_minute,
            "tokens_per_minute": request.tokens_per_minute,
            "created": dt.datetime.now(dt.UTC),
            "expires": request.expires,
        }
        async with self._database.engine.begin() as connection:
            await connection.execute(insert(api_keys).values(values))
            if request.person is not None:
                await connection.execute(insert(key_people).values(prefix=key.prefix, person=request.person))
        return key

    async def list(self) -> tuple[KeyEntry, ...]:
        """Return every key ever made, the oldest first."""
        async with self._database.engine.connect() as connection:
            rows = await connection.execute(_KEYS.order_by(api_keys.c.created, api_keys.c.prefix))
            return tuple(_entry(row) for row in rows)

    async def revoke(self, prefix: str) -> bool:
        """Close a key for good, here at once and elsewhere within `CACHE_SECONDS`; return whether it was open."""
        closing = (
            update(api_keys)
            .where(api_keys.c.prefix == prefix, api_keys.c.revoked.is_(None))
            .values(revoked=dt.datetime.now(dt.UTC))
        )
        async with self._database.engine.begin() as connection:
            closed = (await connection.execute(closing)).rowcount
        self._cache.pop(prefix, None)
        return bool(closed)

    async def detach(self, person: str) -> int:
        """Close every key of a person for good and forget whose they were; return how many were open."""
        theirs = select(key_people.c.prefix).where(key_people.c.person == person)
        closing = update(api_keys).where(api_keys.c.prefix.in_(theirs), api_keys.c.revoked.is_(None))
        async with self._database.engine.begin() as connection:
            closed = (await connection.execute(closing.values(revoked=dt.datetime.now(dt.UTC)))).rowcount
            await connection.execute(delete(key_people).where(key_people.c.person == person))
        self._cache.clear()
        return closed

    async def _look_up(self, prefix: str) -> tuple[str, KeyEntry | None]:
        """Return what is kept of a key. Unknown prefixes are not cached: they would push out the known ones."""
        until, digest, known = self._cache.get(prefix, (0.0, "", None))
        if known is not None and self._clock() < until:
            self._cache.move_to_end(prefix)
            return digest, known
        self._cache.pop(prefix, None)
        try:
            async with self._database.engine.connect() as connection:
                row = (await connection.execute(_KEYS.where(api_keys.c.prefix == prefix))).first()
        except UNAVAILABLE:
            raise UnknownCallerError("the register of keys cannot be read") from None
        if row is None:
            return "", None
        self._keep(row.digest, _entry(row))
        return row.digest, _entry(row)

    def _keep(self, digest: str, entry: KeyEntry) -> None:
        self._cache[entry.prefix] = (self._clock() + CACHE_SECONDS, digest, entry)
        while len(self._cache) > CACHE_KEYS:
            self._cache.popitem(last=False)

    async def _note_use(self, entry: KeyEntry) -> None:
        """Note the day of use, once a day. A day that cannot be noted stops nobody."""
        today = self._today()
        if entry.last_used == today:
            return
        digest = self._cache[entry.prefix][1] if entry.prefix in self._cache else None
        if digest is not None:
            self._keep(digest, replace(entry, last_used=today))
        noting = update(api_keys).where(api_keys.c.prefix == entry.prefix).values(last_used=today)
        with suppress(*UNAVAILABLE):
            async with self._database.engine.begin() as connection:
                await connection.execute(noting)

    async def count(self) -> int:
        """Return how many keys can still be used: a gateway with none answers nobody."""
        today = self._today()
        usable = select(func.count()).where(
            api_keys.c.revoked.is_(None), api_keys.c.expires.is_(None) | (api_keys.c.expires >= today)
        )
        async with self._database.engine.connect() as connection:
            return int((await connection.execute(usable)).scalar_one())


def _entry(row: Row[Any]) -> KeyEntry:
    return KeyEntry(
        prefix=row.prefix,
        request=KeyRequest(
            role=row.role,
            service=row.service,
            kind=KeyKind.TOOL if row.tool else KeyKind.CLINICIAN,
            uses=frozenset(row.uses) if row.uses is not None else None,
            requests_per_minute=row.requests_per_minute,
            tokens_per_minute=row.tokens_per_minute,
            expires=row.expires,
            person=row.person,
        ),
        created=_utc(row.created),
        revoked=_utc(row.revoked) if row.revoked is not None else None,
        last_used=row.last_used,
    )


def _utc(moment: dt.datetime) -> dt.datetime:
    """Return what was written, which SQLite gives back without its zone and PostgreSQL in its own."""
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
