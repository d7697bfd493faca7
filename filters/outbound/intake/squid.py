"""Squid's own `access.log` (`logformat squid`), versions 2.6 to 6."""

from collections import OrderedDict
from typing import Final

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from filters.outbound.intake.fields import authority, told
from filters.outbound.intake.parser import BadLineError, Known, Reason
from filters.outbound.intake.times import Clock, epoch

_FIELDS: Final = 10
_REMEMBERED: Final = 65_536
_CHALLENGE: Final = "407"
_STEP: Final = frozenset({"200", "000"})
_REFUSED: Final = frozenset({"302", "303", "307", "403"})


class Squid:
    """Reads `%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt`, with or without a syslog prefix.

    Fields used: time (UTC, seconds since 1970), client, result and status, method, URL, user. Those that a longer
    format adds at the end are ignored. Lines of the format that `ecluse outbound squid` writes are not for here.

    One attempt is one tunnel or one request over plain HTTP, refused (`TCP_DENIED`: block) or not (observe):
    - a 407 only asks who it is, and is followed by the attempt itself;
    - where Squid looks into TLS (`ssl_bump`), `CONNECT … NONE_NONE/200` is a step of a connection that its next line
      settles: `TCP_TUNNEL` where it was spliced, the first `https://` request where it was decrypted. Later requests of
      it are no attempts. A connection that was terminated, or whose client did not trust the certificate, leaves no
      second line and is not counted: this format does not tell it from one still open.
    """

    def __init__(self, known: Known, clock: Clock) -> None:
        del clock  # its times are absolute
        self._known = known
        self._opened: OrderedDict[tuple[str, str], int] = OrderedDict()

    def read(self, line: str) -> Attempt | None:
        """Return the attempt of a line."""
        parts = line.split()
        if len(parts) < _FIELDS or "/" not in parts[3] or not parts[0][0].isdigit():
            if not parts:
                return None
            parts = _without_prefix(parts)
        url = parts[6]
        host = url if parts[5] == "CONNECT" else authority(url)
        service = self._known[host]
        if not service:
            return None
        verdict = self._verdict(parts, (parts[2], service))
        if verdict is None:
            return None
        return Attempt(epoch(parts[0]), service, verdict, verdict, told(parts[7]), told(parts[2]), "squid")

    def _verdict(self, parts: list[str], who: tuple[str, str]) -> Verdict | None:
        """Return what happened to the attempt that the line is; None where it is only a part of one."""
        code, _, status = parts[3].partition("/")
        if status == _CHALLENGE:
            return None
        denied, nothing = "DENIED" in code, "NONE" in code
        if parts[5] == "CONNECT":
            if nothing and status in _STEP:
                self._open(who)
                return None
            self._settles(who)
        elif not parts[6].startswith("http://"):
            if not (parts[6].startswith("https://") and self._settles(who)):
                return None
            denied = denied or (nothing and status in _REFUSED)
        return Verdict.BLOCK if denied else Verdict.OBSERVE

    def _open(self, who: tuple[str, str]) -> None:
        self._opened[who] = self._opened.pop(who, 0) + 1
        if len(self._opened) > _REMEMBERED:
            self._opened.popitem(last=False)

    def _settles(self, who: tuple[str, str]) -> bool:
        """Return whether a connection waits for its second line, which this is."""
        waiting = self._opened.pop(who, 0)
        if waiting > 1:
            self._opened[who] = waiting - 1
        return waiting > 0


def _without_prefix(parts: list[str]) -> list[str]:
    """Return the fields after what a syslog server put before them."""
    for index, part in enumerate(parts[:-3]):
        if "/" in parts[index + 3] and part.replace(".", "", 1).isdigit() and parts[index + 1].lstrip("-").isdigit():
            if len(parts) - index < _FIELDS:
                raise BadLineError(Reason.FIELDS)
            return parts[index:]
    raise BadLineError(Reason.FORM)
