"""Zscaler's web log, as its Nanolog Streaming Service sends it: `key=value` between tabs (Splunk), or JSON."""

import datetime as dt
import json
from typing import Any, Final

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from filters.outbound.intake.fields import authority, told
from filters.outbound.intake.parser import BadLineError, Known, Reason
from filters.outbound.intake.times import Clock, epoch

_UTC: Final = frozenset({"gmt", "utc"})
_TIME: Final = len("2026-01-31 12:00:00")
_JSON_URL: Final = '"eurl":"'
_TAB_HOST: Final = "\thostname="


class Zscaler:
    """Reads the two formats of an NSS feed for web logs that Zscaler proposes for Splunk, and the one of Elastic.

    - Tabs: `2026-01-31 12:00:00<tab>reason=…<tab>action=…<tab>hostname=…<tab>url=…<tab>user=…<tab>ClientIP=…`.
    - JSON, one object a line, alone or as `event` of `{"sourcetype": "zscalernss-web", "event": {…}}`.
    Fields used, under the name of either: host (`hostname`, `host`, else that of `url`, `eurl`), time (`epochtime`,
    else `datetime`, `time`, `event_timestamp`, `tz`), `action`, `reason`, `user` or `login`, `ClientIP` or `cip`.
    The feed's own zone has to be given, unless it has `epochtime` or a `tz` of GMT. `Blocked`: block; an action or a
    reason of caution: coach; `Allowed`, isolated: observe. One line is one attempt.
    """

    def __init__(self, known: Known, clock: Clock) -> None:
        self._known = known
        self._clock = clock

    def read(self, line: str) -> Attempt | None:
        """Return the attempt of a line."""
        if _TAB_HOST in line:
            start = line.find(_TAB_HOST) + len(_TAB_HOST)
            end = line.find("\t", start)
            if not self._known[line[start : end if end >= 0 else None].strip()]:
                return None
            return self._attempt(_tabbed(line))
        start = line.find(_JSON_URL)
        if start >= 0 and '"hostname"' not in line:
            start += len(_JSON_URL)
            if not self._known[authority(line[start : line.find('"', start)])]:
                return None
        if not line or line.isspace():
            return None
        return self._attempt(_tabbed(line) if "\t" in line and "{" not in line else _object(line))

    def _attempt(self, fields: dict[str, str]) -> Attempt | None:
        host = fields.get("hostname") or fields.get("host") or authority(fields.get("eurl") or fields.get("url", ""))
        if not host or "action" not in fields:
            raise BadLineError(Reason.FIELDS)
        service = self._known[host]
        if not service:
            return None
        verdict = _verdict(fields["action"].lower(), fields.get("reason", "").lower())
        user = told(fields.get("user") or fields.get("login", ""))
        source = told(fields.get("clientip") or fields.get("cip", ""))
        return Attempt(self._at(fields), service, verdict, verdict, user, source, "zscaler")

    def _at(self, fields: dict[str, str]) -> dt.datetime:
        if fields.get("epochtime"):
            return epoch(fields["epochtime"])
        clock = Clock(dt.UTC) if fields.get("tz", "").lower() in _UTC else self._clock
        written = fields.get("datetime") or fields.get("time") or fields.get("event_timestamp", "")
        return clock.text(written) if written[:1].isdigit() else clock.words(written)


def _verdict(action: str, reason: str) -> Verdict:
    if "caution" in action or "caution" in reason:
        return Verdict.COACH
    return Verdict.BLOCK if action.startswith("block") else Verdict.OBSERVE


def _tabbed(line: str) -> dict[str, str]:
    head, *rest = line.rstrip("\r\n").split("\t")
    fields = {"time": head.rstrip()[-_TIME:]}
    for part in rest:
        key, equals, value = part.partition("=")
        if equals:
            fields.setdefault(key.lower(), value.strip().strip('"'))
    return fields


def _object(line: str) -> dict[str, str]:
    try:
        found: Any = json.loads(line[line.index("{") :])
    except (ValueError, RecursionError):
        raise BadLineError(Reason.FORM) from None
    event = found.get("event", found)
    if not isinstance(event, dict):
        raise BadLineError(Reason.FORM)
    return {key.lower(): str(value) for key, value in event.items() if not isinstance(value, dict | list)}
