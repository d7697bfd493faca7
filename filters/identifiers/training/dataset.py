"""Documents to learn from: templates filled, put together, typed as people type, and read as the tagger reads them."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from filters.identifiers.lexicon.folding import clean
from filters.identifiers.tagger import model
from filters.identifiers.tagger.features import Features, Ints, Reader
from filters.identifiers.tagger.tokens import tokens
from filters.identifiers.training import words
from filters.identifiers.training.noise import typed
from filters.identifiers.training.templates import Parts, Template, filled, templates
from filters.identifiers.training.values import Values

TAGS: tuple[str, ...] = tuple(label or "O" for label in model.TAGS)
"""What each token is, in the order of the network's columns."""

_LONG_WORD = re.compile(r"(?<![\w@./_-])[^\W\d_]{4,}(?![\w@_-])")
_PAUSE = re.compile(r"(?<=\w)(?:[.,;] |\n| ; )(?=[\w])")
_DILUTION = 0.05
_THINGS = 0.08
_PARTED_BY = ("\n", "\n", "\n\n", " ", ". ", " ; ", " - ")
_MOST_TOGETHER = 5
_NEGATIVE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """One document: its features, and for each token the number of its tag."""

    features: Features
    tags: Ints


class Corpus:
    """An endless row of documents; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._values = Values(self._rng)
        self._by_kind: dict[str, list[Template]] = {}
        for template in templates():
            self._by_kind.setdefault(template.kind, []).append(template)
        self._kinds = sorted(self._by_kind)
        self._weights = _weights(self._by_kind)

    def document(self) -> Parts:
        """Return the pieces of a new document."""
        (kind,) = self._rng.choices(self._kinds, self._weights)
        together = self._rng.randint(1, _MOST_TOGETHER) if self._rng.random() < 0.5 else 1  # noqa: PLR2004 (a half)
        link = self._rng.choice(_PARTED_BY)
        parts: Parts = []
        for template in self._drawn(kind, together):
            if parts:
                parts.append((link, None))
            parts += filled(template, self._values, self._rng)
        return typed(self._diluted(parts), self._rng)

    def _diluted(self, parts: Parts) -> Parts:
        """Put words of the whole dictionary, coined terms and things named after people among what is no identifier.

        Without them every word that the templates do not have would look like a name.
        """
        rng = self._rng

        def other(match: re.Match[str]) -> str:
            drawn = rng.random()
            if drawn > _DILUTION:
                return match[0]
            word = words.coined(rng) if drawn < _DILUTION / 2 else rng.choice(words.french())
            return word.capitalize() if match[0][0].isupper() or drawn < _DILUTION / 16 else word

        def pause(match: re.Match[str]) -> str:
            if rng.random() > _THINGS:
                return match[0]
            return f"{match[0]}{words.thing(rng, self._values.person().nom, self._values.person().nom)}{match[0]}"

        diluted: Parts = []
        for text, label in parts:
            diluted.append((text if label else _PAUSE.sub(pause, _LONG_WORD.sub(other, text)), label))
        return diluted

    def _drawn(self, kind: str, count: int) -> Iterator[Template]:
        for number in range(count):
            # Mostly of one hand; now and then what somebody pasted between.
            (other,) = self._rng.choices(self._kinds, self._weights) if self._rng.random() < 0.15 else (kind,)  # noqa: PLR2004
            yield self._rng.choice(self._by_kind[kind if number == 0 else other])


def _weights(by_kind: dict[str, list[Template]]) -> list[float]:
    """Return how often each file is drawn: by its number of templates, texts without identifiers in a fixed share."""
    sizes = {kind: float(len(found)) for kind, found in by_kind.items()}
    negative = {kind for kind in sizes if kind.startswith("negatifs")}
    rest = sum(size for kind, size in sizes.items() if kind not in negative)
    others = sum(sizes[kind] for kind in negative)
    return [
        _NEGATIVE_SHARE * sizes[kind] / others if kind in negative else (1 - _NEGATIVE_SHARE) * sizes[kind] / rest
        for kind in sorted(sizes)
    ]


def example(parts: Parts, reader: Reader) -> Example | None:
    """Return what is to be learnt from a document; None where it has no token."""
    text = "".join(piece for piece, _ in parts)
    owners: list[int] = []
    for piece, label in parts:
        owners += [0 if label is None else TAGS.index(label)] * len(piece)
    cleaned = clean(text)
    read = tokens(cleaned.text)
    if not read:
        return None
    # A token is what its letters mostly are: a glued word may belong to two pieces.
    places = zip(read.starts, read.ends, strict=True)
    tags = [max(owners[slice(*cleaned.original(start, end))], default=0) for start, end in places]
    # A sign at the edge of an identifier belongs to it only where it stands inside.
    return Example(reader.read(read), np.array(tags, np.int32))
