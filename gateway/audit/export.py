"""One line of the journal as it is exported. Pure."""

import datetime as dt
from typing import Final

from gateway.audit.entry import closed, timestamp
from gateway.audit.event import Line
from gateway.structures import Json

COLUMNS: Final = (
    "at", "output_id", "caller", "role", "service", "case", "charter", "use", "declared", "decision", "code", "article",
    "tier", "review", "route", "system", "stream", "masked", "placeholders_lost", "placeholders_unknown", "answer",
    "prompt_tokens", "completion_tokens", "ending", "failure", "duration_ms", "gateway",
)  # fmt: skip
"""Every column of an export, in order."""


def row(at: dt.datetime, line: Line) -> dict[str, Json]:
    """Return a request's columns; `at` is when it was opened."""
    fields = closed(line, timestamp(at)) | {"at": timestamp(at)}
    return {name: fields[name] for name in COLUMNS}
