"""A text as tokens: runs of letters, runs of digits, line ends, and every other sign by itself.

A capital after a small letter opens another token: `DrLombardo` is what is left of `Dr Lombardo` in many a PDF.
"""

import re
import unicodedata
from dataclasses import dataclass

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_NUMERALS = "".join(sign for sign in map(chr, range(0x10000)) if unicodedata.category(sign) in {"No", "Nl"})
"""Half, squared, Roman eight: letters to an expression, and part of no word."""
_LETTER = rf"[^\W\d_{_CAPITAL}{_NUMERALS}]"
_TOKEN = re.compile(rf"[{_CAPITAL}]+{_LETTER}*|{_LETTER}+|\d+|\n|[^\w\s]|_|\w")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, in order: where each begins and ends, and what it says.

    Three lists, not one of objects: a text has many tokens, and few of them are looked at one by one.
    """

    starts: list[int]
    ends: list[int]
    texts: list[str]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.starts)


def tokens(text: str) -> Tokens:
    """Return the tokens of `text`; blanks are none, a line end is one."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    return Tokens([start for start, _ in spans], [end for _, end in spans], [text[start:end] for start, end in spans])
