"""The faults that masking may not exceed, and the page that shows its figures."""

import json
from collections.abc import Mapping
from pathlib import Path

from bench.masking.measure import Measured, Typed

FLOOR = Path(__file__).with_name("floor.json")
PAGE = Path(__file__).parents[2] / "docs" / "masking.md"

_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"

_ALLOWED = 2
_ONE_IN = 20
"""Other processors round the network's last digits otherwise: a few tokens swing, one in so many at the most."""


def floor() -> dict[str, dict[str, int]]:
    """Return the faults last written, by half of the documents."""
    found: dict[str, dict[str, int]] = json.loads(FLOOR.read_text(encoding="utf-8"))
    return found


def saved(faults: Mapping[str, Mapping[str, int]]) -> str:
    """Return the floor as it is kept."""
    return json.dumps(faults, indent=2, sort_keys=True) + "\n"


def grown(now: Mapping[str, int], before: Mapping[str, int]) -> list[str]:
    """Return which faults have become more than rounding explains, in words; empty where none has."""
    return [
        f"{name}: {now.get(name, 0)} after {count}"
        for name, count in before.items()
        if now.get(name, 0) > count + _ALLOWED + count // _ONE_IN
    ]


def page(text: str, found: Mapping[str, Typed]) -> str:
    """Return the page with new figures between its two marks; `found` is by half of the documents."""
    head, rest = text.split(_BEGIN)
    _, tail = rest.split(_END)
    return f"{head}{_BEGIN}\n{_tables(found)}\n{_END}{tail}"


def told(half: str, typed: Typed) -> str:
    """Return the figures of one half that no table of labels shows."""
    one = typed["as written"]
    whole = 100 * (1 - one.merged.leaking["ALL"] / max(one.merged.documents, 1))
    over = 1000 * one.apart.false_direct / max(one.apart.tokens, 1)
    return (
        f"{half.capitalize()} half: {one.merged.documents} documents, {whole:.1f} % without any leak. "
        f"Names of people when the same documents are typed in haste, without capitals or accents: "
        f"{typed['in haste'].share('PERSONNE'):.1f} % masked; in capitals: "
        f"{typed['in capitals'].share('PERSONNE'):.1f} %. "
        f"Over-masking: {over:.2f} direct identifiers per 1 000 tokens."
    )


def _tables(found: Mapping[str, Typed]) -> str:
    rows = {half: _by_label(typed["as written"]) for half, typed in found.items()}
    labels = sorted({label for one in rows.values() for label in one}, key=lambda label: (label != "ALL", label))
    lines = [
        "| label | " + " | ".join(f"tokens, {half} | recall | precision | redact" for half in rows) + " |",
        "|---|" + "---|---|---|---|" * len(rows),
        *(f"| {label} | " + " | ".join(one.get(label, " | | | ") for one in rows.values()) + " |" for label in labels),
    ]
    return "\n".join([*lines, *(f"\n{told(half, typed)}" for half, typed in found.items())])


def _by_label(measured: Measured) -> dict[str, str]:
    return {
        label: f"{tokens} | {recall:.1%} | {precision:.1%} | {redact:.1%}"
        for label, tokens, precision, recall, _, redact, _ in measured.merged.rows()
    }
