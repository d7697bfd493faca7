"""A text as words: where each stands, how it is written, what separates it from the next."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from filters.identifiers.lexicon.folding import fold

_WORD = re.compile(
    r"(?:(?:[ldjmtsc]|[LDJMTSC]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|n)'(?=\w))"  # an elided word is a word of its own
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*"
)


@dataclass(frozen=True)
class Word:
    """A word of a text: letters with inner apostrophes, a number, or an elided article. Hyphens separate words."""

    start: int
    end: int
    text: str
    before: str
    """What stands between the word before and this one."""

    @cached_property
    def folded(self) -> str:
        """The form in which words are compared."""
        return fold(self.text)

    @cached_property
    def upper(self) -> bool:
        """Whether it is written in capitals, at least two of them."""
        return len(self.text) > 1 and self.text.isupper()

    @cached_property
    def capital(self) -> bool:
        """Whether it opens with a capital and goes on in lower case."""
        return len(self.text) > 1 and self.text[0].isupper() and not self.text.isupper()

    @cached_property
    def lower(self) -> bool:
        """Whether it holds no capital."""
        return self.text.islower()

    @cached_property
    def letter(self) -> bool:
        """Whether it is a single capital letter, as initials are."""
        return len(self.text) == 1 and self.text.isupper()

    @cached_property
    def number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()


def read(text: str) -> tuple[Word, ...]:
    """Return the words of `text`, in order. Apostrophes are expected to be plain (see `folding.clean`)."""
    words: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        words.append(Word(match.start(), match.end(), match[0], text[last : match.start()]))
        last = match.end()
    return tuple(words)


def within(words: Sequence[Word], start: int, end: int) -> range:
    """Return the indices of the words that lie whole between two offsets; `words` are in order."""
    first = bisect_left(words, start, key=lambda word: word.start)
    return range(first, max(first, bisect_right(words, end, key=lambda word: word.end)))
