"""Builds each long-lived object once; the only place that picks implementations."""

from gateway.wiring.house import build
from gateway.wiring.together import Together

__all__ = ["Together", "build"]
