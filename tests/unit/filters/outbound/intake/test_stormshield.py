"""Stormshield's web log."""

import datetime as dt

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.intake import attempts
from filters.outbound.intake.parser import Reason, Tally, ZoneNeededError

LINE = (
    'id=firewall time="2026-01-31 12:00:00" fw="SN910" tz=+0100 startime="2026-01-31 11:59:59" pri=5 src=10.1.2.3 '
    'dstname="www.chatgpt.com" user="dupont" action=block op=GET result=403 arg="/" cat_site="ia" logtype="web"'
)


def read(*lines: str, zone: dt.tzinfo | None = None, tally: Tally | None = None):  # noqa: ANN201
    services = {"www.chatgpt.com": "chatgpt"}
    return list(attempts(lines, "stormshield", lambda host: services.get(host, ""), zone=zone, tally=tally))


def test_a_line() -> None:
    (found,) = read("<13>Jan 31 12:00:00 SN910 asqd: " + LINE)
    assert (found.verdict, found.user, found.source) == (Verdict.BLOCK, "dupont", "10.1.2.3")
    assert found.at == dt.datetime(2026, 1, 31, 11, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("action", "verdict"), [("pass", Verdict.OBSERVE), ("", Verdict.OBSERVE), ("Block", Verdict.BLOCK)]
)
def test_what_happened(action: str, verdict: Verdict) -> None:
    assert read(LINE.replace("action=block", f"action={action}"))[0].verdict is verdict


def test_the_file_has_no_kind_and_bare_values() -> None:
    assert len(read(LINE.replace(' logtype="web"', "").replace('"www.chatgpt.com"', "www.chatgpt.com"))) == 1


def test_hidden_people_are_unknown() -> None:
    """Counted as the user « Anonymized », the whole hospital would be one very busy agent."""
    assert read(LINE.replace('"dupont"', '"Anonymized"'))[0].user == ""


def test_the_zone_and_what_is_not_read() -> None:
    tally = Tally()
    with pytest.raises(ZoneNeededError):
        read(LINE.replace(" tz=+0100", ""))
    others = [
        LINE.replace('"web"', '"ssl"'),
        'id=firewall time="2026-01-31 12:00:00" logtype="system"',
        "dstname=",
        "no",
        LINE + " dstname=",
    ]
    assert len(read(*others, tally=tally)) == 1
    assert tally.bad == {Reason.FORM: 2}
