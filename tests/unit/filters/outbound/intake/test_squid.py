"""Squid's native log: one attempt for each tunnel or request, however many lines it leaves."""

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.intake import attempts
from filters.outbound.intake.parser import Reason, Tally

SERVICES = {"chatgpt.com": "chatgpt", "api.mistral.ai": "mistral"}
TAIL = "HIER_DIRECT/192.0.2.7 -"


def line(result: str, request: str, at: str = "1795690807.123", user: str = "-", source: str = "10.0.0.7") -> str:
    return f"{at}    120 {source} {result} 3900 {request} {user} {TAIL}"


def read(*lines: str, tally: Tally | None = None) -> list[tuple[str, Verdict, str]]:
    found = attempts(lines, "squid", lambda host: SERVICES.get(host, ""), tally=tally)
    return [(one.service, one.verdict, one.user) for one in found]


def test_a_refused_tunnel_and_an_open_one() -> None:
    assert read(
        line("TCP_DENIED/403", "CONNECT chatgpt.com:443", user="drdupont"),
        line("TCP_TUNNEL/200", "CONNECT ChatGPT.com.:443"),
        line("TCP_TUNNEL/200", "CONNECT has-sante.fr:443"),
    ) == [("chatgpt", Verdict.BLOCK, "drdupont"), ("chatgpt", Verdict.OBSERVE, "")]


def test_a_question_for_the_password_is_no_attempt() -> None:
    """Counting it would double every attempt of a browser that has to say who it is."""
    assert read(line("TCP_DENIED/407", "CONNECT chatgpt.com:443")) == []


def test_a_spliced_connection_leaves_two_lines_and_is_one_attempt() -> None:
    assert read(
        line("NONE_NONE/200", "CONNECT chatgpt.com:443"), line("TCP_TUNNEL/200", "CONNECT chatgpt.com:443")
    ) == [("chatgpt", Verdict.OBSERVE, "")]


def test_a_refused_page_after_a_bump_is_one_refused_attempt_whatever_is_asked_next() -> None:
    assert read(
        line("NONE_NONE/200", "CONNECT chatgpt.com:443"),
        line("TCP_DENIED/303", "GET https://chatgpt.com/"),
        line("TCP_DENIED/303", "GET https://chatgpt.com/favicon.ico"),
    ) == [("chatgpt", Verdict.BLOCK, "")]


def test_two_bumped_connections_of_two_people_do_not_settle_each_other() -> None:
    assert read(
        line("NONE_NONE/200", "CONNECT chatgpt.com:443", source="10.0.0.1"),
        line("TCP_MISS/200", "GET https://chatgpt.com/", source="10.0.0.2"),
        line("TCP_MISS/200", "GET https://chatgpt.com/", source="10.0.0.1"),
    ) == [("chatgpt", Verdict.OBSERVE, "")]


def test_plain_http_counts_each_request() -> None:
    assert read(
        line("TCP_DENIED/303", "GET http://chatgpt.com/a?b=http://x"), line("TCP_MISS/301", "GET http://chatgpt.com")
    ) == [
        ("chatgpt", Verdict.BLOCK, ""),
        ("chatgpt", Verdict.OBSERVE, ""),
    ]


@pytest.mark.parametrize(
    "prefix",
    [
        "Nov 26 10:00:00 proxy1 squid[12]: ",
        "<134>1 2026-11-26T10:00:00Z proxy1 squid 12 - - ",
        "<13>Nov  6 10:00:00 p (squid): ",
    ],
)
def test_a_syslog_prefix_changes_nothing(prefix: str) -> None:
    assert read(prefix + line("TCP_DENIED/403", "CONNECT chatgpt.com:443")) == [("chatgpt", Verdict.BLOCK, "")]


def test_lines_that_cannot_be_read_are_counted_and_stop_nothing() -> None:
    tally = Tally()
    assert len(read("rubbish", "", "a b c d/e", line("TCP_DENIED/403", "CONNECT chatgpt.com:443", at="1e99"),
                    line("TCP_DENIED/403", "CONNECT chatgpt.com:443"), tally=tally)) == 1  # fmt: skip
    assert tally.bad == {Reason.FORM: 2, Reason.TIME: 1}
    assert (tally.lines, tally.attempts) == (5, 1)


def test_probes_and_addresses_are_no_attempts() -> None:
    assert (
        read(
            line("NONE_NONE/400", "- error:transaction-end-before-headers"),
            line("TCP_TUNNEL/200", "CONNECT [2001:db8::1]:443"),
        )
        == []
    )
