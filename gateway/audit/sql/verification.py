"""Checking a whole journal against its chains, its seals and the ends kept outside the table."""

import datetime as dt
from dataclasses import dataclass

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.audit.chain import ChainCheck, Finding, Flaw, Head, stub_is_signed
from gateway.audit.entry import Kind
from gateway.audit.heads import Heads
from gateway.audit.sql.binding import bound, writers
from gateway.audit.sql.table import journal, link_of
from gateway.database import Database


@dataclass(frozen=True, slots=True)
class Purge:
    """The beginning of a chain that was deleted on purpose, as its signed stub says."""

    of: Head
    count: int
    first_at: dt.datetime
    last_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, what was purged before, and everything that is wrong."""

    entries: int
    ends: tuple[Head, ...]
    elsewhere: frozenset[str]
    """The chains of other machines: how far they went is known from signed checkpoints only."""
    purges: tuple[Purge, ...]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.findings


async def verify(database: Database, heads: Heads, key: Ed25519PublicKey) -> Verification:
    """Check every entry; works beside a gateway that writes.

    The ends kept outside are read first: what is written meanwhile only makes chains longer than they say. An embedded
    database has no other machines: there, a chain whose end is not kept in `heads` has lost it.
    """
    known = heads.all()
    async with database.snapshot() as connection:
        purges, findings = await _purges(connection, key)
        told = await bound(connection)
        written = await writers(connection)
        chains = sorted({*written, *known, *told, *purges})
        foreign = {chain for chain in chains if database.shared and chain not in known and not heads.of_here(chain)}
        checks = []
        for chain in chains:
            start = purges[chain].of if chain in purges else Head(chain)
            check = ChainCheck(start, known.get(chain), key, bound=told.get(chain), elsewhere=chain in foreign)
            await _read(connection, chain, check)
            checks.append(check)
    for check in checks:
        findings.extend(check.finish())
    return Verification(
        entries=sum(check.entries for check in checks),
        ends=tuple(check.end for check in checks),
        elsewhere=frozenset(foreign),
        purges=tuple(purges[writer] for writer in sorted(purges)),
        findings=tuple(findings),
    )


async def _read(connection: AsyncConnection, writer: str, check: ChainCheck) -> None:
    chain = select(journal).where(journal.c.writer == writer).order_by(journal.c.seq)
    async with connection.stream(chain) as rows:
        async for row in rows:
            check.feed(link_of(row))


async def _purges(connection: AsyncConnection, key: Ed25519PublicKey) -> tuple[dict[str, Purge], list[Finding]]:
    """Return the newest purge of each chain, and the stubs that nobody signed."""
    purges: dict[str, Purge] = {}
    findings: list[Finding] = []
    stubs = await connection.execute(select(journal).where(journal.c.kind == Kind.PURGED.value))
    for stub in map(link_of, stubs):
        try:
            fields = orjson.loads(stub.body)
            purge = Purge(
                Head(fields["of"], fields["upto"], fields["last_hash"]),
                fields["count"],
                dt.datetime.fromisoformat(fields["first_at"]),
                dt.datetime.fromisoformat(fields["last_at"]),
            )
            signed = stub_is_signed(fields, key)
        except (ValueError, KeyError, TypeError):
            findings.append(Finding(stub.writer, stub.seq, Flaw.ALTERED))
            continue
        if not signed:
            findings.append(Finding(stub.writer, stub.seq, Flaw.UNSEALED))
        elif purge.of.writer not in purges or purge.of.seq > purges[purge.of.writer].of.seq:
            purges[purge.of.writer] = purge
    return purges, findings
