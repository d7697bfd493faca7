"""Lines of log read in a second on one core, engine by engine: from a file, bytes to attempts.

    python -m bench.outbound.intake [ENGINE …] [--lines N] [--share S] [--rounds R]

`--share` is the part of the lines that are of an AI service: these are read whole, the others only up to their host.
The goal is 100 000 lines a second for each engine, at 5 %; at 100 % every line becomes an attempt. Seconds are those
of the processor, best of the rounds: the machine may be used by others.
"""

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.outbound.lines import lines, service_of
from filters.outbound.attempt import Attempt
from filters.outbound.intake import ENGINES
from filters.outbound.intake.ledger import Ledger
from filters.outbound.intake.taking import Intake

GOAL = 100_000


class Counted:
    """A sink that only counts."""

    def __init__(self) -> None:
        self.attempts = 0

    def add(self, attempts: Sequence[Attempt], batch: str) -> None:
        """Count."""
        assert batch  # noqa: S101 - what a sink may rely on
        self.attempts += len(attempts)


def measure(engine: str, count: int, share: float, rounds: int) -> tuple[float, float, int]:
    """Return lines per second, megabytes per second and attempts of the best round."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines(engine, count, share))
        best, found = float("inf"), 0
        for number in range(rounds):
            sink = Counted()
            with Ledger(Path(folder) / f"{number}.json", b"k" * 32) as ledger:
                start = time.process_time()
                taken = Intake(engine, service_of, sink, ledger, zone=dt.UTC).take(log)
                best = min(best, time.process_time() - start)
            if taken.tally.lines != count or taken.tally.bad:
                sys.exit(f"{engine}: {taken.tally}")
            found = sink.attempts
        return count / best, log.stat().st_size / best / 1e6, found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", choices=[*ENGINES, []], help="all of them by default")
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--share", type=float, help="5 %% and 100 %% by default")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"{'engine':14}{'of AI':>7}{'lines/s':>12}{'MB/s':>8}{'attempts':>10}")
    missed = False
    for engine in options.engines or ENGINES:
        for share in (0.05, 1.0) if options.share is None else (options.share,):
            rate, megabytes, found = measure(engine, options.lines, share, options.rounds)
            missed |= rate < GOAL and share <= 0.05
            print(f"{engine:14}{share:7.0%}{rate:12,.0f}{megabytes:8.0f}{found:10,}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
