"""What the process writes of its own running: JSON lines of closed fields, on standard output.

Libraries log too, and what they say of a failing request may hold its text: of their lines only the logger's name,
the level, and the class and the code of an exception are kept.
"""

import datetime as dt
import errno
import logging
import sys
import threading
from typing import Any

import orjson
import structlog
from typing_extensions import override

from config.logging import Logs

OWN = frozenset({"uvicorn.error", "gateway.audit.sql.writer"})
"""Loggers whose sentences are known: start, stop, address, a journal that refuses. Their exceptions are cut like
everybody else's."""


class Closed(logging.Formatter):
    """Writes a record of a library without its words."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """Return a JSON line."""
        own = record.name in OWN and record.levelno < logging.ERROR
        kind = record.exc_info[0] if record.exc_info else None
        line: dict[str, Any] = {
            "event": record.getMessage() if own else "library",
            "level": record.levelname.lower(),
            "logger": record.name,
            "exception": kind.__name__ if kind else None,
            "reason": _reason(record.exc_info[1]) if record.exc_info else None,
            "timestamp": f"{dt.datetime.fromtimestamp(record.created, dt.UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        }
        return orjson.dumps(line).decode()


def configure(settings: Logs) -> None:
    """Send what every library logs through `Closed`."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Closed())
    logging.basicConfig(handlers=[handler], level=settings.level.upper(), force=True)
    # `warnings` quote source lines and values; as log records they are cut like the others.
    logging.captureWarnings(capture=True)
    # What nobody can catch any more (a destructor, a thread) would be printed with its words.
    sys.unraisablehook = lambda lost: _lost(lost.exc_type)
    threading.excepthook = lambda lost: _lost(lost.exc_type)


def _reason(error: BaseException | None) -> str | None:
    """Return the code that a database or the system gives to an error: a full disk and a lock are told apart by it."""
    told = getattr(error, "orig", None) or error
    if isinstance(told, OSError) and told.errno is not None:
        return errno.errorcode.get(told.errno)
    code = getattr(told, "sqlite_errorname", None) or getattr(told, "sqlstate", None)
    return code if isinstance(code, str) else None


def _lost(kind: type[BaseException]) -> None:
    logging.getLogger("python").error("lost", exc_info=(kind, BaseException(), None))


def access_log(settings: Logs) -> Any:  # noqa: ANN401 - structlog's loggers have no static type
    """Return the logger of the access log."""
    console = settings.format == "console"
    renderer: Any = structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer(_dumps)
    return structlog.wrap_logger(
        structlog.WriteLogger(sys.stdout),  # a line and its end at once: other workers write to the same place
        processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), renderer],
        wrapper_class=structlog.BoundLogger,
    )


def _dumps(value: object, **_: object) -> str:
    return orjson.dumps(value).decode()
