"""One way to write a value: its letters and digits in order, and what may stand between and around them.

Forms are compared with the letters and digits of a text, so that spaces, hyphens, dots and line ends need no form of
their own. They are strings, never regular expressions made of them: Python keeps the expressions that it compiles,
and a patient's name would outlive the request.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TypeAlias

from filters.identifiers.entity import Label
from filters.identifiers.known.reading import Reading, digits_and_letters

Judge: TypeAlias = Callable[[Reading, int, int], tuple[int, int] | None]
"""Looks around a finding: where it really starts and ends, or None where it is something else."""


@dataclass(frozen=True, slots=True, repr=False)
class Form:
    """The parts of a value, and the rules under which their letters and digits are that value."""

    parts: tuple[str, ...]
    label: Label
    gap: int = 4
    """The most characters between two letters or digits."""
    whole: bool = True
    """Whether it must not begin or end inside a longer word or number."""
    apart: bool = False
    """Whether something stands between the parts and nothing inside them: `1/2/51`, which as `1251` says nothing."""
    judge: Judge | None = None

    key: str = field(init=False)
    _joints: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Work out what is sought."""
        parts = [digits_and_letters(part) for part in self.parts]
        object.__setattr__(self, "key", "".join(parts))
        object.__setattr__(self, "_joints", frozenset(accumulate(map(len, parts))))

    def find(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Yield where the folded text holds this form."""
        at = reading.compact.find(self.key) if self.key else -1
        while at >= 0:
            if (found := self._found(reading, at)) is not None:
                yield found
            at = reading.compact.find(self.key, at + 1)

    def _found(self, reading: Reading, at: int) -> tuple[int, int] | None:
        places = reading.places[at : at + len(self.key)]
        start, end = places[0], places[-1] + 1
        if self.apart or end - start > len(self.key):
            gaps = [right - left - 1 for left, right in pairwise(places)]
            if max(gaps, default=0) > self.gap or (self.apart and not self._is_apart(gaps)):
                return None
        if self.whole and (_goes_on(reading.folded, start) or _goes_on(reading.folded, end)):
            return None
        return self.judge(reading, start, end) if self.judge else (start, end)

    def _is_apart(self, gaps: list[int]) -> bool:
        return all((gap > 0) == (index in self._joints) for index, gap in enumerate(gaps, start=1))


def _goes_on(text: str, at: int) -> bool:
    """Return whether a word, or a number, goes on from one side of a place to the other."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return (left.isdigit() and right.isdigit()) or (left.isalpha() and right.isalpha())
