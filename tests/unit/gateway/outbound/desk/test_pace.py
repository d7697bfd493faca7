"""How often one may write without a key."""

import pytest

from gateway.errors import OutboundPaceError
from gateway.outbound.desk.pace import HOUR, MOST_WRITERS, Pace


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_one_writer_waits_and_the_others_do_not() -> None:
    """Would catch: a database filled from one computer, or a ward shut out by another's zeal."""
    clock = Clock()
    pace = Pace(2, 100, clock=clock)
    pace.spend("10.1.2.3")
    clock.now = 600.0
    pace.spend("10.1.2.3")
    with pytest.raises(OutboundPaceError) as refused:
        pace.spend("10.1.2.3")
    assert refused.value.retry_after == HOUR - 600
    pace.spend("10.1.2.4")
    clock.now = HOUR
    pace.spend("10.1.2.3")
    with pytest.raises(OutboundPaceError):
        pace.spend("10.1.2.3")


def test_what_adds_up_to_nothing_is_held_back_for_each_alone() -> None:
    """Would catch: nobody let through any more in a large hospital, since five hundred others were within the hour."""
    pace = Pace(1, 1, clock=Clock())
    for number in range(3):
        pace.spend(f"10.0.0.{number}", alone=True)
    with pytest.raises(OutboundPaceError):
        pace.spend("10.0.0.0", alone=True)
    pace.spend("10.0.0.9")


def test_all_together_are_held_back_too() -> None:
    pace = Pace(1, 3, clock=Clock())
    for number in range(3):
        pace.spend(f"10.0.0.{number}")
    with pytest.raises(OutboundPaceError):
        pace.spend("10.0.0.9")


def test_memory_is_bounded_and_holds_no_address() -> None:
    """The leak caught: the addresses of everybody who opened the page, in a memory dump."""
    pace = Pace(1, 10**9, clock=Clock())
    for number in range(MOST_WRITERS + 50):
        pace.spend(f"10.0.{number // 256}.{number % 256}")
    assert len(pace._writers) <= MOST_WRITERS + 1
    assert not any(b"10.0." in writer for writer in pace._writers)
