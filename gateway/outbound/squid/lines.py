"""What Squid's log tells: exactly one attempt for each connection that the policy had something to say about.

Squid logs two lines for most connections, and refused ones show up again as the request inside their tunnel; a plain
search for refusals counts a half too many. One line of each counts: the `CONNECT`, or the request of a `http://`.
"""

import datetime as dt
from typing import Final
from urllib.parse import unquote

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from gateway.outbound.judge import FAULT

FORMAT: Final = "%ts.%03tu %>a %#un %rm %>rs"
"""Of `logformat`, before the mark: when, who, and which kind of line. No host, no address of a page."""

MARK: Final = "%ea"
ICAP_MARK: Final = "%{X-Ecluse-Mark}adapt::<last_h"

ENGINE: Final = "squid"

_FIELDS: Final = 6
_PARTS: Final = 5
_COUNTED: Final = {verdict.value: verdict for verdict in (Verdict.OBSERVE, Verdict.COACH, Verdict.BLOCK)}
_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}


def attempt(line: str) -> Attempt | None:
    """Return what a line of our format tells, None where there is nothing to count; raises ValueError for others."""
    fields = line.split(maxsplit=_FIELDS - 1)
    if len(fields) < _FIELDS:
        raise ValueError("not a line of our format")
    at, source, user, method, scheme, mark = fields
    if not _counts(method, scheme):
        return None
    parts = _unquoted(mark).split("/")
    if parts[0] not in _COUNTED or len(parts) != _PARTS:
        return None
    verdict, service, _, planned, version = parts
    return Attempt(
        at=dt.datetime.fromtimestamp(float(at), dt.UTC),
        service=_known(service),
        verdict=_COUNTED[verdict],
        planned=_VERDICTS.get(planned, _COUNTED[verdict]),
        user=unquote(_known(user)),
        source=_known(source),
        engine=ENGINE,
        version=_known(version),
    )


def failed(line: str) -> bool:
    """Return whether a line tells of a connection that could not be decided, by the same rule."""
    fields = line.split(maxsplit=_FIELDS - 1)
    return len(fields) == _FIELDS and _counts(fields[3], fields[4]) and _unquoted(fields[5]).startswith(FAULT)


def _counts(method: str, scheme: str) -> bool:
    return method == "CONNECT" or scheme == "http"


def _unquoted(mark: str) -> str:
    return mark.strip().strip('"')


def _known(field: str) -> str:
    return "" if field == "-" else field
