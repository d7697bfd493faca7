"""Cisco Umbrella's logs of DNS and of its proxy."""

import datetime as dt

from filters.outbound.decision import Verdict
from filters.outbound.intake import attempts
from filters.outbound.intake.parser import Reason, Tally


def dns(
    action: str = "Blocked", kind: str = "1 (A)", at: str = "2026-01-31 12:00:00", identity: str = "Dupont, Jean"
) -> str:
    return (
        f'"{at}","{identity}","{identity},CHU","10.1.2.3","198.51.100.4","{action}","{kind}","NOERROR","chatgpt.com.",'
        '"Generative AI","AD Users","AD Users,Sites",""'
    )


def web(verdict: str = "BLOCKED", warning: str = "") -> str:
    return (
        f'"2026-01-31 12:00:00","POSTE-12","10.1.2.3","198.51.100.4","192.0.2.7","","{verdict}",'
        '"https://chatgpt.com/?q=""x"", y","","Mozilla/5.0 (X; ""Y"")","403","1","2","","","AI","","","","","",'
        '"Roaming Computers","",'
        f'"POSTE-12","Roaming Computers","GET","","","","","","","","","{warning}"'
    )


def read(*lines: str, tally: Tally | None = None):  # noqa: ANN201
    services = {"chatgpt.com": "chatgpt"}
    return list(attempts(lines, "umbrella", lambda host: services.get(host, ""), tally=tally))


def test_a_look_up_and_a_request() -> None:
    looked, asked = read(dns(), web("ALLOWED"))
    assert (looked.verdict, looked.user, looked.source) == (Verdict.BLOCK, "Dupont, Jean", "10.1.2.3")
    assert (asked.verdict, asked.user, asked.source) == (Verdict.OBSERVE, "POSTE-12", "10.1.2.3")
    assert looked.at == asked.at == dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)


def test_a_warning_of_the_proxy() -> None:
    assert read(web("ALLOWED", "warn-session"))[0].verdict is Verdict.COACH


def test_look_ups_of_one_attempt_are_one() -> None:
    """A browser asks for A, AAAA and HTTPS records at once: three lines, one person at one site."""
    lines = [
        dns(),
        dns(kind="28 (AAAA)"),
        dns(kind="65 (HTTPS)", at="2026-01-31 12:00:04"),
        dns(at="2026-01-31 12:00:20"),
    ]
    assert len(read(*lines)) == 2
    assert len(read(dns(), dns(identity="Durand, Anne"))) == 2


def test_an_identity_of_many_is_nobody() -> None:
    assert read(dns().replace("AD Users", "Internal Networks"))[0].user == ""


def test_headers_spaces_and_rubbish() -> None:
    tally = Tally()
    spaced = (
        '"2015-01-16 17:48:41","u", "u,Site", "10.1.2.3","198.51.100.4","Allowed","1 (A)", "NOERROR",'
        '"chatgpt.com.", "Chat"'
    )
    lines = [
        '"Timestamp","Most Granular Identity"',
        spaced,
        "rubbish",
        "",
        dns(at="2026-01-31"),
        '"2026-01-31 12:00:00","short"',
    ]
    assert len(read(*lines, tally=tally)) == 1
    assert tally.bad == {Reason.FORM: 2, Reason.TIME: 1}
