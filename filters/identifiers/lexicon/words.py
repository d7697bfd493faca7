"""A text as words: where each stands, how it is written, what separates it from the next."""

import re
from dataclasses import dataclass, field

from filters.identifiers.lexicon.folding import fold

_WORD = re.compile(
    r"(?:(?:[ldjmtsc]|[LDJMTSC]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|n)'(?=\w))"  # an elided word is a word of its own
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\d+(?:[.,]\d+)*"
)


@dataclass(slots=True, eq=False)
class Word:
    """A word of a text: letters with inner apostrophes, a number, or an elided article. Hyphens separate words.

    What every recogniser asks of a word is worked out once, when it is read.
    """

    start: int
    end: int
    text: str
    before: str
    """What stands between the word before and this one."""

    folded: str = field(init=False)
    """The form in which words are compared."""
    upper: bool = field(init=False)
    """Whether it is written in capitals, at least two of them."""
    capital: bool = field(init=False)
    """Whether it opens with a capital and goes on in lower case."""
    lower: bool = field(init=False)
    """Whether it holds no capital."""
    letter: bool = field(init=False)
    """Whether it is a single capital letter, as initials are."""
    number: bool = field(init=False)
    """Whether it is written in digits."""

    def __post_init__(self) -> None:
        """Work out how the word is written."""
        text = self.text
        several, capitals, first = len(text) > 1, text.isupper(), text[0]
        self.folded = fold(text)
        self.upper = several and capitals
        self.capital = several and not capitals and first.isupper()
        self.lower = text.islower()
        self.letter = capitals and not several
        self.number = first.isdigit()


def read(text: str) -> tuple[Word, ...]:
    """Return the words of `text`, in order. Apostrophes are expected to be plain (see `folding.clean`)."""
    words: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        words.append(Word(match.start(), match.end(), match[0], text[last : match.start()]))
        last = match.end()
    return tuple(words)
