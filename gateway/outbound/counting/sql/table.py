"""The tables: attempts one by one, for some weeks, and what is counted of them, for some years."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table

from gateway.database import metadata

WORD: Final = 64

events: Final = Table(
    "outbound_events",
    metadata,
    # SQLite numbers rows by itself in a column of this very type only.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("pseudonym", String(32), nullable=False),
    Column("service", String(WORD), nullable=False),
    Column("department", String(WORD), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("planned", String(16), nullable=False),
    Column("engine", String(16), nullable=False),
    Column("version", String(WORD), nullable=False),
    Index("outbound_events_day", "day"),
)
automatic: Final = Table(
    "outbound_automatic",
    metadata,
    Column("day", Date, primary_key=True),
    Column("pseudonym", String(32), primary_key=True),
    Column("service", String(WORD), primary_key=True),
)
"""The automatic clients; kept as long as the events, since they have pseudonyms."""

batches: Final = Table(
    "outbound_batches",
    metadata,
    Column("batch", String(WORD), primary_key=True),
    Column("taken", BigInteger, nullable=False),
    Column("last_day", Date),
)
"""How far each file of the spool was taken."""

days: Final = Table(
    "outbound_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("agents", Integer, nullable=False),
    Column("level", String(8), nullable=False),
)
"""Each day with events: which state of it was counted, and in which company it may be shown."""

daily: Final = Table(
    "outbound_daily",
    metadata,
    Column("day", Date, primary_key=True),
    Column("service", String(WORD), primary_key=True),
    Column("department", String(WORD), primary_key=True),
    Column("verdict", String(16), primary_key=True),
    Column("planned", String(16), primary_key=True),
    Column("engine", String(16), primary_key=True),
    Column("automatic", Boolean, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("agents", Integer, nullable=False),
)
people: Final = Table(
    "outbound_people",
    metadata,
    Column("grain", String(8), primary_key=True),
    Column("start", Date, primary_key=True),
    Column("by", String(16), primary_key=True),
    Column("name", String(WORD), primary_key=True),
    Column("agents", Integer, nullable=False),
)
"""Distinct people of a week or a month, by row of a table: the one number that does not follow from the days."""

months: Final = Table(
    "outbound_months",
    metadata,
    Column("month", Date, primary_key=True),
    Column("settled", Date, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("partial", Boolean, nullable=False),
)
"""As of which day each month was settled, and whether attempts came after its people could still be counted."""

changes: Final = Table(
    "outbound_changes",
    metadata,
    Column("day", Date, primary_key=True),
    Column("mode", String(16), primary_key=True),
)
horizon: Final = Table(
    "outbound_horizon",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kept_from", Date, nullable=False),
)
"""One row: the first day whose events were not purged."""

BY: Final = {
    "service": daily.c.service,
    "department": daily.c.department,
    "verdict": daily.c.verdict,
    "planned": daily.c.planned,
    "engine": daily.c.engine,
}
"""What tables are by; a column of the same name is in `events`."""

TOTAL: Final = "total"
AUTOMATIC: Final = "automatic"
