"""The rule that keeps a count from pointing at somebody. Pure.

A count below the threshold is shown `< 5`. Where the hidden cells of a column could be worked out from its total, the
smallest cell shown beside them is hidden as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

THRESHOLD: Final = 5
"""Fewer requests than this may be the work of one person on one patient."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A count as it may be shown: None is hidden."""

    count: int | None
    small: bool = False
    """Whether it is hidden for being below the threshold, and not to protect another cell."""

    @property
    def text(self) -> str:
        """Return what a reader sees."""
        if self.count is not None:
            return str(self.count)
        return f"< {THRESHOLD}" if self.small else "masqué"


def single(count: int) -> Cell:
    """Return a count that stands alone; nothing happened is no secret."""
    return Cell(count) if count == 0 or count >= THRESHOLD else Cell(None, small=True)


def part(count: int, whole: int) -> Cell:
    """Return a count of some among `whole`, which is hidden as well where it would tell how few the others are."""
    telling = 0 < whole - count < THRESHOLD <= count
    return Cell(None) if telling else single(count)


def parts(counts: Mapping[str, int], wholes: Mapping[str, int]) -> dict[str, Cell]:
    """Return counts of some among each of `wholes`, such that no hidden one can be worked out from their total."""
    cells = {name: part(counts[name], wholes[name]) for name in counts}
    if part(sum(counts.values()), sum(wholes.values())).count is None:
        return cells
    # A zero is hidden last: it says the least.
    shown = sorted((count == 0, count, name) for name, count in counts.items() if cells[name].count is not None)
    while shown and _given_away({name: counts[name] for name in counts if cells[name].count is None}, cells, wholes):
        cells[shown.pop(0)[2]] = Cell(None)
    return cells


def _given_away(hidden: Mapping[str, int], cells: Mapping[str, Cell], wholes: Mapping[str, int]) -> bool:
    """Return whether the sum of `hidden`, and what their cells say, leave one of them a single value."""
    bounds = {name: (1, THRESHOLD - 1) if cells[name].small else (0, wholes[name]) for name in hidden}
    total, least = sum(hidden.values()), sum(low for low, _ in bounds.values())
    most = sum(high for _, high in bounds.values())
    return any(max(low, total - most + high) == min(high, total - least + low) for low, high in bounds.values())


def column(counts: Mapping[str, int]) -> dict[str, Cell]:
    """Return counts that add up to a known total, such that no hidden one can be worked out from the others."""
    cells = {name: single(count) for name, count in counts.items()}
    hidden = [name for name, cell in cells.items() if cell.count is None]
    if sum(counts.values()) < THRESHOLD or not hidden or not _worked_out([counts[name] for name in hidden]):
        return cells
    # A zero is hidden only where nothing else can be; where nothing is shown at all, one cell stops saying `< 5`.
    others = sorted((counts[name] == 0, counts[name], name) for name, cell in cells.items() if cell.count is not None)
    cells[others[0][2] if others else hidden[-1]] = Cell(None)
    return cells


def _worked_out(hidden: list[int]) -> bool:
    """Return whether one sum, and knowing that each is from 1 to 4, gives hidden counts away."""
    return len(hidden) == 1 or sum(hidden) < THRESHOLD or sum(hidden) in {len(hidden), (THRESHOLD - 1) * len(hidden)}
