"""The report of attempts, for a reader whose reading is recorded."""

from dataclasses import dataclass
from pathlib import Path

from gateway.audit.sql import SqlTrail
from gateway.outbound.counting.periods import Grain, Span
from gateway.outbound.counting.report import Report, outbound_report
from gateway.outbound.counting.sql import SqlCounts
from gateway.outbound.counting.taking import take_in


@dataclass(frozen=True, slots=True)
class Reports:
    """Counts what waits in the spool, and reports."""

    counts: SqlCounts
    trail: SqlTrail
    folder: Path
    """Of the spool."""

    async def __call__(self, span: Span, grain: Grain, by: str) -> Report:
        """Return the report of whole months; the reading is recorded, or raises `AuditUnavailableError`."""
        await take_in(self.folder, self.counts)
        return await outbound_report(self.counts, self.trail, span, grain, by=by)
