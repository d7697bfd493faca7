"""A text that remembers what was looked for in it: shapes ask for the same numbers and surroundings again and again."""

import re
from collections.abc import Callable

Test = Callable[[re.Match[str]], bool]


class Page(str):
    """A text with what recognisers have found out about it; a string, so that expressions search it as it is.

    It lives as long as the reading of its text, and what it remembers goes with it: matches hold the plain text, not
    this, which would keep itself alive in a circle until the collector comes by.
    """

    __slots__ = ("_matches", "_text", "left", "lowered")

    def __init__(self, text: str) -> None:
        self._text = str(text)
        self.lowered = text.lower()
        self.left: dict[int, str] = {}
        """What stands before a place, as `context.left_of` tells it."""
        self._matches: dict[tuple[re.Pattern[str], re.Pattern[str] | None, Test | None], list[re.Match[str]]] = {}

    def matches(
        self, pattern: re.Pattern[str], opening: re.Pattern[str] | None = None, test: Test | None = None
    ) -> list[re.Match[str]]:
        """Return where the pattern stands and passes the test; with an `opening`, looked for only where that stands."""
        key = (pattern, opening, test)
        found = self._matches.get(key)
        if found is None:
            if test is not None:
                found = [match for match in self.matches(pattern, opening) if test(match)]
            elif opening is not None:
                found = self._opened(pattern, opening)
            else:
                found = list(pattern.finditer(self._text))
            self._matches[key] = found
        return found

    def _opened(self, pattern: re.Pattern[str], opening: re.Pattern[str]) -> list[re.Match[str]]:
        found: list[re.Match[str]] = []
        end = 0
        for place in self.matches(opening):
            if place.start() >= end and (match := pattern.match(self._text, place.start())):
                found.append(match)
                end = match.end()
        return found
