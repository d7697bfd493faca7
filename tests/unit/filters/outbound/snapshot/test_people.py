"""Who a connection is from, by network and by user."""

import pytest

from filters.outbound.snapshot.people import GATEWAY, People, Scope, user_hash

PEOPLE = People(
    ["10.20.0.15/32", "2001:db8::15/128"],
    [Scope("dim", ("10.4.0.0/16", "2001:db8:4::/48")), Scope("", (), (user_hash("Camille"), user_hash("a@autre")))],
    {"Hôpital": ("10.0.0.0/8",), "Urgences": ("10.1.0.0/16",)},
)
DIM, SOME = 2, 4


@pytest.mark.parametrize(("source", "user", "bits"), [
    ("10.20.0.15", "", GATEWAY),
    ("::ffff:10.20.0.15", "", GATEWAY),
    ("2001:db8::15", "", GATEWAY),
    ("2001:DB8:0::15", "", GATEWAY),
    ("10.20.0.16", "", 0),
    ("10.4.255.255", "", DIM),
    ("2001:db8:4::1%eth0", "", DIM),
    ("10.5.0.0", "camille", SOME),
    ("10.4.0.1", "CHU\\CAMILLE", DIM | SOME),
    ("", "camille@CHU.EXAMPLE", SOME),
    ("", "a@autre", SOME),
    ("", "a@CHU.EXAMPLE", 0),
    ("", "a", 0),
    ("", "@", 0),
    ("pas une adresse", "\ud800", 0),
    ("10.4.0.0/16", "", 0),
])  # fmt: skip
def test_scopes(source: str, user: str, bits: int) -> None:
    assert PEOPLE.who(source, user) == bits
    assert PEOPLE.who(source, user) == bits, "from memory"


@pytest.mark.parametrize(
    ("source", "department"), [("10.1.2.3", "Urgences"), ("10.2.2.3", "Hôpital"), ("192.0.2.1", ""), ("", "")]
)
def test_the_narrowest_network_is_the_department(source: str, department: str) -> None:
    assert PEOPLE.department(source) == department


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: a helper that grows with every address, and keeps in memory who was seen."""
    monkeypatch.setattr("filters.outbound.snapshot.people._REMEMBERED", 10)
    people = People(["10.20.0.15"], [Scope("", (), (1,))], {})
    for number in range(200):
        people.who(f"10.0.0.{number}", f"u{number}")
        people.who("9" * 1000, "u" * 1000)
    assert len(people._by_source) <= 10
    assert len(people._by_user) <= 10
