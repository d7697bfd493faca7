"""When findings overlap, one is kept, always the same one, and no character that was found is left out."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import replace

from filters.identifiers.entity import Label, Span

PEOPLE = frozenset({Label.NOM, Label.PRENOM, Label.PERSONNE})
_RANK = {label: rank for rank, label in enumerate(Label)}


def settle(spans: Iterable[Span]) -> list[Span]:
    """Return spans that do not overlap, sorted: the higher score wins, then the longer, then the earlier.

    A loser keeps the parts that stick out, so that settling never uncovers what some detector found; a part of a
    person's name split by another name becomes its own span. Same label and touching: one span.
    """
    kept: list[Span] = []
    for span in sorted(spans, key=_strength):
        for part in _outside(span, kept):
            insort(kept, part, key=_start)
    return _joined(kept)


def _strength(span: Span) -> tuple[float, int, int, int, int, str]:
    certain = span.label is not Label.PERSONNE
    length = span.end - span.start
    return (-round(span.score, 3), -int(certain), -length, span.start, _RANK[span.label], span.detector)


def _start(span: Span) -> int:
    return span.start


def _outside(span: Span, kept: list[Span]) -> list[Span]:
    """Return the parts of `span` that no kept span covers; what is kept is sorted and does not overlap."""
    parts = [span] if span.start < span.end else []
    first = max(bisect_right(kept, span.start, key=_start) - 1, 0)
    for other in kept[first : bisect_left(kept, span.end, key=_start)]:
        if not other.overlaps(span):
            continue
        cut: list[Span] = []
        for part in parts:
            if not part.overlaps(other):
                cut.append(part)
                continue
            if part.start < other.start:
                cut.append(replace(part, end=other.start))
            if other.end < part.end:
                cut.append(replace(part, start=other.end))
        parts = cut
    return parts


def cleared(spans: Iterable[Span], plain: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the spans without the characters that are certainly no identifier; what sticks out of them stays."""
    stretches: list[Span] = []
    for start, end in sorted(plain):
        if stretches and start <= stretches[-1].end:
            stretches[-1] = replace(stretches[-1], end=max(end, stretches[-1].end))
        else:
            stretches.append(Span(start, end, Label.ID))
    return [part for span in spans for part in _outside(span, stretches)] if stretches else list(spans)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Join one identifier that was cut in two by a third that lost."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.label is span.label and last.end == span.start:
            joined[-1] = replace(last, end=span.end, score=max(last.score, span.score))
        else:
            joined.append(span)
    return joined


def trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans without the blanks and joints at their edges; a span of nothing else disappears.

    A span cut by another often keeps a lone space or comma, which identifies nobody. Another lone sign goes with the
    span that it follows: the full stop of `C.` is not somebody else.
    """
    result: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if start < end and result and result[-1].end == start and not any(map(str.isalnum, text[start:end])):
            result[-1] = replace(result[-1], end=end)
        elif start < end:
            result.append(span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end))
    return result


_EDGES = frozenset(" \t\r\n,;:-'\\\u00a0")
