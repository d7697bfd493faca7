"""Builds each long-lived object once; the only place that picks implementations."""

from gateway.wiring.house import build

__all__ = ["build"]
