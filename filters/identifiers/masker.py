"""Replacing what was found by placeholders, and telling the model what they are."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from typing_extensions import override

from filters.identifiers import intervals
from filters.identifiers.entity import ALL_LABELS, Label, Span
from filters.identifiers.errors import MaskingError, UnknownLabelError
from filters.identifiers.known.finder import Finder
from filters.identifiers.known.patient import KnownPatient
from filters.identifiers.overlaps import PEOPLE, settle, trimmed
from filters.identifiers.placeholders import already_masked
from filters.identifiers.propagation import propagate
from filters.identifiers.restorer import Restorer
from filters.identifiers.text import Text
from filters.identifiers.vault import Vault

SYSTEM_LINE = (
    "Des identifiants ont été remplacés par des repères entre crochets, comme {example}. "
    "Recopier chaque repère exactement tel quel, crochets et numéro compris ; "
    "ne pas en inventer, en traduire, en deviner ni en modifier."
)
"""What the model is told; ages and intervals follow."""

SAME_VALUE = "{variant} et {first} sont deux écritures de la même valeur."
"""Said once, where a value is written in more than one way."""


@dataclass(frozen=True, slots=True, repr=False)
class Masked:
    """A request's texts as they may leave, and what is needed to restore its answer. Lives as long as the request."""

    texts: tuple[str, ...]
    system_line: str | None
    """What the model has to be told of the placeholders; None where nothing was masked."""
    counts: Mapping[str, int]
    """Distinct identifiers, by label."""
    spans: tuple[tuple[Span, ...], ...]
    """What was replaced in each text, in the coordinates of the original."""
    vault: Vault

    def restorer(self) -> Restorer:
        """Return a restorer for one answer."""
        return Restorer(self.vault)

    @override
    def __repr__(self) -> str:
        return f"Masked({len(self.texts)} texts, {dict(self.counts)})"


class Masker:
    """Masks all the texts of one request together, so that a value has one placeholder throughout.

    Fails closed: where spans and texts do not fit together, or a label is not known, `MaskingError` is raised and
    nothing may be sent.
    """

    def __init__(self, today: Callable[[], dt.date]) -> None:
        """`today` gives the day from which ages are counted."""
        self._today = today

    def mask(
        self,
        texts: Sequence[Text],
        found: Sequence[Sequence[Span]],
        must_mask: Collection[str],
        known: KnownPatient | None = None,
    ) -> Masked:
        """Return `texts` with every span of `found` whose label is in `must_mask` replaced, wherever it recurs.

        So is whatever writes the identity of the `known` patient.
        """
        if not set(must_mask) <= ALL_LABELS:
            raise UnknownLabelError("a label is to be masked that does not exist")
        spans = _settled(texts, found, frozenset(must_mask), known)
        vault = Vault(text.value for text in texts)
        today = self._today()
        masked = tuple(_masked(text, kept, vault, today) for text, kept in zip(texts, spans, strict=True))
        return Masked(masked, _system_line(vault, today), vault.counts(), spans, vault)


def _settled(
    texts: Sequence[Text], found: Sequence[Sequence[Span]], must_mask: frozenset[str], known: KnownPatient | None
) -> tuple[tuple[Span, ...], ...]:
    if len(texts) != len(found):
        raise MaskingError("spans do not match the texts")
    wanted = [[span for span in spans if span.label in must_mask] for spans in found]
    _check(texts, wanted)
    if known is not None and must_mask:
        sure = [[span for span in spans if span.label in must_mask] for spans in Finder(known).find(texts)]
        wanted = [_with_known(*each) for each in zip(texts, wanted, sure, strict=True)]
    if not any(wanted):
        return ((),) * len(texts)
    propagated = propagate(texts, wanted)
    _check(texts, propagated)
    settled = [settle(spans) for spans in propagated]
    return tuple(tuple(_fitted(text, spans)) for text, spans in zip(texts, settled, strict=True))


