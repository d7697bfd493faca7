"""What rounds beside each other say: the median of each figure, and of its ratio to another one of the same round."""

import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Round(NamedTuple):
    """What one target did in one round."""

    rate: float
    squid: float
    """Microseconds of processor that Squid took for each."""
    beside: float
    """The same of the programs that it asks."""


class Row(NamedTuple):
    """A target beside another one."""

    rate: float
    squid: float
    beside: float
    ratio: float
    """Median over the rounds of this rate by that of the other one: others on the machine slow both."""
    lowest: float
    highest: float


def rows(found: Mapping[str, Sequence[Round]], base: str) -> dict[str, Row]:
    """Return each target beside `base`."""
    made = {}
    for name, rounds in found.items():
        ratios = [one.rate / other.rate for one, other in zip(rounds, found[base], strict=True)]
        middle = (statistics.median(column) for column in zip(*rounds, strict=True))
        made[name] = Row(*middle, statistics.median(ratios), min(ratios), max(ratios))
    return made
