"""The tables, and their place in the page."""

import pytest

from bench.peers.checks import Leak
from bench.peers.figures import Cell, Round, Spread, rows
from bench.peers.page import BEGIN, END, STREAM, Results, Whole, gathered, number, page, ranged, tables
from bench.processes import Memory


def results(load: str = "long") -> Results:
    answered = Round(10.0, 30.0, (100.0,), (90.0,), errors=0, wrong=1, read=1, pieces=300)
    refused = Round(0.0, 0.0, (), (), errors=7, wrong=0, read=0)
    cells = rows({Cell(load, 16): {"ecluse": [answered], "portkey": [refused]}}, "ecluse")
    whole = {
        "ecluse": Whole("Écluse", masks=True, leak=Leak(1, 8), wrong=1, read=1, errors=0, memory=Memory(600, 500)),
        "portkey": Whole("Portkey", masks=False, leak=Leak(8, 8), wrong=0, read=0, errors=7, memory=Memory(100, 90)),
    }
    return Results("ecluse", whole, cells, {"PrivAiTe": "not installed: no | match"}, "2 processors.")


def test_a_gateway_that_could_not_be_measured_is_named_with_its_reason() -> None:
    (line,) = [line for line in tables(results()) if "PrivAiTe" in line]
    assert "not measured: not installed: no / match" in line


def test_one_that_refuses_everything_shows_its_errors_and_no_figure() -> None:
    line = [line for line in tables(results()) if line.startswith("| Portkey")][-1]
    assert line == "| Portkey | – | – | – | – | – | – | – | 7 |"


def test_what_leaked_and_what_came_back_wrong_stand_first() -> None:
    lines = list(tables(results()))
    assert lines[3] == "| Écluse | 12.5% of 8 | 1 of 1 | 0 | 500 | 600 |"
    assert lines[4].startswith("| Portkey | 100%: does not mask |")


@pytest.mark.parametrize("load", ["long", STREAM])
def test_every_line_of_a_table_has_as_many_cells(load: str) -> None:
    blocks = "\n".join(tables(results(load))).split("\n\n")
    for block in blocks:
        widths = {line.count("|") for line in block.splitlines() if line.startswith("|")}
        assert len(widths) <= 1


def test_a_stream_is_counted_by_the_chunk() -> None:
    (line,) = [line for line in tables(results(STREAM)) if line.startswith("| Écluse | 90.0")]
    assert "| 100 | 1.0 (1.0 to 1.0) | 300 |" in line


def test_the_page_changes_between_its_marks_only_and_twice_is_once() -> None:
    text = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    made = page(text, results())
    assert made.startswith(f"before\n{BEGIN}\n2 processors.")
    assert made.endswith(f"{END}\nafter\n")
    assert page(made, results()) == made


@pytest.mark.parametrize(
    ("value", "told"),
    [(28325.7, "28326"), (12.345, "12.3"), (0.01339, "0.0134"), (1.0, "1.00"), (0.0, "–"), (float("nan"), "–")],
)
def test_three_digits_count(value: float, told: str) -> None:
    assert number(value) == told


def test_a_ratio_has_its_range() -> None:
    assert ranged(Spread(0.414, 0.3911, 0.4467)) == "0.41 (0.39 to 0.45)"
    assert ranged(None) == "–"


def test_faults_are_summed_over_kinds_of_work() -> None:
    assert gathered([*results().rows.values(), *results(STREAM).rows.values()], "ecluse") == (2, 2, 0)
