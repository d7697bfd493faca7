import pytest

from bench.charter.floor import PAGE, fallen, floor
from bench.charter.measure import Share, answered, shares
from bench.charter.requests import HALVES, requests
from config.charter import SHIPPED
from config.routes import DEMO
from policies.charter import Charter
from policies.decision import Outcome
from policies.loader import load_charter, routes_of
from tests.fakes.recognition import recogniser

CHARTER: Charter = load_charter(SHIPPED, routes_of([DEMO]))


def test_what_becomes_worse_is_told_and_rounding_is_none() -> None:
    now = {"near misses refused": Share(5, 50), "exfiltration": Share(7, 10)}
    assert fallen(now, {"near misses refused": 3, "exfiltration": 9}) == []
    assert fallen(now, {"near misses refused": 2, "exfiltration": 10}) == [
        "near misses refused: 5 after 2",
        "exfiltration: 7 after 10",
    ]


@pytest.mark.parametrize("half", sorted(HALVES))
def test_recognition_has_not_become_worse(half: str) -> None:
    """Catches a forbidden request that was refused before: `python -m bench.charter.run --errors` says which."""
    found = answered(CHARTER, recogniser().recognise, requests(half=half))
    assert fallen(shares(found, list(CHARTER.practices)), floor()[half]) == []


def test_the_page_shows_what_the_floor_counts() -> None:
    """Catches figures in the documents that nobody has measured."""
    text = PAGE.read_text(encoding="utf-8")
    for half in HALVES:
        refused = [one for one in requests(half=half) if one.decision == "refuse"]
        count = floor()[half]["forbidden requests refused"]
        assert f"({count} sur {len(refused)})" in text


def test_the_requests_fit_the_charter() -> None:
    """Catches a label that no decision could ever have."""
    known = {*CHARTER.practices, "permis", "hors_role", "hors_usage", "usage_requis", "usage_ferme"}
    for one in requests():
        assert Outcome(one.decision)
        assert one.reason in known
        assert one.role in CHARTER.roles
        assert one.declared_use is None or one.declared_use in CHARTER.uses
