"""FortiGate's web filter log."""

import datetime as dt

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.intake import attempts
from filters.outbound.intake.parser import Reason, Tally, ZoneNeededError

HEAD = (
    'date=2026-01-31 time=12:00:00 devname="FG" logid="0316013056" type="utm" subtype="webfilter" eventtype="ftgd_blk" '
)


def line(rest: str = "", head: str = HEAD + 'eventtime=1769857200123456789 tz="+0100" ') -> str:
    return f'{head}user="dr.dupont" srcip=10.1.2.3 hostname="chatgpt.com" {rest}'


def read(*lines: str, zone: dt.tzinfo | None = None, tally: Tally | None = None):  # noqa: ANN201
    services = {"chatgpt.com": "chatgpt"}
    return list(attempts(lines, "fortigate", lambda host: services.get(host, ""), zone=zone, tally=tally))


@pytest.mark.parametrize(
    ("rest", "verdict"),
    [
        ('action="blocked" msg="URL belongs to a denied category in policy"', Verdict.BLOCK),
        ('action="blocked" msg="URL belongs to a category with warnings enabled"', Verdict.COACH),
        ('action="passthrough" msg="URL belongs to an allowed category in policy"', Verdict.OBSERVE),
        ("action=blocked", Verdict.BLOCK),
    ],
)
def test_what_happened(rest: str, verdict: Verdict) -> None:
    """FortiGate writes `blocked` for a page of warning as well: taken at its word, no coaching would ever be seen."""
    (found,) = read(line(rest))
    assert (found.verdict, found.planned, found.user, found.source) == (verdict, verdict, "dr.dupont", "10.1.2.3")
    assert found.at == dt.datetime(2026, 1, 31, 11, 0, 0, 123457, tzinfo=dt.UTC)


def test_the_warning_by_its_number() -> None:
    (found,) = read(line('action="blocked"').replace("0316013056", "0316013057"))
    assert found.verdict is Verdict.COACH


def test_what_a_client_puts_into_a_quoted_value_is_no_field() -> None:
    r"""A user agent ` hostname="chatgpt.com"`, escaped in the log, must neither add an attempt nor change one."""
    other = r'agent="a\" hostname=\"chatgpt.com\" action=\"passthrough" hostname="has-sante.fr" action="blocked"'
    assert read(HEAD + other) == []
    (found,) = read(
        HEAD + r'eventtime=1769857200 agent="x\" action=\"passthrough\\" hostname="chatgpt.com" action="blocked"'
    )
    assert found.verdict is Verdict.BLOCK


def test_times_of_older_versions_need_a_zone() -> None:
    old = line('status="blocked"', head=HEAD)
    with pytest.raises(ZoneNeededError):
        read(old)
    (found,) = read(old, zone=dt.timezone(dt.timedelta(hours=2)))
    assert found.at == dt.datetime(2026, 1, 31, 10, tzinfo=dt.UTC)
    (found,) = read(line('action="blocked"', head=HEAD + 'tz="-0500" '))
    assert found.at == dt.datetime(2026, 1, 31, 17, tzinfo=dt.UTC)


def test_other_logs_are_passed_over_and_rubbish_is_counted() -> None:
    tally = Tally()
    assert read(
        line('action="blocked"').replace('"webfilter"', '"app-ctrl"'),
        'date=2026-01-31 time=12:00:00 type="traffic" subtype="forward" action="accept"',
        "rubbish",
        line().rstrip(),
        "<189>Jan 31 12:00:00 fw " + line('action="blocked"') + "\r",
        tally=tally,
    )[0].verdict is Verdict.BLOCK  # fmt: skip
    assert tally.bad == {Reason.FORM: 1, Reason.FIELDS: 1}
    assert tally.attempts == 1
