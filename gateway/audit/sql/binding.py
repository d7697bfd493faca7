"""Where each chain ends, as the table has it and as the checkpoints of the others tell."""

import orjson
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.audit.chain import Head
from gateway.audit.entry import Kind
from gateway.audit.sql.table import journal


async def writers(connection: AsyncConnection) -> list[str]:
    """Return every chain of the table, by name.

    From one to the next by the index: `DISTINCT` would read the whole journal, at every checkpoint.
    """
    found: list[str] = []
    while True:
        following = select(func.min(journal.c.writer))
        if found:
            following = following.where(journal.c.writer > found[-1])
        writer = (await connection.execute(following)).scalar_one()
        if writer is None:
            return found
        found.append(writer)


async def ends(connection: AsyncConnection) -> list[Head]:
    """Return the end of every chain."""
    found = []
    for writer in await writers(connection):
        chain = select(journal.c.seq, journal.c.hash).where(journal.c.writer == writer)
        row = (await connection.execute(chain.order_by(journal.c.seq.desc()).limit(1))).first()
        if row is not None:
            found.append(Head(writer, row.seq, row.hash))
    return found


async def bound(connection: AsyncConnection) -> dict[str, Head]:
    """Return the newest end of each chain that a checkpoint tells of.

    What a forged checkpoint tells is believed as well: the chain that holds it does not verify.
    """
    found: dict[str, Head] = {}
    checkpoints = select(journal.c.body).where(journal.c.kind == Kind.CHECKPOINT.value)
    async with connection.stream(checkpoints) as rows:
        async for (body,) in rows:
            for head in _told(body):
                if head.writer not in found or head.seq > found[head.writer].seq:
                    found[head.writer] = head
    return found


def _told(body: str) -> list[Head]:
    try:
        chains = orjson.loads(body).get("chains", {})
        return [Head(str(writer), int(seq), str(hash_)) for writer, (seq, hash_) in chains.items()]
    except (ValueError, TypeError, AttributeError):
        return []
