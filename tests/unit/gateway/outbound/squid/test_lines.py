import datetime as dt

import pytest

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Decision, Verdict
from gateway.outbound.squid.lines import attempt, failed

BLOCKED = "block/chatgpt/service/block/85c95d49cc0a"
WHEN = "1764154800.123"


def line(method: str = "CONNECT", scheme: str = "-", mark: str = BLOCKED, user: str = "-") -> str:
    return f"{WHEN} 10.0.0.1 {user} {method} {scheme} {mark}"


def test_everything_that_counting_needs() -> None:
    assert attempt(line(user="dr%20dupont")) == Attempt(
        at=dt.datetime(2025, 11, 26, 11, 0, 0, 123000, dt.UTC),
        service="chatgpt",
        verdict=Verdict.BLOCK,
        planned=Verdict.BLOCK,
        user="dr dupont",
        source="10.0.0.1",
        engine="squid",
        version="85c95d49cc0a",
    )


@pytest.mark.parametrize(
    ("method", "scheme", "mark", "counts"),
    [
        ("CONNECT", "-", BLOCKED, True),
        ("GET", "http", BLOCKED, True),
        ("GET", "https", BLOCKED, False),  # inside a tunnel that was counted
        ("CONNECT", "-", "-", False),  # the second line of a tunnel
        ("CONNECT", "-", "allow/-/default/allow/v1", False),
        ("CONNECT", "-", "coach/claude/service/coach/v1", True),
        ("CONNECT", "-", "observe/-/candidate/observe/v1", True),
        ("-", "-", "-", False),  # a probe of the port
        ("CONNECT", "-", "error/start", False),
        ("CONNECT", "-", "block/odd", False),
    ],
)
def test_one_line_of_each_attempt_counts(method: str, scheme: str, mark: str, *, counts: bool) -> None:
    assert (attempt(line(method, scheme, mark)) is not None) is counts


def test_a_service_without_a_name_is_told_as_such() -> None:
    found = attempt(line(mark="observe/-/candidate/observe/v1"))
    assert found is not None
    assert (found.service, found.planned) == ("", Verdict.OBSERVE)


def test_faults_count_by_the_same_rule() -> None:
    assert failed(line(mark="error/SnapshotMissingError"))
    assert not failed(line("GET", "https", "error/start"))
    assert not failed(line())


@pytest.mark.parametrize("verdict", [Verdict.OBSERVE, Verdict.COACH, Verdict.BLOCK])
def test_marks_are_read_back(verdict: Verdict) -> None:
    decision = Decision(verdict, "chatgpt", "chat", "rule:nuit", "v1", Verdict.BLOCK)
    found = attempt(line(mark=decision.mark))
    assert found is not None
    assert (found.verdict, found.planned, found.service, found.version) == (verdict, Verdict.BLOCK, "chatgpt", "v1")


@pytest.mark.parametrize("text", ["", "x", "a b c d e", line().replace(WHEN, "now")])
def test_other_formats_are_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"format|could not convert"):
        attempt(text)
