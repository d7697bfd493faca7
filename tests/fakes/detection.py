"""The real analyzer, loaded once for all tests, and its answers written so that a reader sees what is masked."""

from functools import cache

from filters.identifiers.analyzer import Analyzer
from filters.identifiers.text import Text


@cache
def analyzer() -> Analyzer:
    """Return the one analyzer of this test run."""
    return Analyzer()


def marked(text: str, field: str = "") -> str:
    """Return `text` with each finding as `[LABEL:words]`."""
    for span in reversed(analyzer().detect(Text(text, field))):
        text = f"{text[: span.start]}[{span.label}:{text[span.start : span.end]}]{text[span.end :]}"
    return text
