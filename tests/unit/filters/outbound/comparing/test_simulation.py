"""What yesterday's log would have given."""

import datetime as dt

from filters.outbound.attempt import Attempt
from filters.outbound.comparing import Counts, simulate
from filters.outbound.decision import Verdict
from tests.fakes.outbound_policies import GATEWAY, snapshot

NOON = dt.datetime(2026, 12, 3, 11, tzinfo=dt.UTC)


def attempt(service: str, source: str = "10.1.2.3", at: dt.datetime = NOON) -> Attempt:
    return Attempt(at, service, Verdict.OBSERVE, Verdict.OBSERVE, source=source)


def test_attempts_are_counted_by_what_would_become_of_them() -> None:
    made = snapshot(
        mode="observe",
        services={"bavard": "bloquer", "scribe": "avertir", "traducteur": "autoriser"},
        rules=[{"id": "r", "status": "observer", "services": ["bavard"], "subnets": ["10.4.0.0/16"],
                "hours": ["08:00-18:00"]}],
    )  # fmt: skip
    found = simulate(made, [
        attempt("scribe"), attempt("traducteur"), attempt("inconnu"), attempt("bavard"),
        attempt("bavard", "10.4.0.1"), attempt("bavard", "10.4.0.1", NOON + dt.timedelta(hours=12)),
        attempt("bavard", GATEWAY),
    ])  # fmt: skip
    assert found.services == {
        "bavard": Counts(allow=1, observe=1, block=2),
        "inconnu": Counts(allow=1),
        "scribe": Counts(coach=1),
        "traducteur": Counts(allow=1),
    }
    assert next(iter(found.services)) == "bavard"
    assert found.total.total == 7


def test_no_attempt_gives_no_count() -> None:
    assert simulate(snapshot(), []).services == {}
