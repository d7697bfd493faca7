"""The report of attempts, for a reader whose reading is recorded."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gateway.audit.sql import SqlTrail
from gateway.outbound.counting.periods import Grain, Span
from gateway.outbound.counting.report import Report, outbound_report
from gateway.outbound.counting.sql import SqlCounts


@dataclass(frozen=True, slots=True)
class Reports:
    """Counts what waits in the spool, and reports."""

    counts: SqlCounts
    trail: SqlTrail
    take: Callable[[], Awaitable[object]]
    """Takes in what waits: `Upkeep.take`, which tells the metrics as well."""

    async def __call__(self, span: Span, grain: Grain, by: str) -> Report:
        """Return the report of whole months; the reading is recorded, or raises `AuditUnavailableError`."""
        await self.take()
        return await outbound_report(self.counts, self.trail, span, grain, by=by)
