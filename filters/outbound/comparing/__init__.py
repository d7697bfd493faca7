"""Compiled policies before they are put in force: what changes, what they would cut, what they would have given."""

from filters.outbound.comparing.differences import differences
from filters.outbound.comparing.providers import LOCAL, hosts_of
from filters.outbound.comparing.safety import Safety, safety
from filters.outbound.comparing.simulation import Counts, Simulation, simulate

__all__ = ["LOCAL", "Counts", "Safety", "Simulation", "differences", "hosts_of", "safety", "simulate"]
