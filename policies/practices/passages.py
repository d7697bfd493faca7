"""A text as passages short enough to be judged whole: as one where it fits, else cut at the ends of sentences."""

import re
from collections.abc import Iterator

LONGEST = 600
"""Characters of a passage."""

_OVERLAP = 200
"""Characters that consecutive passages share, at least where sentences allow it."""

_END = re.compile(r"[.!?;:]\s|\n")


def passages(text: str) -> Iterator[str]:
    """Yield pieces of at most `LONGEST` characters that cover the text.

    Consecutive ones overlap, so that what stands at the border of one is seen whole in the other.
    """
    start = 0
    while start < len(text):
        end = start + LONGEST
        if text[start:end].strip():
            yield text[start:end]
        if end >= len(text):
            return
        start = _next_start(text, end - _OVERLAP)


def _next_start(text: str, wanted: int) -> int:
    """Return the place after the last end of a sentence before `wanted`, no more than `_OVERLAP` earlier."""
    ends = [match.end() for match in _END.finditer(text, wanted - _OVERLAP, wanted)]
    return ends[-1] if ends else wanted
