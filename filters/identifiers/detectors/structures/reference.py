"""References to articles: their authors, titles and years are in print, and nobody of the record.

Told by the end that the Vancouver style gives them, `2009;32(7):1335-43`, and by authors written with their initials
after their names. Where either is missing, what stands there is read like any other text.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.structures.structure import Field, Structure

_INITIALS = r"(?:[A-Z]{1,3}|(?:[A-Z]\.[ -]?){1,3})"
_PART = r"[A-ZÀ-Þ][\w'’-]{1,30}"
_AUTHOR = rf"(?:(?:de|van|von|der|la|le|el|ben|al)[ -]){{0,2}}{_PART}(?: {_PART})? {_INITIALS}"
_AUTHORS = re.compile(rf"(?<!\w){_AUTHOR}(?:, {_AUTHOR}){{0,30}}(?:,? et (?:al|coll)\b)?\.?(?= )")
_END = re.compile(
    r"(?:19|20)\d\d(?: [A-Z][a-zé]{2,8}\.?(?: \d{1,2})?)? ?; ?\d{1,4} ?(?:\([^()\n]{1,12}\))?"
    r" ?: ?\w{1,7}(?:[-–]\w{1,6})?"
)
_HOUR = re.compile(r"; ?\d{1,2} ?: ?[0-5]\d$")
"""Neither an issue nor a range of pages: it may be a date and a time of day."""
_TITLE = re.compile(r"[^\n]{5,}?[.?!] ?[^\n]{2,}")
"""A title and a journal: two pieces at least."""
_LONGEST_TITLE = 400
"""Characters between the last author and the year."""
_AHEAD = 40
"""Characters before the first author on a line, or since the last reference: a number, a link, a heading."""


class Reference(Structure):
    """Finds references in the Vancouver style; nothing in them is a guess worth masking."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield each reference as PLAIN, from its first author to its pages."""
        last = 0
        for end in _END.finditer(text):
            start = max(last, text.rfind("\n", last, end.start()) + 1)
            authors = _AUTHORS.search(text, start, min(end.start(), start + _AHEAD + _LONGEST_TITLE))
            last = end.end()
            if _HOUR.search(end[0]):
                continue
            if authors is None or authors.start() - start > _AHEAD or end.start() - authors.end() > _LONGEST_TITLE:
                continue
            if _TITLE.match(text, authors.end(), end.start()):
                yield Field(authors.start(), end.end(), None)
