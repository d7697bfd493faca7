"""Measure masking on annotated documents: one command, one table per label.

    python -m bench.masking.run [GOLD.jsonl] [--half odd|even] [--errors] [--no-propagation] [--write]

GOLD holds rows {"id", "text", "spans": [{"start", "end", "label"}]}; the project's own documents if none is named, of
which every second one (`--half even`) is kept back: whoever improves the detectors reads the errors of the odd ones
only. `--write` puts the figures into docs/masking.md and into the floor under which no change may fall.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from bench.masking.floor import FLOOR, PAGE, page, saved
from bench.masking.markup import Row, written
from bench.masking.measure import Measured, faults, in_all_ways, measure
from bench.masking.score import Place, Tally
from filters.identifiers.analyzer import Analyzer

_HALVES = {"odd": 0, "even": 1}


def gold(path: Path | None, half: str | None) -> dict[str, list[Row]]:
    """Return the documents to measure on, by set."""
    if path is not None:
        with path.open(encoding="utf-8") as lines:
            return {path.stem: [json.loads(line) for line in lines]}
    sets = written()
    return sets if half is None else {name: rows[_HALVES[half] :: 2] for name, rows in sets.items()}


def table(tally: Tally) -> None:
    """Print one table."""
    print(f"{'label':16}{'tokens':>8}{'precision':>11}{'recall':>9}{'F1':>8}{'redact':>9}{'full':>8}")
    for label, tokens, *shares in tally.rows():
        widths = zip(shares, (11, 9, 8, 9, 8), strict=True)
        print(f"{label:16}{tokens:8}" + "".join(f"{share:{width}.1%}" for share, width in widths))


def errors(row: Row, guess: Sequence[Place]) -> None:
    """Print what was missed and what was masked for nothing."""
    text, truth = row["text"], [(span["start"], span["end"], span["label"]) for span in row["spans"]]
    for kind, these, those in (("missed", truth, guess), ("masked", guess, truth)):
        for start, end, label in these:
            if not any(start < other_end and other_start < end for other_start, other_end, _ in those):
                left, right = text[max(0, start - 30) : start], text[end : end + 20]
                print(f"{kind} {label:14} {row['id']:14} …{left}[{text[start:end]}]{right}…".replace("\n", "⏎"))


def told(name: str, measured: Measured) -> None:
    """Print the tables of one set."""
    print(f"\n== {name}: {measured.apart.documents} documents")
    table(measured.apart)
    print("\nNOM, PRENOM and PERSONNE merged; DATE and DATE_NAISSANCE merged:")
    table(measured.merged)
    per = 1000 / max(measured.apart.tokens, 1)
    direct, every = measured.apart.false_direct * per, measured.apart.false_all * per
    print(f"\nover-masking per 1 000 tokens: {direct:.2f} direct identifiers, {every:.2f} all")
    print(f"{1000 * measured.seconds / max(measured.characters, 1) * 2000:.1f} ms per 2 000 characters")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("--half", choices=sorted(_HALVES), help="one of two halves of the project's documents")
    parser.add_argument("--errors", action="store_true", help="print each error with its surroundings")
    parser.add_argument("--no-propagation", action="store_true", help="what detectors find, each place by itself")
    parser.add_argument("--write", action="store_true", help="write the figures to docs/masking.md and to the floor")
    options = parser.parse_args()
    analyzer = Analyzer()
    for name, rows in gold(options.gold, options.half).items():
        measured, guesses = measure(analyzer, rows, carry=not options.no_propagation)
        told(name, measured)
        if options.errors:
            for row, guess in zip(rows, guesses, strict=True):
                errors(row, guess)
    if options.write:
        halves = {half: [row for rows in gold(None, half).values() for row in rows] for half in _HALVES}
        found = {half: in_all_ways(analyzer, rows) for half, rows in halves.items()}
        FLOOR.write_text(saved({half: faults(typed) for half, typed in found.items()}), encoding="utf-8")
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
