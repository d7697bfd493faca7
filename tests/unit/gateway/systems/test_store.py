"""What is believed of a store to which others may write."""

import pytest
from typing_extensions import override

from gateway.systems.board import Board
from gateway.systems.spread import Spread
from gateway.systems.state import State
from gateway.systems.store import AlteredError, Seal, StatesUnavailableError
from tests.fakes.systems import Clock, Memory, stopped

SEAL = Seal(b"k" * 32)
TRUE = stopped("route:mistral")


def row(state: State, *, target: str | None = None, rank: str | None = None) -> tuple[str, str, str, str]:
    return target or state.target, rank or state.rank, state.written(), SEAL.of(state.written())


def test_what_was_sealed_is_believed() -> None:
    assert SEAL.all_opened([row(TRUE), row(stopped())]) == [TRUE, stopped()]


@pytest.mark.parametrize(
    "altered",
    [
        ("all", "0", "{}", "seal"),
        ("all", "0", "", ""),
        row(stopped(), rank="f" * 34),
        row(stopped(), target="use:traduction"),
        (*row(stopped())[:2], stopped(stopped=False).written(), SEAL.of(stopped().written())),
    ],
)
def test_what_was_altered_is_told_and_hides_no_other(altered: tuple[str, str, str, str]) -> None:
    """Would catch: one line altered in the database that keeps every gateway from hearing of any stop."""
    with pytest.raises(AlteredError) as caught:
        SEAL.all_opened([altered, row(TRUE)])
    assert TRUE in caught.value.states
    assert all(state.stopped for state in caught.value.states)


class Altered(Memory):
    """A store of which something was altered."""

    @override
    async def read(self) -> list[State]:
        """Give the rest."""
        raise AlteredError(await super().read())


async def test_a_gateway_does_not_open_on_an_altered_database_and_one_that_runs_says_so() -> None:
    truth = Altered({"route:mistral": TRUE})
    gateway = Spread(Board(Clock()), truth)
    with pytest.raises(StatesUnavailableError):
        await gateway.start()
    assert gateway.board.holding("route:mistral")
    with pytest.raises(StatesUnavailableError):
        await gateway.check()
