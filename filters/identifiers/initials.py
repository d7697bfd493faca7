"""Initials: beside a name that was found, and where letters name who dictated and who typed.

An initial by itself says little; beside a surname it is half of a name: `Tavernier H.`, `Rochebrune (E.)`.
"""

import re
from collections.abc import Iterable, Iterator

from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import fold
from filters.identifiers.overlaps import PEOPLE

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_LETTER = r"[^\W\d_]"

_AFTER = re.compile(rf"[ \t]?[,(]?[ \t]?(?P<initials>{_LETTER}\.(?:[ \-]?{_LETTER}\.)?|(?<=\()[{_CAPITAL}])(?!\w)")
"""What follows a surname: with its full stop, since a letter alone may be a sex, a group, a grade."""

_BEFORE = re.compile(
    rf"(?<![{_CAPITAL}\d_.\-])(?P<initials>(?!MM?\.(?!-))[{_CAPITAL}][hlr]?\.(?:[ \-]?[{_CAPITAL}]\.)?)[ \t]?$"
)
"""What stands before one: `M.` alone is a title, `M.-T.` is not; of two letters, those that French first names have."""

_TITLES = frozenset({"pr.", "dr.", "mr."})

_LETTERS = rf"(?P<initials>[{_CAPITAL}]{{2,3}}/[a-zà-ÿ]{{2,3}})"
_SIGNED = (
    re.compile(
        r"(?i:frapp?[ée]?e?(?: par)?|tap[ée]e? par|saisie? par|dactylo\w*|initiales)[ \t]{0,2}:?[ \t]{0,2}"
        rf"(?P<initials>[{_CAPITAL}]{{2,3}}(?:/[{_CAPITAL}a-zà-ÿ]{{2,3}})?)(?!\w)"
    ),
    re.compile(rf"(?i:relue?|relecture|dict[ée]e?)[^\n]{{0,12}}[ \t\-–:]{{1,3}}{_LETTERS}(?!\w)"),
)
"""Letters of who dictated and who typed, after a word that says so."""
_ALONE = re.compile(rf"^[ \t]*{_LETTERS}[ \t]*$", re.MULTILINE)
"""The same on a line of their own, at the foot of a letter: where two abbreviations of care may stand as well."""

_SCORE = 0.6
_FAR = 12
"""Characters before a name that its initials may take."""


def initials(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Yield the initials beside the people of `found`, and those of who dictated or typed `text`."""
    people = [span for span in found if span.label in PEOPLE]
    for span in people:
        after = _AFTER.match(text, span.end)
        if after:
            yield _span(after, 0)
        start = max(0, span.start - _FAR)
        before = _BEFORE.search(text[start : span.start])
        if before and before["initials"].lower() not in _TITLES:
            yield _span(before, start)
    for shape in _SIGNED:
        yield from (_span(match, 0, Label.PERSONNE) for match in shape.finditer(text))
    for match in _ALONE.finditer(text):
        if not lists.is_clinical(fold(match["initials"].partition("/")[0])):
            yield _span(match, 0, Label.PERSONNE)


def _span(match: re.Match[str], shift: int, label: Label = Label.PRENOM) -> Span:
    return Span(match.start("initials") + shift, match.end("initials") + shift, label, _SCORE, "initials")
