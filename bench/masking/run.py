"""Measure masking on annotated notes: one command, one table per label.

    python -m bench.masking.run [GOLD.jsonl] [--errors] [--no-propagation]

GOLD holds rows {"id", "text", "spans": [{"start", "end", "label"}]}; the project's own notes if none is named.
"""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

from bench.masking.score import PEOPLE, Place, Tally
from filters.identifiers.analyzer import Analyzer
from filters.identifiers.entity import Span
from filters.identifiers.propagation import propagate
from filters.identifiers.text import Text

NOTES = Path(__file__).with_name("notes.jsonl")


def gold(path: Path) -> Iterator[tuple[str, str, list[Place]]]:
    """Yield id, text and spans of each row."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield str(row["id"]), row["text"], [(s["start"], s["end"], s["label"]) for s in row["spans"]]


def find(analyzer: Analyzer, text: str, *, carry: bool) -> list[Span]:
    """Return what the gateway would mask in a request made of this one text."""
    found = analyzer.detect(Text(text))
    return propagate([Text(text)], [found])[0] if carry else found


def table(tally: Tally) -> None:
    """Print one table."""
    print(f"{'label':16}{'tokens':>8}{'precision':>11}{'recall':>9}{'F1':>8}{'redact':>9}{'full':>8}")
    for label, tokens, *shares in tally.rows():
        widths = zip(shares, (11, 9, 8, 9, 8), strict=True)
        print(f"{label:16}{tokens:8}" + "".join(f"{share:{width}.1%}" for share, width in widths))


def errors(name: str, text: str, truth: list[Place], guess: list[Place]) -> None:
    """Print what was missed and what was masked for nothing."""
    for kind, these, those in (("missed", truth, guess), ("masked", guess, truth)):
        for start, end, label in these:
            if not any(start < other_end and other_start < end for other_start, other_end, _ in those):
                left, right = text[max(0, start - 30) : start], text[end : end + 20]
                print(f"{kind} {label:14} {name:14} …{left}[{text[start:end]}]{right}…")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=NOTES)
    parser.add_argument("--errors", action="store_true", help="print each error with its surroundings")
    parser.add_argument("--no-propagation", action="store_true", help="what detectors find, each place by itself")
    options = parser.parse_args()
    analyzer = Analyzer()
    apart, merged = Tally(), Tally(PEOPLE)
    seconds = characters = 0.0
    for name, text, truth in gold(options.gold):
        start = time.perf_counter()
        spans = find(analyzer, text, carry=not options.no_propagation)
        seconds += time.perf_counter() - start
        characters += len(text)
        guess = [(span.start, span.end, str(span.label)) for span in spans]
        apart.add(text, truth, guess)
        merged.add(text, truth, guess)
        if options.errors:
            errors(name, text, truth, guess)
    table(apart)
    print("\nNOM, PRENOM and PERSONNE merged; DATE and DATE_NAISSANCE merged:")
    table(merged)
    per = 1000 / max(apart.tokens, 1)
    direct, every = apart.false_direct * per, apart.false_all * per
    print(f"\nover-masking per 1 000 tokens: {direct:.2f} direct identifiers, {every:.2f} all")
    print(f"{1000 * seconds / max(characters, 1) * 2000:.0f} ms per 2 000 characters; {apart.documents} documents")


if __name__ == "__main__":
    main()
