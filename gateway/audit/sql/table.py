"""The journal's one table."""

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Index, Row, String, Table, Text

from gateway.audit.chain import Link
from gateway.database import metadata, ordered

journal: Final = Table(
    "journal",
    metadata,
    Column("writer", ordered(32), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", ordered(24), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("output_id", String(64)),
    Column("body", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("signature", String(128)),
    Index("journal_kind_at", "kind", "at"),
    Index("journal_output", "output_id"),
)


def link_of(row: Row[Any]) -> Link:
    """Return a row of the whole table as an entry."""
    return Link(row.writer, row.seq, row.at, row.kind, row.output_id, row.body, row.hash, row.signature)
