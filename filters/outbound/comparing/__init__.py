"""Compiled policies before they are put in force: what changes, what they would cut, what they would have given."""

from filters.outbound.comparing.differences import differences
from filters.outbound.comparing.safety import Safety, safety
from filters.outbound.comparing.simulation import Counts, Simulation, simulate

__all__ = ["Counts", "Safety", "Simulation", "differences", "safety", "simulate"]