def _with_known(text: Text, found: Sequence[Span], known: Sequence[Span]) -> list[Span]:
    """Return what was found with what is known, which wins; of what it cuts, lone signs are left as they are.

    A known name inside something else that is found (a mail, a street) is masked with it, as one.
    """
    others = sorted(span for span in found if span.label not in PEOPLE)
    starts, reach = [span.start for span in others], list(accumulate((span.end for span in others), max))
    winning = []
    for span in known:
        before = bisect_right(starts, span.start)
        if span.label not in PEOPLE or not before or reach[before - 1] < span.end:
            winning.append(span)
    if not winning:
        return list(found)
    pieces = trimmed(text.value, settle([*found, *winning]))
    return [piece for piece in pieces if any(map(str.isalnum, text.value[piece.start : piece.end]))]


def _check(texts: Sequence[Text], found: Sequence[Sequence[Span]]) -> None:
    if len(texts) != len(found):
        raise MaskingError("spans do not match the texts")
    for text, spans in zip(texts, found, strict=True):
        if any(not 0 <= span.start < span.end <= len(text.value) for span in spans):
            raise MaskingError("a span lies outside of its text")


def _fitted(text: Text, spans: Sequence[Span]) -> list[Span]:
    """Return spans without surrounding space and without what is masked already, widened in a bare text."""
    value, masked = text.value, list(already_masked(text.value, bare=text.bare))
    pieces = [piece for span in spans for piece in _outside(span, masked, value)] if masked else spans
    trimmed = [piece for span in pieces if (piece := _trimmed(span, value, bare=text.bare)) is not None]
    return _whole_words(trimmed, value) if text.bare else trimmed


def _outside(span: Span, masked: Sequence[tuple[int, int]], value: str) -> list[Span]:
    """Return what a span covers besides placeholders; the whole span where it touches none."""
    pieces, start = [], span.start
    for masked_start, masked_end in masked:
        if masked_end <= start or masked_start >= span.end:
            continue
        if masked_start > start:
            pieces.append(replace(span, start=start, end=masked_start))
        start = masked_end
    if start == span.start:
        return [span]
    if start < span.end:
        pieces.append(replace(span, start=start))
    return [piece for piece in pieces if any(char.isalnum() for char in value[piece.start : piece.end])]


def _trimmed(span: Span, value: str, *, bare: bool) -> Span | None:
    start, end = span.start, span.end
    while start < end and _is_edge(value[start], bare=bare):
        start += 1
    while start < end and _is_edge(value[end - 1], bare=bare):
        end -= 1
    return replace(span, start=start, end=end) if start < end else None


def _is_edge(char: str, *, bare: bool) -> bool:
    return not char.isalnum() if bare else char.isspace()


def _whole_words(spans: Sequence[Span], value: str) -> list[Span]:
    """Return spans that end where letters and digits do: a bare placeholder must not touch another character."""
    words: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        while start > 0 and value[start - 1].isalnum():
            start -= 1
        while end < len(value) and value[end].isalnum():
            end += 1
        if words and start <= words[-1].end:
            words[-1] = replace(words[-1], end=max(end, words[-1].end))
        else:
            words.append(replace(span, start=start, end=end))
    return words


def _masked(text: Text, spans: Sequence[Span], vault: Vault, today: dt.date) -> str:
    pieces, at = [], 0
    for span in spans:
        value = text.value[span.start : span.end]
        placeholder = vault.placeholder(span.label, value, _meaning(span.label, value, today))
        pieces += [text.value[at : span.start], placeholder.bare if text.bare else str(placeholder)]
        at = span.end
    return "".join([*pieces, text.value[at:]])


def _meaning(label: Label, value: str, today: dt.date) -> str | None:
    if label not in (Label.DATE, Label.DATE_NAISSANCE):
        return None
    day = intervals.read_date(value, today, birth=label is Label.DATE_NAISSANCE)
    return day.isoformat() if day else None


def _system_line(vault: Vault, today: dt.date) -> str | None:
    placeholders = list(vault.values)
    if not placeholders:
        return None
    sentences = [SYSTEM_LINE.format(example=placeholders[0])]
    variant = next((placeholder for placeholder in placeholders if placeholder.variant), None)
    if variant is not None:
        sentences.append(SAME_VALUE.format(variant=variant, first=replace(variant, variant=0)))
    return " ".join([*sentences, *intervals.facts(vault.values, today)])
