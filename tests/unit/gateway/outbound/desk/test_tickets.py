"""Tickets of forms: what was not sent from our page, for this computer and this service, is not taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.outbound.desk.tickets import SECONDS, Tickets

NOW = 1_795_000_000.0


def tickets(now: float = NOW, key: bytes = b"k" * 32) -> Tickets:
    return Tickets(key, clock=lambda: now)


def test_a_ticket_holds_in_another_process_until_it_is_too_old() -> None:
    """Would catch: a form refused because another worker answers, or a ticket good for ever."""
    ticket = tickets().issue("pass", "10.1.2.3", "chatgpt")
    assert tickets(NOW + SECONDS - 1).holds(ticket, "pass", "10.1.2.3", "chatgpt")
    assert not tickets(NOW + SECONDS + 1).holds(ticket, "pass", "10.1.2.3", "chatgpt")
    assert not tickets(NOW - 60).holds(ticket, "pass", "10.1.2.3", "chatgpt")


@pytest.mark.parametrize(
    ("form", "source", "service"),
    [
        ("request", "10.1.2.3", "chatgpt"),
        ("pass", "10.1.2.4", "chatgpt"),
        ("pass", "10.1.2.3", "claude"),
        ("pass10.1.2.3", "", "chatgpt"),
        ("pass", "10.1.2.3chatgpt", ""),
    ],
)
def test_a_ticket_is_for_what_it_was_issued_for(form: str, source: str, service: str) -> None:
    """Would catch: one ticket that opens every service, or that somebody else fetched."""
    assert not tickets().holds(tickets().issue("pass", "10.1.2.3", "chatgpt"), form, source, service)


def test_only_the_house_issues_tickets() -> None:
    forged = tickets(key=b"f" * 32).issue("pass", "10.1.2.3", "chatgpt")
    assert not tickets().holds(forged, "pass", "10.1.2.3", "chatgpt")


@given(st.text())
def test_anything_else_is_no_ticket(text: str) -> None:
    assert not tickets().holds(text, "pass", "10.1.2.3", "chatgpt")


def test_a_ticket_tells_neither_address_nor_service() -> None:
    """The leak caught: a computer's address in the page's source, and so in a saved or shared copy of it."""
    ticket = tickets().issue("pass", "10.1.2.3", "chatgpt")
    assert "10.1.2.3" not in ticket
    assert "chatgpt" not in ticket
