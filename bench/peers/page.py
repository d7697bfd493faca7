"""The figures as tables, and their place in the page on performance."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.peers.checks import Leak
from bench.peers.figures import PIECES, Cell, Row, Spread
from bench.processes import Memory

BEGIN, END = "<!-- peers -->", "<!-- end of peers -->"
STREAM = "stream"


class Whole(NamedTuple):
    """What is said of a target over all kinds of work."""

    name: str
    masks: bool
    leak: Leak
    wrong: int
    read: int
    errors: int
    memory: Memory


@dataclass
class Results:
    """All that a run found."""

    base: str
    whole: Mapping[str, Whole]
    rows: Mapping[Cell, Mapping[str, Row]]
    missing: Mapping[str, str] = field(default_factory=dict)
    """By name: why it could not be measured."""
    note: str = ""
    """How the run was made."""


def page(text: str, results: Results) -> str:
    """Return the page with new figures between its two marks."""
    head, rest = text.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n" + "\n".join(tables(results)) + f"\n{END}{tail}"


def tables(results: Results) -> Iterator[str]:
    """Yield the lines of all tables."""
    yield f"{results.note}\n"
    yield from summary(results)
    base = results.whole[results.base].name if results.base in results.whole else results.base
    for cell, by in results.rows.items():
        yield f"\n**{cell.load}, {cell.callers} at once**\n"
        yield from (_streams if cell.load == STREAM else _answers)(results.whole, by, base)


def summary(results: Results) -> Iterator[str]:
    """Yield what is said of each target over all kinds of work, those that could not be measured included."""
    yield "| gateway | identifiers leaked to the model | echoes that came back wrong | errors | PSS MiB | RSS MiB |"
    yield "|---|---|---|---|---|---|"
    for one in results.whole.values():
        share = f"{one.leak.share:.1%} of {one.leak.sent}" if one.leak.sent else "nothing reached it"
        leaked = share if one.masks or not one.leak.sent else f"{one.leak.share:.0%}: does not mask"
        yield (
            f"| {one.name} | {leaked} | {one.wrong} of {one.read} | {one.errors} "
            f"| {one.memory.pss:.0f} | {one.memory.rss:.0f} |"
        )
    for name, why in results.missing.items():
        yield f"| {name} | not measured: {why.replace('|', '/')} | | | | |"


def _answers(names: Mapping[str, Whole], by: Mapping[str, Row], base: str) -> Iterator[str]:
    yield f"| gateway | req/s | by {base}'s | p50 ms | p99 ms | CPU ms a request | by {base}'s | wrong | errors |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, row in by.items():
        yield _line(
            names[name].name, number(row.rate.middle), ranged(row.rate_ratio), number(row.p50), number(row.p99),
            number(row.cpu.middle), ranged(row.cpu_ratio), wrong(row), str(row.errors),
        )  # fmt: skip


def _streams(names: Mapping[str, Whole], by: Mapping[str, Row], base: str) -> Iterator[str]:
    yield (
        f"| gateway | first token p50 ms | whole p50 ms | whole p99 ms | CPU µs a chunk | by {base}'s "
        "| pieces that came | wrong | errors |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, row in by.items():
        yield _line(
            names[name].name, number(row.first), number(row.p50), number(row.p99),
            number(row.cpu.middle * 1000 / PIECES), ranged(row.cpu_ratio), number(row.pieces), wrong(row),
            str(row.errors),
        )  # fmt: skip


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def wrong(row: Row) -> str:
    """Return how many answers were wrong, of those that were read."""
    return f"{row.wrong} of {row.read}" if row.read else "–"


def number(value: float, digits: int = 3) -> str:
    """Return a figure with the digits that count; a dash for none."""
    if math.isnan(value) or not value:
        return "–"
    return f"{value:.{max(0, digits - 1 - math.floor(math.log10(abs(value))))}f}"


def ranged(spread: Spread | None) -> str:
    """Return a ratio with its range over rounds."""
    if spread is None:
        return "–"
    middle, lowest, highest = (number(value, 2) for value in spread)
    return f"{middle} ({lowest} to {highest})"


def gathered(cells: Sequence[Mapping[str, Row]], name: str) -> tuple[int, int, int]:
    """Return wrong answers, answers read and errors of a target over all kinds of work."""
    rows = [by[name] for by in cells if name in by]
    return sum(row.wrong for row in rows), sum(row.read for row in rows), sum(row.errors for row in rows)
