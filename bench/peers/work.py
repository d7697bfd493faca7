"""The kinds of work: texts never sent before, a history that is new or sent again, streams."""

import random
from collections.abc import Sequence

from bench.peers.figures import Cell
from bench.peers.notes import LONG, SHORT, Talk, history, talk

LOADS = ("short", "long", "history, new", "history, sent again", "stream")
CELLS = (
    Cell("short", 16),
    Cell("long", 1),
    Cell("long", 16),
    Cell("long", 64),
    Cell("history, new", 1),
    Cell("history, sent again", 1),
    Cell("stream", 16),
)
"""What is measured unless something else is asked for."""

AGAIN = 8
"""Conversations that go on, where a history is sent again."""

_TEXTS = {"short": 3_000, "long": 3_000, "history, new": 600, "history, sent again": 600, "stream": 300}
"""More than a gateway that masks can answer in a window; one that does not read texts may get one again."""


def talks(draw: random.Random, load: str) -> list[Talk]:
    """Return the requests of a window, in order."""
    count = _TEXTS[load]
    if load == "history, new":
        return [talk(draw, SHORT, before=history(draw)) for _ in range(count)]
    if load == "history, sent again":
        before = [history(draw) for _ in range(AGAIN)]
        return [talk(draw, SHORT, before=before[number % AGAIN]) for number in range(count)]
    return [talk(draw, SHORT if load == "short" else LONG) for _ in range(count)]


def primed(load: str, texts: Sequence[Talk]) -> list[Talk]:
    """Return what is sent before the window opens: each history once, where it is to be known; else nothing."""
    if load != "history, sent again":
        return []
    return [Talk(one.messages[:-2]) for one in texts[:AGAIN]]
