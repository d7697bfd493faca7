from pathlib import Path

import pytest

from filters.outbound.decision import Mode, Query, Verdict
from gateway.outbound.judge import PolicyJudge, departments
from tests.fakes.policies_in_force import PAGE, put, snapshot


@pytest.mark.parametrize(
    ("host", "verdict", "refused"),
    [
        ("has-sante.example", Verdict.ALLOW, False),
        ("deepl.com", Verdict.OBSERVE, False),
        ("claude.ai", Verdict.COACH, True),
        ("api.openai.com", Verdict.BLOCK, True),
    ],
)
def test_what_the_policy_says(tmp_path: Path, host: str, verdict: Verdict, *, refused: bool) -> None:
    put(tmp_path)
    answer = PolicyJudge(tmp_path)(Query(host))
    assert (answer.verdict, answer.refused) == (verdict, refused)
    assert bool(answer.mark) is (verdict is not Verdict.ALLOW)
    assert answer.page == PAGE


def test_what_would_be_refused_is_told_while_observing(tmp_path: Path) -> None:
    put(tmp_path, snapshot(Mode.OBSERVE))
    answer = PolicyJudge(tmp_path)(Query("chatgpt.com"))
    assert (answer.verdict, answer.planned) == (Verdict.OBSERVE, Verdict.BLOCK)


@pytest.mark.parametrize("closed", [False, True])
def test_without_a_policy_the_hospital_chose(tmp_path: Path, *, closed: bool) -> None:
    answer = PolicyJudge(tmp_path, closed=closed)(Query("chatgpt.com"))
    assert answer.refused is closed
    assert answer.mark == "error/SnapshotMissingError"


def test_a_fault_is_told_by_its_kind_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log would hold the name that somebody asked for."""
    put(tmp_path)

    def broken(*_: object) -> None:
        raise RuntimeError("chatgpt.com asked by drdupont")

    monkeypatch.setattr("gateway.outbound.judge.decide", broken)
    answer = PolicyJudge(tmp_path)(Query("chatgpt.com", user="drdupont"))
    assert (answer.refused, answer.mark) == (False, "error/RuntimeError")


def test_no_policy_has_no_departments(tmp_path: Path) -> None:
    assert departments(tmp_path)("10.0.0.1") == ""
