"""A drawing of two figures for each gateway: answers a second and processor time for each, on logarithmic scales."""

import math
from collections.abc import Iterator, Mapping
from html import escape

from bench.peers.figures import Row, Spread
from bench.peers.page import number as digits

WIDTH, LINE, LABELS, PANEL, TOP = 860, 30, 190, 280, 64
GAP = 48
MASKS, PLAIN = "#0b5cad", "#8a8f98"


def svg(rows: Mapping[str, tuple[bool, Row]], title: str) -> str:
    """Return the drawing; `rows` says by name whether a gateway masks, and its figures."""
    height = TOP + LINE * len(rows) + 40
    size = f'viewBox="0 0 {WIDTH} {height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13" fill="#222">',
        f'<title>{escape(title)}</title><rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="8" y="20" font-weight="bold">{escape(title)}</text>',
    ]
    for number, name in enumerate(rows):
        lines.append(f'<text x="{LABELS - 10}" y="{_y(number) + 4}" text-anchor="end">{escape(name)}</text>')
    lines += _panel(LABELS, "answers a second", {name: (masks, row.rate) for name, (masks, row) in rows.items()})
    lines += _panel(
        LABELS + PANEL + GAP,
        "ms of processor an answer",
        {name: (masks, row.cpu) for name, (masks, row) in rows.items()},
    )
    lines.append(
        f'<text x="8" y="{height - 10}" font-size="12"><tspan fill="{MASKS}">●</tspan> masks '
        f'<tspan fill="{PLAIN}">●</tspan> does not; lines: lowest to highest round</text></svg>'
    )
    return "\n".join(lines) + "\n"


def decades(values: list[float]) -> tuple[int, int]:
    """Return the powers of ten between which all values lie."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _panel(left: int, title: str, rows: Mapping[str, tuple[bool, Spread]]) -> Iterator[str]:
    shown = {number: (masks, one) for number, (masks, one) in enumerate(rows.values()) if one.lowest > 0}
    if not shown:
        return
    low, high = decades([value for _, one in shown.values() for value in one])

    def x(value: float) -> float:
        return round(left + (math.log10(value) - low) / (high - low) * (PANEL - 40), 1)

    bottom = TOP + LINE * len(rows)
    yield f'<text x="{left}" y="{TOP - 24}" font-size="12">{title}</text>'
    for power in range(low, high + 1):
        at = x(10.0**power)
        yield f'<line x1="{at}" x2="{at}" y1="{TOP}" y2="{bottom}" stroke="#e2e4e8"/>'
        yield f'<text x="{at}" y="{TOP - 6}" font-size="11" fill="#666" text-anchor="middle">{10.0**power:g}</text>'
    for number, (masks, one) in shown.items():
        colour, y = MASKS if masks else PLAIN, _y(number)
        yield f'<line x1="{x(one.lowest)}" x2="{x(one.highest)}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>'
        yield f'<circle cx="{x(one.middle)}" cy="{y}" r="5" fill="{colour}"/>'
        yield f'<text x="{x(one.middle) + 9}" y="{y - 6}" font-size="11">{digits(one.middle)}</text>'


def _y(number: int) -> int:
    return TOP + LINE * number + LINE // 2
