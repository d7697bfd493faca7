"""Attempts and their counts in the house's database."""

from gateway.outbound.counting.sql.reader import Change, DayRow, Settled, read
from gateway.outbound.counting.sql.store import Kept, SqlCounts

__all__ = ["Change", "DayRow", "Kept", "Settled", "SqlCounts", "read"]
