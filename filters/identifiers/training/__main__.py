"""Make the tagger again: `python -m filters.identifiers.training`. Half an hour on two processors, no network.

Writes the weights, their hash and the figures on texts that were not learnt. The same seed gives the same corpus; the
weights differ in their last digits from one kind of processor to another.
"""

import argparse
import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress

from filters.identifiers.detectors import vocabulary
from filters.identifiers.tagger.features import Floats, Reader
from filters.identifiers.training.dataset import TAGS, Corpus, Example, example
from filters.identifiers.training.export import exported
from filters.identifiers.training.fitting import fit, judged
from filters.identifiers.training.network import Plan
from filters.identifiers.training.vectors import table

DATA = Path(__file__).parents[1] / "tagger" / "data"
_SEED = 2026
_UNSEEN_SEED = 1789
_SECONDS = 1.0


def made(corpus: Corpus, count: int, reader: Reader, progress: Progress, title: str) -> list[Example]:
    """Return `count` documents as examples."""
    task = progress.add_task(title, total=count)
    found = []
    for _ in range(count):
        one = example(corpus.document(), reader)
        if one is not None:
            found.append(one)
        progress.advance(task)
    progress.remove_task(task)
    return found


def main() -> None:
    """Generate, fit, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=40_000, help="new documents in each round")
    parser.add_argument("--rounds", type=int, default=9, help="passes, each over documents of its own")
    parser.add_argument("--seed", type=int, default=_SEED, help="of the documents and of the weights to begin with")
    parser.add_argument("--width", type=int, default=Plan().width, help="width of the network")
    parser.add_argument("--into", type=Path, default=DATA, help="folder to write to")
    options = parser.parse_args()
    console, plan = Console(), Plan(width=options.width, tags=len(TAGS))
    french = vocabulary.load()
    words, reader = table(french.vectors), Reader(french.knowledge)
    corpus, started = Corpus(options.seed), time.monotonic()
    with Progress(console=console) as progress:
        first = made(corpus, options.documents, reader, progress, "writing documents")
        tokens = sum(len(one.tags) for one in first)
        steps = int(options.rounds * tokens / 4096 * 1.35)
        task = progress.add_task("learning", total=steps)

        def told(number: int, value: float) -> None:
            progress.update(task, completed=number, description=f"learning (loss {value:.4f})")

        def later() -> Sequence[Example]:
            return made(corpus, options.documents, reader, progress, "writing documents")

        rounds: list[Callable[[], Sequence[Example]]] = [lambda: first, *([later] * (options.rounds - 1))]
        weights = fit(rounds, words, plan, seed=options.seed, told=told, steps=steps)
        unseen = made(Corpus(_UNSEEN_SEED), 2_000, reader, progress, "writing documents to judge by")
    report(console, weights, plan, unseen, words)
    model = exported(weights, plan, words)
    options.into.mkdir(parents=True, exist_ok=True)
    (options.into / "tagger.onnx").write_bytes(model)
    (options.into / "tagger.sha256").write_text(hashlib.sha256(model).hexdigest() + "\n", encoding="ascii")
    console.print(f"{len(model) / 1e6:.1f} MB, {(time.monotonic() - started) / 60:.0f} minutes")


def report(console: Console, weights: object, plan: Plan, unseen: Sequence[Example], words: Floats) -> None:
    """Print recall and precision per tag, on documents that were not learnt."""
    given, right = (np.concatenate(side) for side in zip(*judged(weights, plan, unseen, words), strict=True))  # type: ignore[arg-type]
    for number, tag in enumerate(TAGS):
        hits = int(((given == number) & (right == number)).sum())
        wanted, found = int((right == number).sum()), int((given == number).sum())
        if wanted:
            console.print(f"{tag:16}{wanted:8}  precision {hits / max(found, 1):6.1%}  recall {hits / wanted:6.1%}")
    masked = (right > 0) & (given > 0)
    console.print(f"redact {masked.sum() / max((right > 0).sum(), 1):.2%}")


if __name__ == "__main__":
    main()
