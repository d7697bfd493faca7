"""Zscaler's web log."""

import datetime as dt
import json

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.intake import attempts
from filters.outbound.intake.parser import Reason, Tally, ZoneNeededError

TABS = (
    "2026-01-31 12:00:00\treason=Not allowed to browse this category\tprotocol=HTTPS\taction=Blocked\trefererURL=None"
    "\tClientIP=10.1.2.3\tuser=dupont@chu.example\turl=chatgpt.com:443\thostname=chatgpt.com"
)
EVENT = {
    "time": "Sat Jan 31 12:00:00 2026", "login": "dupont@chu.example", "proto": "HTTPS", "eurl": "chatgpt.com/backend",
    "action": "Blocked", "cip": "10.1.2.3",
}  # fmt: skip


def read(*lines: str, zone: dt.tzinfo | None = dt.UTC, tally: Tally | None = None):  # noqa: ANN201
    services = {"chatgpt.com": "chatgpt"}
    return list(attempts(lines, "zscaler", lambda host: services.get(host, ""), zone=zone, tally=tally))


@pytest.mark.parametrize(
    "line",
    [
        TABS,
        "<134>Jan 31 12:00:01 nss " + TABS + "\r",
        json.dumps({"sourcetype": "zscalernss-web", "event": EVENT}),
        json.dumps({"sourcetype": "zscalernss-web", "event": EVENT}, separators=(",", ":")),
        json.dumps(EVENT),
    ],
)
def test_each_form(line: str) -> None:
    (found,) = read(line)
    assert (found.verdict, found.user, found.source) == (Verdict.BLOCK, "dupont@chu.example", "10.1.2.3")
    assert found.at == dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)


def test_what_happened() -> None:
    caution = TABS.replace("reason=Not allowed to browse this category", "reason=Caution page shown")
    assert read(caution)[0].verdict is Verdict.COACH
    assert read(TABS.replace("action=Blocked", "action=Allowed"))[0].verdict is Verdict.OBSERVE


def test_the_zone() -> None:
    with pytest.raises(ZoneNeededError):
        read(TABS, zone=None)
    assert read(json.dumps(EVENT | {"tz": "GMT"}), zone=None)[0].at.hour == 12
    assert read(json.dumps(EVENT | {"epochtime": "1769857200"}), zone=None)[0].at.hour == 11


def test_bad_lines() -> None:
    tally = Tally()
    deep = '{"eurl": "chatgpt.com", "a": ' + "[" * 100_000
    assert (
        read(
            "rubbish",
            deep,
            "{}",
            "[1]",
            json.dumps({"event": 3}),
            TABS.replace("2026-01-31", "2026-13-31"),
            tally=tally,
        )
        == []
    )
    assert tally.bad == {Reason.FORM: 4, Reason.FIELDS: 1, Reason.TIME: 1}
