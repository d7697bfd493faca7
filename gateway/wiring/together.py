"""What a process shares with the others that serve the same address."""

from dataclasses import dataclass
from pathlib import Path

from gateway.tallies import Tallies


@dataclass(frozen=True, slots=True)
class Together:
    """Counts, and detectors that are loaded once."""

    tallies: Tallies
    nursery: Path
    """The address of what has loaded the detectors."""
