"""What the gateway would mask in annotated documents, counted."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bench.masking.markup import Row
from bench.masking.score import PEOPLE, Place, Tally
from filters.identifiers.analyzer import Analyzer
from filters.identifiers.entity import Span
from filters.identifiers.lexicon.folding import fold
from filters.identifiers.propagation import propagate
from filters.identifiers.text import Text


@dataclass(slots=True)
class Measured:
    """Counts over documents: labels as they are, and those that annotators disagree on merged."""

    apart: Tally = field(default_factory=Tally)
    merged: Tally = field(default_factory=lambda: Tally(PEOPLE))
    seconds: float = 0.0
    characters: int = 0

    @property
    def faults(self) -> dict[str, int]:
        """Return what may only become less: tokens let out by merged label, documents with a leak, spans too many."""
        merged = self.merged
        counts = {label: merged.gold[label] - merged.covered[label] for label in sorted(merged.gold)}
        # Over-masking counts what identifies by itself: a town or a date too many costs less.
        return counts | {"documents": merged.leaking["ALL"], "over_masking": self.apart.false_direct}

    def share(self, label: str) -> float:
        """Return which share of a merged label's tokens is masked, in percent."""
        return 100 * self.merged.covered[label] / max(self.merged.gold[label], 1)


def found(analyzer: Analyzer, text: str, *, carry: bool = True) -> list[Span]:
    """Return what the gateway would mask in a request made of this one text; `carry` names over, as requests do."""
    spans = analyzer.detect(Text(text))
    return propagate([Text(text)], [spans])[0] if carry else spans


def hurried(text: str) -> str:
    """Return a text as it is typed in haste: no capitals, no accents; every character stays at its place."""
    return "".join(fold(sign) if len(fold(sign)) == 1 else sign for sign in text)


def shouted(text: str) -> str:
    """Return a text in capitals; every character stays at its place."""
    return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)


def retyped(rows: Iterable[Row], way: Callable[[str], str]) -> list[Row]:
    """Return the documents written in another way."""
    return [{**row, "text": way(row["text"])} for row in rows]


def measure(analyzer: Analyzer, rows: Iterable[Row], *, carry: bool = True) -> tuple[Measured, list[list[Place]]]:
    """Return the counts, and what was masked in each document."""
    measured, guesses = Measured(), []
    for row in rows:
        started = time.perf_counter()
        spans = found(analyzer, row["text"], carry=carry)
        measured.seconds += time.perf_counter() - started
        measured.characters += len(row["text"])
        truth = [(span["start"], span["end"], span["label"]) for span in row["spans"]]
        guess = [(span.start, span.end, str(span.label)) for span in spans]
        measured.apart.add(row["text"], truth, guess)
        measured.merged.add(row["text"], truth, guess)
        guesses.append(guess)
    return measured, guesses


Typed = dict[str, Measured]
"""Counts of the same documents: `as written`, in haste, in capitals."""


def in_all_ways(analyzer: Analyzer, rows: Sequence[Row]) -> Typed:
    """Return the counts of the documents as they are, and typed in two other ways."""
    ways = {"as written": str, "in haste": hurried, "in capitals": shouted}
    return {name: measure(analyzer, retyped(rows, way))[0] for name, way in ways.items()}


def faults(typed: Typed) -> dict[str, int]:
    """Return all that may only become less, names typed otherwise included."""
    others = {f"PERSONNE {name}": one.faults["PERSONNE"] for name, one in typed.items() if name != "as written"}
    return typed["as written"].faults | others
