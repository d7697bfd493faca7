import json
from pathlib import Path

from bench.masking.markup import convert, documents

NOTES = Path(__file__).parents[4] / "bench" / "masking"


def test_marks_become_spans() -> None:
    text, spans = convert("Mme [NOM:Lefèvre] [PRENOM:Jeanne] [x]")
    assert text == "Mme Lefèvre Jeanne [x]"
    assert [(text[s["start"] : s["end"]], s["label"]) for s in spans] == [("Lefèvre", "NOM"), ("Jeanne", "PRENOM")]


def test_the_gold_is_what_was_written_by_hand() -> None:
    written = [json.loads(line) for line in (NOTES / "notes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert written == list(documents((NOTES / "notes.txt").read_text(encoding="utf-8")))
