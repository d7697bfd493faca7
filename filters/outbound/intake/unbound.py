"""Unbound's log of response policy zones (`rpz-log: yes`), 1.10 to 1.24, from its file, syslog or the journal."""

import datetime as dt
import re
from typing import Final

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from filters.outbound.intake.lookups import Lookups
from filters.outbound.intake.parser import BadLineError, Known, Reason
from filters.outbound.intake.times import Clock, epoch

_APPLIED: Final = " rpz: applied "
_EPOCH: Final = re.compile(r"\[(\d{9,11})\]")
_FIELDS: Final = 5
_THROUGH: Final = frozenset({"rpz-passthru", "rpz-disabled", "rpz-tcp-only"})


class Unbound:
    """Reads `… info: rpz: applied [ZONE] TRIGGER ACTION CLIENT@PORT NAME TYPE CLASS`; other lines are passed over.

    The time is that of the line: seconds since 1970 (the default), ISO 8601, or syslog's, which has neither year nor
    zone: a zone has to be given. `rpz-passthru`, `rpz-disabled` (a zone that only logs) and `rpz-tcp-only`: observe;
    every other action: block. The name is the one asked for, not the trigger. Look-ups of one name by one client within
    five seconds are one attempt. Names that no zone has are in no such line.
    """

    def __init__(self, known: Known, clock: Clock) -> None:
        self._known = known
        self._clock = clock
        self._lookups = Lookups()

    def read(self, line: str) -> Attempt | None:
        """Return the attempt of a line."""
        start = line.find(_APPLIED)
        if start < 0:
            _pass_over(line)
            return None
        # A zone without a name to log has no brackets; one with a name may have blanks in it.
        end = line.find("] ", start) if line.startswith("[", start + len(_APPLIED)) else start + len(_APPLIED) - 2
        parts = line[end + 2 :].split()
        if end < 0 or len(parts) < _FIELDS:
            raise BadLineError(Reason.FIELDS)
        _trigger, action, client, name, *_type = parts
        service = self._known[name]
        if not service:
            return None
        at = self._at(line[: start + 1])
        source = client.rpartition("@")[0] or client
        if self._lookups.again(source, name.lower(), at):
            return None
        verdict = Verdict.OBSERVE if action in _THROUGH else Verdict.BLOCK
        return Attempt(at, service, verdict, verdict, "", source, "unbound")

    def _at(self, prefix: str) -> dt.datetime:
        found = _EPOCH.search(prefix)
        return epoch(found[1]) if found else self._clock.leading(prefix)


def _pass_over(line: str) -> None:
    """Pass over another line of unbound's, or say that it is none."""
    if line and not line.isspace() and "unbound" not in line and "info:" not in line:
        raise BadLineError(Reason.FORM)
