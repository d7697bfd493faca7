"""The one database of the house: SQLite inside by default, PostgreSQL where several machines share it."""

from gateway.database.database import UNAVAILABLE, Database
from gateway.database.direct import Rows
from gateway.database.migrating import DatabaseAheadError
from gateway.database.schema import metadata, ordered
from gateway.database.statements import hold, upsert

__all__ = ["UNAVAILABLE", "Database", "DatabaseAheadError", "Rows", "hold", "metadata", "ordered", "upsert"]
