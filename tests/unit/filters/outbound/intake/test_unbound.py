"""Unbound's log of response policy zones."""

import datetime as dt

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.intake import attempts
from filters.outbound.intake.engines import parser
from filters.outbound.intake.parser import Reason, Tally

EVENT = "info: rpz: applied [ecluse] *.chatgpt.com. rpz-nxdomain 10.1.2.3@37669 www.chatgpt.com. A IN"
LINE = "[1795690809] unbound[10737:0] " + EVENT
SERVICES = {"www.chatgpt.com": "chatgpt"}


def read(*lines: str, zone: dt.tzinfo | None = None, tally: Tally | None = None):  # noqa: ANN201
    return list(attempts(lines, "unbound", lambda host: SERVICES.get(host, ""), zone=zone, tally=tally))


def test_a_line() -> None:
    (found,) = read(LINE)
    assert (found.verdict, found.user, found.source) == (Verdict.BLOCK, "", "10.1.2.3")
    assert found.at == dt.datetime.fromtimestamp(1795690809, dt.UTC)


@pytest.mark.parametrize("action", ["rpz-passthru", "rpz-disabled"])
def test_a_zone_that_only_logs(action: str) -> None:
    assert read(LINE.replace("rpz-nxdomain", action))[0].verdict is Verdict.OBSERVE


@pytest.mark.parametrize("name", ["[ma liste] ", ""])
def test_the_name_of_the_zone(name: str) -> None:
    assert len(read(LINE.replace("[ecluse] ", name))) == 1


def test_times_of_syslog_have_no_year() -> None:
    """A log of December read in January is of last year."""
    today = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    reader = parser("unbound", SERVICES.__getitem__, dt.UTC, today)
    for written, expected in (("Dec 31 23:59:00", 2025), ("Jan  2 00:00:01", 2026), ("Feb 29 10:00:00", 2024)):
        found = reader.read(f"{written} gw unbound: [10737:0] {EVENT}")
        assert found is not None
        assert found.at.year == expected


def test_iso_times_have_their_zone() -> None:
    (found,) = read("2026-01-31T12:00:00.123+01:00 unbound[1:0] " + EVENT)
    assert found.at == dt.datetime(2026, 1, 31, 11, 0, 0, 123_000, tzinfo=dt.UTC)


def test_look_ups_of_one_attempt_are_one() -> None:
    assert len(read(LINE, LINE.replace(" A IN", " AAAA IN"), LINE.replace(" A IN", " HTTPS IN"))) == 1
    assert len(read(LINE, LINE.replace("10.1.2.3", "2001:db8::1"))) == 2


def test_other_lines_and_rubbish() -> None:
    tally = Tally()
    assert (
        read(
            "[1] unbound[1:0] info: start of service",
            "x",
            "unbound info: rpz: applied [a] b",
            "[12:0] " + EVENT,
            tally=tally,
        )
        == []
    )
    assert tally.bad == {Reason.FORM: 1, Reason.FIELDS: 1, Reason.TIME: 1}
