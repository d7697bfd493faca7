"""What holds for every engine."""

import datetime as dt
import random

import pytest

from bench.outbound.lines import SERVICES, lines, service_of
from filters.outbound.intake import ENGINES, attempts
from filters.outbound.intake.parser import Tally


@pytest.mark.parametrize("engine", ENGINES)
def test_every_made_up_line_is_read_and_those_of_services_are_attempts(engine: str) -> None:
    text, tally = list(lines(engine, 2000, share=0.5)), Tally()
    found = list(attempts(text, engine, service_of, zone=dt.UTC, tally=tally))
    # Made-up lines are of so many people that hardly two look the same name up within five seconds.
    ours = sum(any(f"{name}" in line for name in SERVICES) for line in text)
    assert ours - 5 <= len(found) <= ours
    assert not tally.bad
    assert {one.engine for one in found} == {engine}
    assert all(one.at.tzinfo is not None and one.at.year == 2026 for one in found)


@pytest.mark.parametrize("engine", ENGINES)
def test_broken_lines_neither_raise_nor_add(engine: str) -> None:
    """One line cut by a full disk or forged by a client must not end the count of the day."""
    chance, text = random.Random(7), list(lines(engine, 300, share=1.0))
    broken = []
    for line in text:
        cut = line[: chance.randrange(len(line))]
        place = chance.randrange(len(line))
        broken += [cut, line[:place] + chance.choice('",=\\\t{}[]\x00 é\ufffd') * chance.randrange(1, 4) + line[place:]]
    tally = Tally()
    assert len(list(attempts(broken, engine, service_of, zone=dt.UTC, tally=tally))) <= len(broken)
    assert tally.lines == len(broken)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_error_holds_a_line(engine: str) -> None:
    """A line of log says who went where: what is told of a bad one is a word of a closed list."""
    tally = Tally()
    list(attempts(["dupont chez chatgpt.com" * 3], engine, service_of, zone=dt.UTC, tally=tally))
    assert {str(reason) for reason in tally.bad} <= {"form", "fields", "time", "long"}
    assert sum(tally.bad.values()) == 1
