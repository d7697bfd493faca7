"""What a status means, and how long an answer may be."""

import pytest

from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError
from gateway.upstream import reception
from gateway.upstream.reception import Measure, of_status


@pytest.mark.parametrize("status", [200, 201, 299])
def test_a_success_is_no_problem(status: int) -> None:
    assert of_status(status) is None


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (101, UpstreamRefusedError),
        (302, UpstreamRefusedError),
        (400, UpstreamRefusedError),
        (408, UpstreamTimeoutError),
        (429, UpstreamOverloadedError),
        (500, UpstreamRefusedError),
        (529, UpstreamOverloadedError),
    ],
)
def test_any_other_status_is_one(status: int, expected: type[UpstreamError]) -> None:
    assert type(of_status(status)) is expected


@pytest.mark.parametrize(
    ("told", "seconds"), [(None, 10), ("", 10), ("-3", 10), ("1.5", 10), ("٣", 10), ("30", 30), (" 30 ", 30)]
)
def test_how_long_to_wait(told: str | None, seconds: int) -> None:
    """Catches a header that breaks the answer to a caller, or keeps callers away for a day."""
    problem = of_status(503, told)
    assert isinstance(problem, UpstreamOverloadedError)
    assert problem.retry_after == seconds
    endless = of_status(503, "9" * 5000)
    assert isinstance(endless, UpstreamOverloadedError)
    assert endless.retry_after == 600


@pytest.mark.parametrize("streamed", [False, True])
def test_an_answer_is_measured(*, streamed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "LONGEST_STREAM" if streamed else "LONGEST_ANSWER", 10)
    measure = Measure(streamed=streamed)
    measure.add(10)
    with pytest.raises(UpstreamRefusedError):
        measure.add(1)
