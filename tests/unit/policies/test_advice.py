"""What is right and probably not meant is said, with its place."""

import datetime as dt
from pathlib import Path

from config.reading import Reading
from policies.advice import advice
from policies.facts import AiSystem, Route, Tier
from policies.loader import read_charter
from policies.rule import CharterText

MINIMAL = Path(__file__).parents[2] / "data" / "charter" / "minimal.yaml"
TODAY = dt.date(2026, 11, 23)
ROUTE = Route("demo", Tier.D1, "FR", AiSystem("Essai", "1", "Éditeur"))


def reading(folder: Path, old: str = "", new: str = "") -> Reading[CharterText]:
    file = folder / "charte.yaml"
    file.write_text(MINIMAL.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return read_charter(file, ["demo"])


def test_a_charter_that_is_fine_gets_no_advice(tmp_path: Path) -> None:
    assert advice(reading(tmp_path), [ROUTE], ["tri_patients"], TODAY) == ()


def test_an_end_within_thirty_days_is_said_where_it_is_written(tmp_path: Path) -> None:
    for day, count in (("2026-12-23", 1), ("2026-12-24", 0), ("2026-11-23", 1), ("2026-11-22", 0)):
        read = reading(tmp_path, "    tier: D1\n", f"    tier: D1\n    valid_until: {day}\n")
        found = advice(read, [ROUTE], [], TODAY)
        assert len(found) == count, day
        assert all(fault.line == 46 and "traduction" in fault.message for fault in found)


def test_a_use_that_no_route_serves_is_said(tmp_path: Path) -> None:
    """Would catch: a use that is announced and that nobody can employ."""
    public = Route("demo", Tier.D0, "FR", AiSystem("Essai", "1", "Éditeur"))
    found = advice(reading(tmp_path), [public], [], TODAY)
    assert [fault.message.split(" est ")[0] for fault in found] == [
        "L’usage « compte_rendu »",
        "L’usage « traduction »",
    ]


def test_a_practice_that_nothing_recognises_is_said(tmp_path: Path) -> None:
    """Would catch: a prohibition that everybody believes enforced."""
    (found,) = advice(reading(tmp_path), [ROUTE], ["falsification"], TODAY)
    assert "« tri_patients »" in found.message
