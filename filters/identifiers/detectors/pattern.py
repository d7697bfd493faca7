"""Recognisers made of shapes: how an identifier is written, and what must stand around it to be believed.

A checksum or a label word raises a score and never gates one: in real headers most keys are wrong, and staff drop them.
Every quantifier is bounded, so that reading time grows with the length of the text and nothing else.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from presidio_analyzer import AnalysisExplanation, LocalRecognizer, RecognizerResult
from typing_extensions import override

from filters.identifiers.detectors.context import left_of, right_of
from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.page import Page
from filters.identifiers.entity import Label

THRESHOLD = 0.5
"""A finding under this is no finding: shapes start below it where they are ambiguous."""

SPACE = r"[ \t\u00a0\u2009\u202f]"
JOIN = rf"(?:{SPACE}?[.\-/|\u2010\u2011\u2013]{SPACE}?|{SPACE}{{0,2}})"
"""What people write between two digits of one number; never a line end."""


def digits(count: int, digit: str = r"\d", join: str = JOIN) -> str:
    """Return a pattern for `count` digits, joined or not."""
    return rf"{digit}(?:{join}{digit}){{{count - 1}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    r"""One way in which an identifier is written; its group `value`, or its unnamed group, is the identifier.

    Patterns open with a character class and look behind after it (`[0-9](?<!\d.)`, not `(?<!\d)\d`):
    the regular expression engine then skips to candidates, many times faster on prose.
    """

    name: str
    pattern: re.Pattern[str]
    score: float
    label: Label | None = None
    context: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    with_context: float = 0.9
    against: re.Pattern[str] | None = None
    plausible: Callable[[re.Match[str]], bool] | None = None
    checksum: Callable[[str], bool] | None = None
    with_checksum: float = 0.99
    requires: tuple[str, ...] = ()
    """Signs, in lower case; a text without any of them holds no such thing, and is not searched with the pattern."""
    opening: re.Pattern[str] | None = None
    """What the pattern opens with, where several shapes share it: looked for once for all of them."""
    _group: str | int = field(init=False)

    def __post_init__(self) -> None:
        """Work out which group is the identifier; groups with another name only serve the pattern itself."""
        unnamed = 1 if self.pattern.groups > len(self.pattern.groupindex) else 0
        object.__setattr__(self, "_group", "value" if "value" in self.pattern.groupindex else unnamed)

    def find(self, text: str) -> Iterator["Finding"]:
        """Yield what this shape finds in `text`, at or above the threshold."""
        page = text if isinstance(text, Page) else Page(text)
        if self.requires and not any(sign in page.lowered for sign in self.requires):
            return
        for match in page.matches(self.pattern, self.opening, self.plausible):
            start, end = match.span(self._group)
            score = self.judge(page, start, end)
            if score >= THRESHOLD:
                yield Finding(start, end, score, self)

    def judge(self, text: str, start: int, end: int) -> float:
        """Return how sure it is that the characters from `start` to `end` are this identifier."""
        score = self.score
        if self.checksum is not None and self.checksum(text[start:end]):
            score = max(score, self.with_checksum)
        left = left_of(text, start) if self.context or self.against else ""
        if self.context is not None and self.context.search(left):
            return max(score, self.with_context)
        if self.after is not None and self.after.search(right_of(text, end)):
            return max(score, self.with_context)
        if self.against is not None and self.against.search(left):
            return 0.0
        return score


@dataclass(frozen=True, slots=True)
class Finding:
    """What a shape found."""

    start: int
    end: int
    score: float
    shape: Shape
    label: Label | None = None


class ShapeRecognizer(LocalRecognizer):  # type: ignore[misc]  # Presidio ships no types
    """A Presidio recogniser of one identifier, from its shapes.

    It keeps nothing between texts, and neither its results nor its explanations hold any of the text.
    """

    label: ClassVar[Label]
    shapes: ClassVar[tuple[Shape, ...]] = ()

    def __init__(self, site_patterns: Iterable[str] = (), labels: Iterable[Label] = ()) -> None:
        """`site_patterns` are the hospital's own regular expressions, believed without any label word."""
        site = (Shape(name="site", pattern=re.compile(pattern), score=0.85) for pattern in site_patterns)
        self._shapes = (*self.shapes, *site)
        found = {self.label, *labels, *(shape.label for shape in self._shapes if shape.label)}
        super().__init__(supported_entities=sorted(found), supported_language="fr", name=type(self).__name__)

    @override
    def load(self) -> None:
        """Nothing to load: shapes are compiled with their module."""

    @override
    def analyze(self, text: str, entities: list[str], nlp_artifacts: object = None) -> list[RecognizerResult]:
        """Return the findings among the labels asked for; all of them if none is named."""
        page = nlp_artifacts.page if isinstance(nlp_artifacts, Reading) else Page(text)
        return [
            self._result(finding, label)
            for finding in self.find(page)
            if (label := finding.label or finding.shape.label or self.label) in (entities or (label,))
        ]

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the findings of every shape; overlaps are settled by the analyzer, among all recognisers."""
        for shape in self._shapes:
            yield from shape.find(text)

    def _result(self, finding: Finding, label: Label) -> RecognizerResult:
        explanation = AnalysisExplanation(self.name, finding.shape.score, pattern_name=finding.shape.name)
        explanation.set_improved_score(finding.score)
        return RecognizerResult(
            str(label),
            finding.start,
            finding.end,
            finding.score,
            explanation,
            {RecognizerResult.RECOGNIZER_NAME_KEY: self.name, RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id},
        )
