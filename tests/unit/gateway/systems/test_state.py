"""States are ordered alike everywhere, and come back from a store as they went in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.systems.state import LONGEST, Scope, State, of_system, read, targets
from gateway.systems.store import Seal, StatesUnavailableError
from policies.facts import AiSystem
from tests.fakes.systems import AZURE, MISTRAL, STATES, stopped


@given(STATES)
def test_a_state_comes_back_as_it_was_written(state: State) -> None:
    assert read(state.written()) == state
    seal = Seal(b"k" * 32)
    assert seal.opened(state.written(), seal.of(state.written())) == state


@given(STATES, STATES)
def test_two_states_are_never_equal_in_rank_unless_they_are_the_same(one: State, two: State) -> None:
    """Would catch: two gateways that each keep their own, for ever."""
    one, two = replace(one, target="all"), replace(two, target="all")
    assert (one.rank == two.rank) == (one == two)
    if one.revision != two.revision:
        assert (one.rank > two.rank) == (one.revision > two.revision)


def test_of_two_that_were_said_at_once_the_stop_counts() -> None:
    """Would catch: a stop lifted by whoever resumed something at the same instant."""
    real, drill = stopped(), stopped(drill=True)
    running = stopped(stopped=False, reason=None)
    assert real.rank > drill.rank > running.rank


def test_a_state_of_another_hand_is_none() -> None:
    """Would catch: somebody who can write to the database or to Redis, and lets a stopped system go on."""
    seal = Seal(b"k" * 32)
    forged = stopped(revision=99, stopped=False).written()
    for mark in (seal.of(stopped().written()), Seal(b"x" * 32).of(forged), "", "é"):
        with pytest.raises(StatesUnavailableError):
            seal.opened(forged, mark)
    for strange in ("", "[]", "{}", '{"target": "all"}'):
        with pytest.raises(StatesUnavailableError):
            seal.opened(strange, seal.of(strange))


def test_everything_each_system_route_and_use_can_be_stopped() -> None:
    found = targets([MISTRAL, AZURE], {"traduction": "Traduire"})
    assert {id_: target.title for id_, target in found.items()} == {
        "all": "Tout",
        "system:mistral-medium": "Mistral Médium",
        "system:gpt-4-1": "GPT-4.1",
        "route:mistral": "Route mistral (Mistral Médium)",
        "route:azure": "Route azure (GPT-4.1)",
        "use:traduction": "Traduire",
    }


@given(st.text(max_size=200))
def test_an_id_is_plain_and_short_whatever_a_system_is_called(name: str) -> None:
    id_ = of_system(AiSystem(name, "1", "S"))
    assert id_.isascii()
    assert id_.isprintable()
    assert len(id_) <= len("system:") + LONGEST
    assert replace(stopped(), target=id_).scope is Scope.SYSTEM
