"""Stormshield Network Security's `l_web` log in WELF, SNS 2 to 4, from the file or by syslog."""

from typing import Final

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from filters.outbound.intake.fields import pairs, told
from filters.outbound.intake.parser import BadLineError, Known, Reason
from filters.outbound.intake.times import Clock

_HOST: Final = ' dstname="'
_BARE: Final = " dstname="
_FIELDS: Final = frozenset({"dstname", "logtype", "arg", "time", "tz", "action", "user", "src"})


class Stormshield:
    """Reads lines of `id=firewall …` whose `logtype` is `web`, or that have none and an `arg`, as the file has them.

    Fields used: `time` and `tz` (a zone has to be given where `tz` is missing), `dstname`, `action` (`pass`: observe;
    `block`; empty, which is « log »: observe), `user`, `src`. A user or source shown as « Anonymized » is unknown. One
    line is one attempt. Sites refused before TLS is decrypted are in `l_ssl`, which is not read.
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
        else:
            start = line.find(_BARE)
            if start < 0:
                _pass_over(line)
                return None
            if not self._known[line[start + len(_BARE) :].partition(" ")[0].rstrip()]:
                return None
        return self._parsed(pairs(line, _FIELDS))

    def _parsed(self, fields: dict[str, str]) -> Attempt | None:
        service = self._known[fields.get("dstname", "")]
        if not service or fields.get("logtype", "web" if "arg" in fields else "") != "web":
            return None
        at = self._clock.text(fields.get("time", ""), fields.get("tz", ""))
        verdict = Verdict.BLOCK if fields.get("action", "").lower() == "block" else Verdict.OBSERVE
        user, source = told(fields.get("user", "")), told(fields.get("src", ""))
        return Attempt(at, service, verdict, verdict, user, source, "stormshield")


def _pass_over(line: str) -> None:
    """Pass over a line of another log of the firewall, or say that it is none of its lines."""
    if "id=firewall" not in line and line and not line.isspace():
        raise BadLineError(Reason.FORM)
