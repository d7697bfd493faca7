"""What rounds beside each other say: medians, pooled percentiles, and ratios within each round with their range."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

PIECES = 300
"""Of each streamed answer, as the upstream sends it."""


class Cell(NamedTuple):
    """One kind of work, by so many callers at once."""

    load: str
    callers: int


@dataclass(frozen=True)
class Round:
    """What one target did with one kind of work in one round."""

    rate: float
    cpu: float
    """Milliseconds of processor for each answer, of all that belongs to the gateway."""
    whole: Sequence[float]
    first: Sequence[float]
    errors: int
    wrong: int
    read: int
    """Answers that were compared with what was sent."""
    pieces: float = 0.0
    """In how many pieces a stream came, at the median."""


class Spread(NamedTuple):
    """A figure over rounds."""

    middle: float
    lowest: float
    highest: float


class Row(NamedTuple):
    """A target in a cell."""

    rate: Spread
    cpu: Spread
    rate_ratio: Spread | None
    """By the base's of the same round: others on the machine slow both."""
    cpu_ratio: Spread | None
    p50: float
    p99: float
    """Of all rounds together; from few answers it is an indication."""
    first: float
    answers: int
    errors: int
    wrong: int
    read: int
    pieces: float


Found = Mapping[Cell, Mapping[str, Sequence[Round]]]
"""By kind of work and target: its rounds, in order."""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which so large a share lies; not a number where there are none."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def spread(values: Sequence[float]) -> Spread | None:
    """Return median and range; None where there is no value."""
    return Spread(statistics.median(values), min(values), max(values)) if values else None


def ratios(ours: Sequence[Round], base: Sequence[Round], of: Callable[[Round], float]) -> Spread | None:
    """Return our figure by the base's of the same round, over the rounds in which both answered."""
    return spread([of(one) / of(other) for one, other in zip(ours, base, strict=True) if of(one) and of(other)])


def row(rounds: Sequence[Round], base: Sequence[Round] | None) -> Row:
    """Return the figures of one target."""
    answered = [one for one in rounds if one.whole]
    whole = [value for one in rounds for value in one.whole]
    first = [value for one in rounds for value in one.first]
    nothing = Spread(0.0, 0.0, 0.0)
    return Row(
        rate=spread([one.rate for one in rounds]) or nothing,
        cpu=spread([one.cpu for one in answered]) or nothing,
        rate_ratio=ratios(rounds, base, lambda one: one.rate) if base else None,
        cpu_ratio=ratios(rounds, base, lambda one: one.cpu) if base else None,
        p50=percentile(whole, 0.5),
        p99=percentile(whole, 0.99),
        first=percentile(first, 0.5),
        answers=len(whole),
        errors=sum(one.errors for one in rounds),
        wrong=sum(one.wrong for one in rounds),
        read=sum(one.read for one in rounds),
        pieces=statistics.median([one.pieces for one in answered]) if answered else 0.0,
    )


def rows(found: Found, base: str) -> dict[Cell, dict[str, Row]]:
    """Return the figures of every target in every cell beside `base`, where that was measured."""
    return {cell: {name: row(rounds, by.get(base)) for name, rounds in by.items()} for cell, by in found.items()}
