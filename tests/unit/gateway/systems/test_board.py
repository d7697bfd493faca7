"""What a board says of a request, and that boards agree."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.systems.board import Board
from gateway.systems.state import Scope, State
from tests.fakes.systems import AZURE, MISTRAL, NOON, STATES, Clock, stopped


@pytest.mark.parametrize(
    ("target", "mistral", "azure"),
    [
        ("all", True, True),
        ("use:traduction", True, True),
        ("use:compte_rendu", False, False),
        ("route:mistral", True, False),
        ("system:mistral-medium", True, False),
        ("system:gpt-4-1", False, True),
    ],
)
def test_a_stop_holds_for_what_it_names(target: str, mistral: bool, azure: bool) -> None:  # noqa: FBT001 - expected
    board = Board(Clock())
    board.merge([stopped(target)])
    held = [board.against("traduction", route) is not None for route in (MISTRAL, AZURE)]
    assert held == [mistral, azure]


def test_a_stop_ends_when_it_says() -> None:
    clock = Clock()
    board = Board(clock)
    board.merge([stopped(until=NOON + dt.timedelta(minutes=5))])
    assert board.against("traduction", MISTRAL)
    assert board.count(Scope.ALL, False) == 1
    clock.now += dt.timedelta(minutes=5)
    assert board.against("traduction", MISTRAL) is None
    assert board.holding("all") is None
    assert board.count(Scope.ALL, False) == 0


def test_a_drill_stops_nothing_and_is_found_where_asked() -> None:
    board = Board(Clock())
    board.merge([stopped(drill=True)])
    assert board.against("traduction", MISTRAL) is None
    assert board.against("traduction", MISTRAL, drill=True)


def test_listeners_hear_what_is_new_and_nothing_twice() -> None:
    board, heard = Board(Clock()), list[State]()
    board.subscribe(heard.extend)
    board.merge([stopped()])
    board.merge([stopped()])
    board.merge([stopped(revision=2, stopped=False)])
    board.merge([stopped()])
    assert [(state.revision, state.stopped) for state in heard] == [(1, True), (2, False)]


@given(st.lists(STATES), st.randoms())
def test_boards_that_heard_the_same_say_the_same(states: list[State], random: object) -> None:
    """Would catch: news that arrive in another order, or twice, and leave a gateway open that all think stopped."""
    one, two = Board(Clock()), Board(Clock())
    one.merge(states)
    shuffled = states * 2
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own
    for state in shuffled:
        two.merge([state])
    assert one.states == two.states
    assert one.newer_than(two.states.values()) == []
