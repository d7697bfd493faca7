"""Logs of the filters that a hospital already has, read as attempts to reach AI services. Streamed; nothing is kept."""

from filters.outbound.intake.engines import ENGINES, attempts

__all__ = ["ENGINES", "attempts"]
