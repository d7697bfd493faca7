"""A real parent with real processes: what it does when they die, grow, fail or do not end."""

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fakes import works

SECONDS = 30


class Group:
    """A parent that runs, and what it and its processes have said."""

    def __init__(self, file: Path, work: str, workers: int, memory_mb: int) -> None:
        self.file = file
        self.process = multiprocessing.get_context("spawn").Process(
            target=works.run, args=(work, file, workers, memory_mb)
        )
        self.process.start()

    def lines(self, **fields: object) -> list[Any]:
        """Return what was logged with these fields."""
        found = [json.loads(line) for line in self.file.read_text("utf-8").splitlines()] if self.file.exists() else []
        return [line for line in found if fields.items() <= line.items()]

    def wait(self, times: int, **fields: object) -> list[Any]:
        """Return the same, once there is as much."""
        deadline = time.monotonic() + SECONDS
        while len(found := self.lines(**fields)) < times:
            assert time.monotonic() < deadline, self.lines()
            time.sleep(0.02)
        return found

    def signalled(self, number: signal.Signals) -> int | None:
        """Signal the parent, and return how it ended."""
        assert self.process.pid
        os.kill(self.process.pid, number)
        return self.ended()

    def ended(self) -> int | None:
        """Return how the parent ended."""
        self.process.join(SECONDS)
        return self.process.exitcode


@contextmanager
def group(tmp_path: Path, work: str = "steady", workers: int = 2, memory_mb: int = 0) -> Iterator[Group]:
    made = Group(tmp_path / "log", work, workers, memory_mb)
    try:
        yield made
    finally:
        made.process.kill()
        made.process.join()


def test_a_stop_tells_everybody_to_leave(tmp_path: Path) -> None:
    with group(tmp_path) as made:
        made.wait(2, result="open")
        assert made.signalled(signal.SIGTERM) == 0
        assert sorted(line["number"] for line in made.lines(event="told", what="leave")) == [0, 1]
        assert len(made.lines(event="buried")) == 2


def test_one_that_dies_is_replaced_at_its_place(tmp_path: Path) -> None:
    with group(tmp_path) as made:
        victim = made.wait(2, result="open")[1]
        os.kill(victim["pid"], signal.SIGKILL)
        assert made.wait(3, result="open")[2]["worker"] == victim["worker"]
        assert made.lines(result="died") == [{**victim, "result": "died"}]
        assert made.lines(event="buried", pid=victim["pid"])
        assert made.signalled(signal.SIGINT) == 0


def test_one_that_has_grown_retires_once_another_is_open(tmp_path: Path) -> None:
    """Catches a place left empty while its next holder loads."""
    with group(tmp_path, "growing", memory_mb=300) as made:
        opened = made.wait(3, result="open")
        (grown,) = made.lines(result="grown")
        made.wait(1, result="ended", pid=grown["pid"])
        assert [line["number"] for line in made.lines(event="told", what="retire")] == [0]
        assert opened[2]["worker"] == 0
        said = [(line.get("result"), line.get("pid")) for line in made.lines(event="worker")]
        assert said.index(("ended", grown["pid"])) > said.index(("open", opened[2]["pid"]))
        assert made.signalled(signal.SIGTERM) == 0


def test_a_place_is_filled_whose_next_holder_dies_while_the_last_one_hangs(tmp_path: Path) -> None:
    """Catches a gateway of one worker that serves nobody for ever, and a worker that hangs and is never ended."""
    with group(tmp_path, "stuck", workers=1, memory_mb=300) as made:
        successor = made.wait(2, result="open")[1]
        (grown,) = made.lines(result="grown")
        os.kill(successor["pid"], signal.SIGKILL)
        assert made.wait(3, result="open")[2]["worker"] == 0
        made.wait(1, result="ended", pid=grown["pid"])
        assert made.signalled(signal.SIGTERM) == 0


def test_what_cannot_open_is_told_in_its_own_words(tmp_path: Path, capfd: Any) -> None:
    with group(tmp_path, "failing") as made:
        assert made.ended() == 1
    assert "la base ne répond pas" in capfd.readouterr().err


def test_what_dies_as_soon_as_it_is_started_is_given_up(tmp_path: Path, capfd: Any) -> None:
    """Catches a machine kept busy for ever by a process that cannot live."""
    with group(tmp_path, "dying", workers=1) as made:
        assert made.ended() == 1
        assert len(made.lines(result="died")) == 5
    assert "s’arrêtent sitôt ouverts" in capfd.readouterr().err


def test_one_that_does_not_end_is_killed(tmp_path: Path) -> None:
    with group(tmp_path, "deaf", workers=1) as made:
        made.wait(1, result="open")
        assert made.signalled(signal.SIGTERM) == 0
        assert made.lines(event="buried")


def test_nobody_is_left_when_the_parent_is_killed(tmp_path: Path) -> None:
    """Catches processes that go on without anybody who could stop them, each holding the others' pipes open."""
    with group(tmp_path, workers=3) as made:
        made.wait(3, result="open")
        made.process.kill()
        made.wait(3, event="told", what="nothing")
