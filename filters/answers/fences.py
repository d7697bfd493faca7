"""Which lines of an answer are code between fences, for every renderer alike.

What is code is let through as it is, so a doubt counts as text: where a fence may be nested in a list, a quotation,
HTML or mathematics, renderers differ on where it ends, and after a line on which they would, nothing is code any more.
So does a line of code that begins as its end would, and is not the same signs just as far in.
"""

import re
from typing import Final

_FENCE: Final = re.compile(r"(?P<indent> *)(?P<mark>`{3,}(?=[^`]*$)|~{3,})(?P<rest>.*)$")
_NESTED: Final = re.compile(r" *[\t>*+\-\d][\s>*+\-\d.)]*(?:`{3,}(?=[^`]*$)|~{3,})")
_HTML: Final = re.compile(r"[\s>*+\-\d.)]*<[A-Za-z/!?]")
_DEEPEST: Final = 3
"""Blanks before a fence from which it may be no fence, but indented text."""


class Fences:
    """Told of each line once it is whole."""

    def __init__(self) -> None:
        self.code = False
        self.indent = 0
        """Blanks that every line of this code begins with."""
        self._mark = ""
        self._lost = False
        self._html = self._math = False
        self._foreign: tuple[int, str] | None = None
        """A fence too deep to be trusted, until it is closed."""

    def broken(self) -> None:
        """Note that renderers may differ from here on, as where a line of code begins before its fence does."""
        self.code, self._foreign, self._lost = False, None, True

    def line(self, line: str) -> None:
        """Take note of a whole line, without its end."""
        if self.code:
            self._in_code(line)
        elif self._foreign is not None:
            self._in_foreign(line, *self._foreign)
        elif not self._lost:
            self._outside(line)

    def _outside(self, line: str) -> None:
        fence = _FENCE.match(line)
        if fence is None:
            self._lost = _NESTED.match(line) is not None
            self._note(line)
        elif self._html or self._math:
            self._lost = True
        elif len(fence["indent"]) > _DEEPEST:
            self._foreign = len(fence["indent"]), fence["mark"]
        else:
            self.code, self.indent, self._mark = True, len(fence["indent"]), fence["mark"]

    def _in_code(self, line: str) -> None:
        if line.strip().startswith(self._mark):
            if self._closes(line, self._mark, self.indent, _DEEPEST):
                self.code = False
            else:
                self.broken()

    def _in_foreign(self, line: str, indent: int, mark: str) -> None:
        if self._closes(line, mark, indent, indent):
            self._foreign = None
        elif line.strip().startswith(mark) or (line.strip() and len(line) - len(line.lstrip(" ")) < indent):
            self.broken()

    def _note(self, line: str) -> None:
        bare = line.strip()
        self._html = bool(bare) and (self._html or _HTML.match(line) is not None)
        if bare.startswith(("$$", "\\[")) and not self._math:
            self._math = not (len(bare) > len("$$") and bare.endswith(("$$", "\\]")))
        elif self._math and bare.endswith(("$$", "\\]")):
            self._math = False

    @staticmethod
    def _closes(line: str, mark: str, least: int, most: int) -> bool:
        bare = line.lstrip(" ")
        return bare.rstrip(" \t") == mark and least <= len(line) - len(bare) <= most
