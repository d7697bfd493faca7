"""Cisco Umbrella's DNS and proxy logs in CSV, as it exports them to S3 (gzip), schema versions 1 to 13."""

import csv
import datetime as dt
from typing import Final

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from filters.outbound.intake.fields import authority, told
from filters.outbound.intake.lookups import Lookups
from filters.outbound.intake.parser import BadLineError, Known, Reason
from filters.outbound.intake.times import Clock

_FEWEST: Final = 9
_IDENTITY, _INTERNAL, _EXTERNAL = 1, 3, 4
_DNS_ACTION, _DNS_NAME, _DNS_TYPE = 5, 8, 10
_WEB_INTERNAL, _WEB_EXTERNAL, _WEB_VERDICT, _WEB_URL, _WEB_TYPE, _WEB_WARNING = 2, 3, 6, 7, 21, 34
_DNS_ACTIONS: Final = frozenset({"allowed", "blocked", "proxied"})
_HEADERS: Final = frozenset({"timestamp", "date", "time"})
_SHARED: Final = ("network", "site", "internal network", "tunnel")
"""Types of identity that many people share: not who it was."""


class Umbrella:
    """Reads both logs, from one file or two; other logs of Umbrella (IP, firewall, audit) are passed over.

    - DNS: time, identity, identities, internal and external IP, action, type of query, code, domain, categories[, type
      of identity, types, blocked categories]. Look-ups of one name by one client within five seconds are one attempt.
    - Proxy: time, identity, internal, external and destination IP, content type, verdict, URL, …[, type of identity in
      the 22nd field, `warn…` in the 35th: coach]. One line is one attempt.
    Times are UTC, as Cisco states. A row of headers is passed over. The identity is the user unless it is of a network,
    a site or a tunnel.
    """

    def __init__(self, known: Known, clock: Clock) -> None:
        del clock  # its times are UTC
        self._known = known
        self._clock = Clock(dt.UTC)
        self._lookups = Lookups()

    def read(self, line: str) -> Attempt | None:
        """Return the attempt of a line."""
        try:
            row = next(csv.reader((line,), skipinitialspace=True), [])
        except csv.Error:
            raise BadLineError(Reason.FORM) from None
        if len(row) < _FEWEST or not row[0][:1].isdigit():
            _pass_over(row)
            return None
        if row[_DNS_ACTION].lower() in _DNS_ACTIONS:
            return self._looked_up(row)
        if "://" in row[_WEB_URL]:
            return self._requested(row)
        return None

    def _looked_up(self, row: list[str]) -> Attempt | None:
        service = self._known[row[_DNS_NAME]]
        if not service:
            return None
        at = self._clock.text(row[0])
        user, source = _user(row, _DNS_TYPE), told(row[_INTERNAL] or row[_EXTERNAL])
        if self._lookups.again(user or source, row[_DNS_NAME], at):
            return None
        verdict = Verdict.BLOCK if row[_DNS_ACTION].lower() == "blocked" else Verdict.OBSERVE
        return Attempt(at, service, verdict, verdict, user, source, "umbrella")

    def _requested(self, row: list[str]) -> Attempt | None:
        service = self._known[authority(row[_WEB_URL])]
        if not service:
            return None
        verdict = Verdict.BLOCK if row[_WEB_VERDICT].lower().startswith("block") else Verdict.OBSERVE
        if len(row) > _WEB_WARNING and row[_WEB_WARNING].lower().startswith("warn"):
            verdict = Verdict.COACH
        source = told(row[_WEB_INTERNAL] or row[_WEB_EXTERNAL])
        return Attempt(self._clock.text(row[0]), service, verdict, verdict, _user(row, _WEB_TYPE), source, "umbrella")


def _user(row: list[str], place: int) -> str:
    kind = row[place].lower() if len(row) > place else ""
    return "" if kind.startswith(_SHARED) else told(row[_IDENTITY])


def _pass_over(row: list[str]) -> None:
    """Pass over a row of headers or an empty line, or say that it is none of Umbrella's lines."""
    if row and row[0].strip().lower() not in {"", *_HEADERS}:
        raise BadLineError(Reason.FORM)
