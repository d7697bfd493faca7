"""FortiGate's web filter log in `key=value`, FortiOS 5.0 to 7.6, as it sends it by syslog or saves it to a file."""

import datetime as dt
from typing import Final

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from filters.outbound.intake.fields import pairs, told
from filters.outbound.intake.parser import BadLineError, Known, Reason
from filters.outbound.intake.times import Clock, epoch

_HOST: Final = ' hostname="'
_FIELDS: Final = frozenset({
    "subtype", "hostname", "eventtime", "date", "time", "tz", "action", "status", "msg", "logid", "user", "unauthuser",
    "srcip",
})  # fmt: skip
_WARNED: Final = frozenset({"13057", "13058"})
"""Last digits of `logid` where the page that was shown let the person go on: the log says `blocked` all the same."""

_PAGES: Final = ("warning", "override", "authenticate")
_BLOCKED: Final = frozenset({"blocked", "block", "deny", "denied", "dropped"})


class Fortigate:
    """Reads lines of `type="utm" subtype="webfilter"`, quoted or not; other logs of the same stream are passed over.

    Fields used: `eventtime` (seconds since 6.0, nanoseconds since 6.2), else `date`, `time` and `tz` (a zone has to be
    given where `tz` is missing: before 6.2); `hostname`, `action` (`status` in 5.0), `msg`, `logid`, `user`
    (`unauthuser`), `srcip`. One line is one attempt. FortiGate logs a page of warning as `blocked`: it is told apart by
    `logid` 0316013057 and its message (coach). `passthrough`, `monitored`, `exempt`: observe. CEF and the CSV of
    FortiAnalyzer are not read.
    """

    def __init__(self, known: Known, clock: Clock) -> None:
        self._known = known
        self._clock = clock

    def read(self, line: str) -> Attempt | None:
        """Return the attempt of a line."""
        start = line.find(_HOST)
        if start >= 0:
            start += len(_HOST)
            if not self._known[line[start : line.find('"', start)]]:
                return None
        elif " hostname=" not in line:
            if " subtype=" in line or not line or line.isspace():
                return None
            raise BadLineError(Reason.FORM)
        fields = pairs(line, _FIELDS)
        service = self._known[fields.get("hostname", "")]
        if not service or fields.get("subtype") != "webfilter":
            return None
        verdict = _verdict(fields)
        user = told(fields.get("user") or fields.get("unauthuser", ""))
        return Attempt(self._at(fields), service, verdict, verdict, user, told(fields.get("srcip", "")), "fortigate")

    def _at(self, fields: dict[str, str]) -> dt.datetime:
        if "eventtime" in fields:
            return epoch(fields["eventtime"])
        return self._clock.text(f"{fields.get('date', '')} {fields.get('time', '')}", fields.get("tz", ""))


def _verdict(fields: dict[str, str]) -> Verdict:
    action = (fields.get("action") or fields.get("status", "")).lower()
    if not action:
        raise BadLineError(Reason.FIELDS)
    if action in _BLOCKED:
        message = fields.get("msg", "").lower()
        warned = fields.get("logid", "")[-5:] in _WARNED or any(word in message for word in _PAGES)
        return Verdict.COACH if warned else Verdict.BLOCK
    return Verdict.COACH if action.startswith(_PAGES) else Verdict.OBSERVE
