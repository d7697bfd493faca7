"""Measure what the charter answers to requests that nobody trained on: one command, one table.

    python -m bench.charter.run [REQUESTS.jsonl] [--half odd|even] [--errors] [--write]

Without a file: the project's own requests, of which every second one (`--half even`) is kept back: whoever improves the
recogniser reads the errors of the odd ones only. `--write` puts the figures into docs/charter.md and into the floor
under which no change may fall.
"""

import argparse
from pathlib import Path

from bench.charter.floor import FLOOR, PAGE, page, saved
from bench.charter.measure import Answered, answered, milliseconds, shares
from bench.charter.requests import HALVES, REQUESTS, requests
from config.charter import SHIPPED
from config.routes import DEMO
from policies.charter import Charter
from policies.loader import load_charter, routes_of
from policies.practices.recogniser import Recogniser

_LINE = 230


def told(found: list[Answered], charter: Charter, *, errors: bool) -> None:
    """Print the figures, and each error if they are wanted."""
    for name, value in shares(found, list(charter.practices)).items():
        print(f"{name:34} {value}")
    print(f"{'median of a decision':34} {milliseconds(found):.1f} ms")
    for one in found if errors else ():
        asked, decision = one.asked, one.decision
        if (decision.outcome.value, decision.code) != (asked.decision, asked.reason):
            shown = " ".join(asked.prompt.split())[:_LINE]
            print(
                f"{asked.id} {asked.decision}/{asked.reason} → {decision.outcome.value}/{decision.code} "
                f"[{asked.declared_use}, {asked.role}] {shown}"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=REQUESTS)
    parser.add_argument("--half", choices=sorted(HALVES), help="one of two halves of the requests")
    parser.add_argument("--errors", action="store_true", help="print each request that is answered otherwise")
    parser.add_argument("--write", action="store_true", help="write the figures to docs/charter.md and to the floor")
    options = parser.parse_args()
    charter, recognise = load_charter(SHIPPED, routes_of([DEMO])), Recogniser().recognise
    found = answered(charter, recognise, requests(options.file, options.half))
    told(found, charter, errors=options.errors)
    if options.write:
        everything = {
            half: shares(answered(charter, recognise, requests(half=half)), list(charter.practices)) for half in HALVES
        }
        FLOOR.write_text(saved(everything), encoding="utf-8")
        titles = {practice.id: practice.title for practice in charter.practices.values()}
        PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), everything, titles), encoding="utf-8")


if __name__ == "__main__":
    main()
