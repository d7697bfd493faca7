"""A name found once is masked everywhere in the request: before, after, in capitals, without accents, in initials."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from filters.identifiers.entity import Label, Span
from filters.identifiers.joining import bridged, completed
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import clean
from filters.identifiers.lexicon.words import Word, read
from filters.identifiers.overlaps import settle
from filters.identifiers.text import Text

_PEOPLE = frozenset({Label.NOM, Label.PRENOM, Label.PERSONNE})
_WEAK = 0.5
"""Findings under this score are not carried to other places."""

_PARTICLES = lists.words("particles")
_TITLES = lists.words("titles")
_SHORTEST = 3
_ENDINGS = frozenset("es")
_SPELT = 0.7
"""How sure an initial or an account is, which repeats a name in part."""
_NEAR = 2
"""Characters between the two parts of one full name."""


@dataclass
class _Known:
    """What the request says about people: the words of their names, and how sure each was."""

    labels: dict[str, Label] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    initials: dict[tuple[str, str], Label] = field(default_factory=dict)

    def learn(self, words: Iterable[Word], span: Span) -> None:
        """Take in the words of one name."""
        for word in words:
            key = word.folded
            if len(key) < _SHORTEST or key in _PARTICLES or word.number:
                continue
            better = span.score > self.scores.get(key, 0.0)
            if better or (self.labels.get(key) is Label.PERSONNE and span.label is not Label.PERSONNE):
                self.labels[key] = span.label
            self.scores[key] = max(span.score, self.scores.get(key, 0.0))

    def learn_initials(self, given: Word, surname: Word) -> None:
        """Take in `J. Dupont` and `Dupont J.` as ways to write a full name."""
        if len(surname.folded) >= _SHORTEST and surname.folded not in _PARTICLES:
            self.initials[given.folded[0], surname.folded] = Label.PRENOM


def propagate(texts: Sequence[Text], found: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """Return the spans of each text with those that other places of the request reveal.

    Words are compared whole, folded. A word that is also common French (Petit, Masse) or an eponym is carried only to
    places where it has a capital, or stands after a title: « un petit pansement » stays. `Petit pansement` at the head
    of a sentence is the price of `Martin` there, once MARTIN is known.
    """
    words = [_placed(text.value) for text in texts]
    known = _Known()
    for text_words, spans in zip(words, found, strict=True):
        _learn(known, text_words, spans)
    spread = (_spread(known, text_words, spans) for text_words, spans in zip(words, found, strict=True))
    return [completed(text, bridged(text.value, spans)) for text, spans in zip(texts, spread, strict=True)]


_Placed = tuple[tuple[int, int], Word]


def _placed(text: str) -> list[_Placed]:
    """Return each word with where it stands in the original text."""
    cleaned = clean(text)
    return [(cleaned.original(word.start, word.end), word) for word in read(cleaned.text)]


def _learn(known: _Known, words: list[_Placed], spans: Sequence[Span]) -> None:
    people = sorted(span for span in spans if span.label in _PEOPLE and span.score >= _WEAK)
    before: tuple[Span, list[Word]] | None = None
    for span in people:
        first = bisect_left(words, span.start, key=_start)
        inside = [word for (_, end), word in words[first : bisect_left(words, span.end, key=_start)] if end <= span.end]
        known.learn(inside, span)
        if (
            before
            and inside
            and span.start - before[0].end <= _NEAR
            and {before[0].label, span.label} == {Label.NOM, Label.PRENOM}
        ):
            given, surnames = (before[1][0], inside) if span.label is Label.NOM else (inside[0], before[1])
            for surname in surnames:
                known.learn_initials(given, surname)
        before = (span, inside) if inside else None


def _spread(known: _Known, words: list[_Placed], spans: Sequence[Span]) -> list[Span]:
    added: list[Span] = []
    ordered = sorted(spans)
    starts = [span.start for span in ordered]
    ends = list(accumulate((span.end for span in ordered), max))
    for index, ((start, end), word) in enumerate(words):
        label = known.labels.get(word.folded)
        before = bisect_left(starts, end)
        if before and ends[before - 1] > start:
            continue
        if label is None:
            added += _login(known, words, index) if known.initials else []
            continue
        previous = words[index - 1][1].folded if index else ""
        if not _safe(word, previous):
            continue
        added.append(Span(start, end, label, known.scores[word.folded], "propagation"))
        added += _initial(known, words, index)
    return settle([*spans, *added])


def _start(placed: _Placed) -> int:
    return placed[0][0]


def _initial(known: _Known, words: list[_Placed], index: int) -> list[Span]:
    """Return the initial beside a surname of the request: `J. Dupont`, `Dupont J`."""
    surname = words[index][1].folded
    result = []
    for near in (index - 1, index + 1):
        if 0 <= near < len(words) and words[near][1].letter and (words[near][1].folded, surname) in known.initials:
            gap = words[max(near, index)][1].before
            if re.fullmatch(r"\.? ?", gap):
                result.append(Span(*words[near][0], Label.PRENOM, _SPELT, "propagation"))
    return result


def _login(known: _Known, words: list[_Placed], index: int) -> list[Span]:
    """Return an account named after a person of the request, with its number: `jdupont2`, `dupontj`.

    A name with an ending of French is not taken for one: `les petits` beside Sophie Petit.
    """
    (start, end), word = words[index]
    folded = word.folded
    if len(folded) <= _SHORTEST or word.number:
        return []
    last = folded[-1] not in _ENDINGS and (folded[-1], folded[:-1]) in known.initials
    if not last and (folded[0], folded[1:]) not in known.initials:
        return []
    if index + 1 < len(words) and words[index + 1][1].number and not words[index + 1][1].before:
        end = words[index + 1][0][1]
    return [Span(start, end, Label.ID, _SPELT, "propagation")]


def _safe(word: Word, previous: str) -> bool:
    if previous in _TITLES:
        return True
    if word.folded in lists.words("never_names") or lists.is_clinical(word.folded):
        return False
    if word.folded in lists.words("eponyms") or len(word.folded) <= _SHORTEST or _is_word(word.folded):
        return not word.lower
    return True


def _is_word(folded: str) -> bool:
    """Whether a name is also a common word of French, as this project lists them."""
    return folded in lists.words("name_words")
