"""Palo Alto Networks' URL filtering log, PAN-OS 8 to 11: the CSV of syslog, and the one that the console exports."""

import csv
import datetime as dt
import re
from typing import Final

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from filters.outbound.intake.fields import authority, told
from filters.outbound.intake.parser import BadLineError, Known, Reason
from filters.outbound.intake.times import Clock

_GENERATED, _SOURCE, _USER, _ACTION, _URL, _LATE = 6, 7, 12, 30, 31, 60
_KINDS: Final = (",THREAT,", ",TRAFFIC,", ",SYSTEM,", ",CONFIG,", ",GLOBALPROTECT,", ",USERID,", ",DECRYPTION,", ",HIP")
_HEADER: Final = ("Domain,", '"Domain"')
_PRECISE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_END: Final = re.compile(r'[/?#,"]')
_COACHED: Final = frozenset({"block-continue", "continue", "block-override", "override"})
_BLOCKED: Final = ("block", "deny", "drop", "reset", "sinkhole", "override-lockout")


class PaloAlto:
    """Reads lines of `THREAT,url`, with or without a syslog prefix; other logs of the same stream are passed over.

    Fields used, by place: 7 generated time, 8 source, 13 source user, 31 action, 32 URL; and the high-resolution time
    of PAN-OS 10 and later, which has its zone. Without it a zone has to be given. `block-url`, `deny`, `drop…`,
    `reset…`: block; `block-continue`, `continue`, `block-override`, `override`: coach; `alert`, `allow`: observe. One
    line is one attempt. LEEF, CEF and custom formats are not read.
    """

    def __init__(self, known: Known, clock: Clock) -> None:
        self._known = known
        self._clock = clock

    def read(self, line: str) -> Attempt | None:
        """Return the attempt of a line."""
        if ",THREAT,url," not in line:
            _pass_over(line)
            return None
        parts = line.split(",", _URL)
        if len(parts) <= _URL:
            raise BadLineError(Reason.FIELDS)
        url = parts[_URL]
        quote = line.find('"')
        if quote < 0 or quote >= len(line) - len(url):
            # No field before the URL is quoted: it is where it seems to be, and its host needs no more of the line.
            start = 1 if quote == len(line) - len(url) else 0
            end = _END.search(url, start)
            host = url[start : end.start()] if end else url[start:].rstrip()
            if host and "@" not in host and ":" not in host and not self._known[host]:
                return None
        return self._parsed(line)

    def _parsed(self, line: str) -> Attempt | None:
        try:
            row = next(csv.reader((line,)))
        except (csv.Error, StopIteration):
            raise BadLineError(Reason.FORM) from None
        if len(row) <= _URL:
            raise BadLineError(Reason.FIELDS)
        service = self._known[authority(row[_URL])]
        if not service:
            return None
        verdict = _verdict(row[_ACTION].lower())
        return Attempt(self._at(row), service, verdict, verdict, told(row[_USER]), told(row[_SOURCE]), "paloalto")

    def _at(self, row: list[str]) -> dt.datetime:
        for part in row[_LATE:]:
            if part[10:11] == "T" and _PRECISE.fullmatch(part):
                return self._clock.text(part)
        return self._clock.text(row[_GENERATED])


def _verdict(action: str) -> Verdict:
    if action in _COACHED:
        return Verdict.COACH
    return Verdict.BLOCK if action.startswith(_BLOCKED) else Verdict.OBSERVE


def _pass_over(line: str) -> None:
    """Pass over a line of another log, headers or an empty line, or say that it is none of the firewall's lines."""
    if line and not line.isspace() and not line.startswith(_HEADER) and not any(kind in line for kind in _KINDS):
        raise BadLineError(Reason.FORM)
