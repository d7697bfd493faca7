"""A text as tokens: runs of letters, runs of digits, line ends, and every other sign by itself."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\n|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Token:
    """Characters `start` to `end` of a text, and how they are parted from the token before."""

    start: int
    end: int
    text: str
    gap: int
    """Blanks before it, two at most."""


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text`, in order; blanks are none, a line end is one."""
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        found.append(Token(start, end, match[0], min(start - last, 2)))
        last = end
    return found
