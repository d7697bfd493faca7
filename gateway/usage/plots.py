"""The plots of the report, as SVG to stand inside a page."""

import io
import re
import textwrap
from collections.abc import Sequence
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from gateway.usage.disclosure import Cell
from gateway.usage.words import shown

BLUE: Final = "#1f5c7a"
PALE: Final = "#b9cfda"
INK: Final = "#22303a"

_STYLE: Final = {
    # Letters stay letters: they can be read aloud and searched for, and take the page's typeface.
    "svg.fonttype": "none",
    "svg.hashsalt": "ecluse",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.edgecolor": "#9aa8b1",
}
ROWS: Final = 12
"""Bars shown; the table beside the plot holds every row."""
LABEL: Final = 34
"""Characters on a line of a label; two lines at most, since the table holds the whole of it."""


def bars(rows: Sequence[tuple[str, Cell, Cell]]) -> str:
    """Return horizontal bars, this month over the month before; a hidden count has a dotted outline and its words."""
    rows = rows[:ROWS]
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.2, 0.7 + 0.44 * len(rows)), layout="constrained")
        axes = figure.add_subplot()
        largest = max([cell.count or 0 for row in rows for cell in row[1:]], default=0) or 1
        for place, (_, now, before) in enumerate(rows):
            _bar(axes, place - 0.18, now, largest, BLUE)
            _bar(axes, place + 0.2, before, largest, PALE)
        axes.set_yticks(range(len(rows)), ["\n".join(textwrap.wrap(row[0], LABEL)[:2]) for row in rows])
        axes.set_xlim(0, largest * 1.15)
        axes.invert_yaxis()
        axes.tick_params(left=False, bottom=False, labelbottom=False)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        return _svg(figure)


def columns(rows: Sequence[tuple[str, Cell]]) -> str:
    """Return one column for each period, in order."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.2, 2.6), layout="constrained")
        axes = figure.add_subplot()
        largest = max([cell.count or 0 for _, cell in rows], default=0) or 1
        axes.bar(range(len(rows)), [cell.count or 0 for _, cell in rows], color=BLUE, width=0.72)
        for place, (_, cell) in enumerate(rows):
            if cell.count is None:
                axes.text(place, largest * 0.02, shown(cell), ha="center", va="bottom", fontsize=8, style="italic")
        step = max(1, len(rows) // 10)
        axes.set_xticks(range(0, len(rows), step), [name for name, _ in rows[::step]])
        axes.set_ylim(0, largest * 1.1)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
        axes.grid(axis="y", color="#e1e7ea", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.tick_params(left=False, bottom=False)
        axes.spines[["top", "right", "left"]].set_visible(False)
        return _svg(figure)


def _bar(axes: Axes, place: float, cell: Cell, largest: int, colour: str) -> None:
    if cell.count is None:
        axes.barh(place, largest * 0.03, height=0.34, facecolor="none", edgecolor=colour, linestyle=":")
    else:
        axes.barh(place, cell.count, height=0.34, color=colour)
    end = largest * 0.03 if cell.count is None else cell.count
    axes.text(end + largest * 0.01, place, shown(cell), va="center", fontsize=8.5)


def _svg(figure: Figure) -> str:
    out = io.StringIO()
    FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    # The title and the table beside it say what it shows; the drawing itself is one image.
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
