"""Make the recogniser again: `python -m policies.practices.training`. One to two hours on two processors, no network.

Writes the weights of the sieve and of the judge, their words, the names of what they tell apart, and the hashes of all.
New examples need not wait for so long: `--only judge --further` fits the released judge to them and to all others
once more, in half an hour.
Afterwards `python -m bench.charter.run` says how good they are, on requests that nobody trained on.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from policies.practices.training.composing import classes
from policies.practices.training.examples import documents, examples
from policies.practices.training.judge import training as judge
from policies.practices.training.releasing import release
from policies.practices.training.sieve import training as sieve

PACKAGE = Path(__file__).parents[1]


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only", choices=("sieve", "judge", "uses"), help="make one part; uses: the answers on uses of both"
    )
    parser.add_argument("--sieve-rounds", type=int, default=16, help="passes over the examples")
    parser.add_argument(
        "--judge-rounds", type=int, help="passes over the examples: 4 from the beginning, 1 further, unless told"
    )
    parser.add_argument("--layers", type=int, default=6, help="layers that the judge keeps of the pretrained encoder")
    parser.add_argument(
        "--further", action="store_true", help="fit the released judge further, instead of one from the beginning"
    )
    parser.add_argument("--into", type=Path, default=PACKAGE, help="folder to write to")
    options = parser.parse_args()
    if options.further and options.only in {"sieve", "uses"}:
        parser.error("--further is of the judge")
    console, found, innocent, started = Console(), examples(), documents(), time.monotonic()
    named = classes(found)
    with Progress(console=console) as progress:
        task = progress.add_task("", total=None)

        def telling(what: str, rounds: int) -> Callable[[float, float], None]:
            progress.update(task, total=rounds, completed=0, description=what)
            return lambda done, loss: progress.update(task, completed=done, description=f"{what} (loss {loss:.3f})")

        folders = {name: options.into / name / "data" for name in ("sieve", "judge")}
        if options.only in {None, "sieve"}:
            told = telling("sieve", options.sieve_rounds)
            made = sieve.files(found, innocent, named, rounds=options.sieve_rounds, told=told)
            release(folders["sieve"], made)
        if options.only in {None, "judge"}:
            rounds = options.judge_rounds or (1 if options.further else 4)
            told = telling("judge", rounds)
            if options.further:
                released = {file: (PACKAGE / "judge" / "data" / file).read_bytes() for file in judge.FILES}
                made = judge.further(released, found, innocent, rounds=rounds, told=told)
            else:
                made = judge.files(found, innocent, named, rounds=rounds, layers=options.layers, told=told)
            release(folders["judge"], made)
        for name, part in (("sieve", sieve), ("judge", judge)):
            if options.only in {None, "uses", name}:
                told = telling(f"uses of the {name}", 1)
                made = {file: (folders[name] / file).read_bytes() for file in part.FILES}
                release(
                    folders[name], part.with_uses(made, found, innocent, told=lambda done, told=told: told(done, 0.0))
                )
    console.print(f"{len(found)} examples, {(time.monotonic() - started) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
