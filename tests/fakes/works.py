"""What a parent may be given to run: processes that open, die, fail or grow, and tell a file when they are told."""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from gateway.serving.orders import OPEN
from gateway.serving.parent import Parent


@dataclass
class Written:
    """A log in a file."""

    file: Path

    def info(self, event: str, **fields: object) -> None:
        """Write one line."""
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"event": event, **fields}) + "\n")


def steady(log: Written, number: int, pipe: Connection) -> None:
    """Open, and end when told, or when the parent is gone."""
    pipe.send(OPEN)
    try:
        log.info("told", what=pipe.recv(), number=number)
    except EOFError:
        log.info("told", what="nothing", number=number)


def deaf(log: Written, number: int, pipe: Connection) -> None:
    """Open, and never end."""
    del log, number
    pipe.send(OPEN)
    time.sleep(600)


def failing(log: Written, number: int, pipe: Connection) -> None:
    """Say why it cannot open."""
    del log, number
    pipe.send("la base ne répond pas")


def dying(log: Written, number: int, pipe: Connection) -> None:
    """Die at once."""
    del log, number, pipe
    os._exit(1)


def grown_first(log: Written, number: int, pipe: Connection, then: Callable[[Written, int, Connection], None]) -> None:
    """Grow and go on as `then` does, where it is the first to come; else be steady."""
    first = log.file.with_suffix(".first")
    if number == 0 and not first.exists():
        first.touch()
        grown = b"x" * (400 << 20)
        then(log, number, pipe)
        del grown
    else:
        steady(log, number, pipe)


def growing(log: Written, number: int, pipe: Connection) -> None:
    """Grow, where it is the first to come."""
    grown_first(log, number, pipe, steady)


def stuck(log: Written, number: int, pipe: Connection) -> None:
    """Grow, where it is the first to come, and never end."""
    grown_first(log, number, pipe, deaf)


WORKS: dict[str, Callable[[Written, int, Connection], None]] = {
    work.__name__: work for work in (steady, deaf, failing, dying, growing, stuck)
}


def run(name: str, file: Path, workers: int, memory_mb: int) -> None:
    """Run a parent, and end with its words."""
    log = Written(file)
    work = WORKS[name]
    parent = Parent(
        lambda number, pipe: work(log, number, pipe),
        workers,
        log,
        patience=2.0,
        memory_mb=memory_mb,
        buried=lambda pid: log.info("buried", pid=pid),
    )
    sys.exit(parent.run())
