"""What the process writes of its own running."""

import errno
import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import DBAPIError
from typing_extensions import override

from config.logging import Logs
from gateway.api.logs import Closed, access_log, configure

SECRET = "Jean Exemple, 1850578006048"


def formatted(name: str, level: int, message: str, *, error: Exception | None = None) -> dict[str, object]:
    trace = (type(error), error, None) if error else None
    line: dict[str, object] = json.loads(Closed().format(logging.LogRecord(name, level, "", 1, message, None, trace)))
    return line


@pytest.mark.parametrize("name", ["litellm", "sqlalchemy.engine", "py.warnings", "asyncio", "root"])
def test_the_words_of_libraries_are_cut(name: str) -> None:
    """Catches a library that logs the request it failed on."""
    line = formatted(name, logging.ERROR, SECRET, error=ValueError(SECRET))
    assert SECRET not in json.dumps(line)
    assert (line["logger"], line["level"], line["exception"], line["event"]) == (name, "error", "ValueError", "library")


def test_the_server_says_that_it_listens_but_shows_no_trace() -> None:
    assert formatted("uvicorn.error", logging.INFO, "Started")["event"] == "Started"
    line = formatted("uvicorn.error", logging.ERROR, SECRET, error=KeyError(SECRET))
    assert SECRET not in json.dumps(line)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, SECRET), "ENOSPC"),
        (DBAPIError(SECRET, None, UniqueViolation(SECRET)), "23505"),
        (ValueError(SECRET), None),
    ],
)
def test_what_stops_the_journal_is_told_by_its_code_alone(error: Exception, reason: str | None) -> None:
    """Catches an outage that nobody can tell apart, and a statement with its values in the log."""
    line = formatted("gateway.audit.sql.writer", logging.WARNING, "the journal could not be written", error=error)
    assert SECRET not in json.dumps(line)
    assert (line["event"], line["reason"]) == ("the journal could not be written", reason)


@pytest.fixture
def _configured() -> Iterator[None]:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    hooks = sys.unraisablehook, threading.excepthook
    configure(Logs())
    yield
    sys.unraisablehook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    logging.getLogger().handlers[:], _ = before
    logging.getLogger().setLevel(before[1])


class Breaks:
    """Fails where nobody can catch it."""

    def __del__(self) -> None:
        """Fail, with the words of a request."""
        raise ValueError(SECRET)


def in_a_destructor() -> None:
    broken = Breaks()
    del broken


def in_a_thread() -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


@pytest.mark.usefixtures("_configured")
@pytest.mark.parametrize(
    ("speaks", "logger"),
    [
        (lambda: logging.getLogger("some.library").warning("failed on %s", SECRET), "some.library"),
        (lambda: warnings.warn(SECRET, stacklevel=1), "py.warnings"),
        (in_a_destructor, "python"),
        (in_a_thread, "python"),
    ],
)
def test_everything_goes_through_the_same_gate(
    speaks: Callable[[], None], logger: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The leak caught: a trace printed by the interpreter itself, where no code can catch it."""
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(sys.stdout)
    speaks()
    written = capfd.readouterr()
    assert SECRET not in written.out + written.err
    # Whatever else is collected meanwhile, by the interpreter, has lines of its own.
    assert logger in {json.loads(line)["logger"] for line in written.out.splitlines()}


def test_the_access_log_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    access_log(Logs()).info("request", status=200)
    line = json.loads(capsys.readouterr().out)
    assert (line["event"], line["status"]) == ("request", 200)
    assert set(line) == {"event", "status", "timestamp"}
    assert sys.stdout is not None


def test_a_command_prints_nothing_of_what_stops_the_journal() -> None:
    """Catches a statement, or a value of it, on the screen of whoever ran a command while the database was away."""
    said = (
        "import gateway.audit.sql.writer as writer\n"
        f"writer._logger.warning('the journal could not be written', exc_info=ValueError({SECRET!r}))"
    )
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("", "")


class Unbuffered(io.StringIO):
    """An output that passes on what it is given at once, as `PYTHONUNBUFFERED` makes it in most containers."""

    def __init__(self) -> None:
        super().__init__()
        self.passed_on: list[str] = []

    @override
    def write(self, text: str, /) -> int:
        """Pass it on."""
        self.passed_on.append(text)
        return len(text)


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_line_leaves_whole(form: Literal["json", "console"], monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches lines of two workers in one, which no collector of logs can read."""
    output = Unbuffered()
    monkeypatch.setattr(sys, "stdout", output)
    access_log(Logs(format=form)).info("request", status=200)
    (line,) = output.passed_on
    assert line.endswith("\n")
