"""Palo Alto's URL filtering log."""

import datetime as dt

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.intake import attempts
from filters.outbound.intake.parser import Reason, Tally, ZoneNeededError

DAY = "2026/01/31 12:00:00"


def line(
    action: str = "block-url", url: str = '"chatgpt.com/"', rule: str = "web", user: str = "chu\\dupont", end: str = ""
) -> str:
    return (
        f"1,{DAY},0123,THREAT,url,2561,{DAY},10.1.2.3,192.0.2.7,198.51.100.4,192.0.2.7,{rule},{user},,ssl,vsys1,in,out,"
        f"e1,e2,syslog,{DAY},72568134,1,49583,443,50464,443,0x403400,tcp,{action},{url},(9999),ai,informational,"
        f"client-to-server,7253,0x8000,10.0.0.0,France,,,0,,,0,{',' * 30}{end}"
    )


def read(*lines: str, zone: dt.tzinfo | None = dt.UTC, tally: Tally | None = None):  # noqa: ANN201
    services = {"chatgpt.com": "chatgpt"}
    return list(attempts(lines, "paloalto", lambda host: services.get(host, ""), zone=zone, tally=tally))


@pytest.mark.parametrize(
    ("action", "verdict"),
    [
        ("block-url", Verdict.BLOCK),
        ("deny", Verdict.BLOCK),
        ("reset-both", Verdict.BLOCK),
        ("override-lockout", Verdict.BLOCK),
        ("block-continue", Verdict.COACH),
        ("continue", Verdict.COACH),
        ("block-override", Verdict.COACH),
        ("override", Verdict.COACH),
        ("alert", Verdict.OBSERVE),
        ("allow", Verdict.OBSERVE),
    ],
)
def test_what_happened(action: str, verdict: Verdict) -> None:
    (found,) = read("<14>Jan 31 12:00:00 pa-1 " + line(action))
    assert (found.verdict, found.user, found.source) == (verdict, "chu\\dupont", "10.1.2.3")


@pytest.mark.parametrize(
    "url", ["chatgpt.com/", "chatgpt.com", "chatgpt.com:443/", '"CHATGPT.com/a?b=""c"",d"', "https://u@chatgpt.com/"]
)
@pytest.mark.parametrize("rule", ["web", '"web, ""all"""', '"a,chatgpt.com/"'])
def test_values_with_commas_and_quotes(url: str, rule: str) -> None:
    """A comma within the rule's name would move every field behind it by one."""
    assert [one.user for one in read(line(url=url, rule=rule))] == ["chu\\dupont"]
    assert read(line(url='"has-sante.fr/?u=chatgpt.com/"', rule=rule)) == []


def test_times() -> None:
    with pytest.raises(ZoneNeededError):
        read(line(), zone=None)
    assert read(line(), zone=dt.timezone(dt.timedelta(hours=1)))[0].at == dt.datetime(2026, 1, 31, 11, tzinfo=dt.UTC)
    precise = read(line(end="2026-01-31T12:00:00.443+02:00,,"), zone=None)[0].at
    assert precise == dt.datetime(2026, 1, 31, 10, 0, 0, 443_000, tzinfo=dt.UTC)


def test_other_logs_headers_and_rubbish() -> None:
    tally = Tally()
    others = [line().replace("THREAT,url", kind) for kind in ("THREAT,virus", "TRAFFIC,end")]
    lines = [*others, "Domain,Receive Time", "no", "1,x,0123,THREAT,url,1,2", line()]
    assert len(read(*lines, tally=tally)) == 1
    assert tally.bad == {Reason.FORM: 1, Reason.FIELDS: 1}
