"""What the API and the command line need of this room."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gateway.systems.board import Board
from gateway.systems.control import Control, Journal
from gateway.systems.spread import Spread
from gateway.systems.state import State, Target, targets
from gateway.systems.store import States
from policies.charter import Charter
from policies.facts import Route


@dataclass(frozen=True, slots=True)
class Switchboard:
    """Everything that can be stopped, and who may."""

    board: Board
    spread: Spread
    control: Control
    routes: tuple[Route, ...]
    operators: Collection[str] = ()
    """Roles."""

    def targets(self, charter: Charter) -> Mapping[str, Target]:
        """Return all that can be stopped, by id; what is stopped still is, even where it is offered no more."""
        offered = targets(self.routes, {use.id: use.title for use in charter.uses.values()})
        return offered | {
            id_: Target(id_, id_) for id_ in self.board.states if id_ not in offered and self.board.holding(id_)
        }

    def holding(self, target: str) -> State | None:
        """Return the stop of this target that holds now."""
        return self.board.holding(target)


def switchboard(
    journal: Journal, truth: States, news: States | None, routes: tuple[Route, ...], operators: Collection[str] = ()
) -> Switchboard:
    """Return a switchboard over the database and, where there is one, Redis; it has read neither yet."""
    board = Board()
    spread = Spread(board, truth, news)
    return Switchboard(board, spread, Control(board, spread, journal), routes, frozenset(operators))
