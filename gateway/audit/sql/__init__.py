"""The journal in a database: SQLite by default, PostgreSQL where several machines share it."""

from gateway.audit.sql.contests import SqlContests, contests
from gateway.audit.sql.purge import Purged, RetentionError, limit, purge
from gateway.audit.sql.reader import Recorded, entries, lines
from gateway.audit.sql.trail import SqlTrail
from gateway.audit.sql.verification import Verification, verify

__all__ = [
    "Purged",
    "Recorded",
    "RetentionError",
    "SqlContests",
    "SqlTrail",
    "Verification",
    "contests",
    "entries",
    "limit",
    "lines",
    "purge",
    "verify",
]
