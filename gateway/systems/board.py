"""The last known state of each target, in this process: read at every request, so it asks nobody."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from gateway.systems.state import EVERYTHING, Scope, State, of_route, of_use
from policies.facts import Route

Listener = Callable[[Sequence[State]], None]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Board:
    """States only ever follow older ones, so boards and stores that tell each other all end with the same."""

    def __init__(self, clock: Callable[[], dt.datetime] = _now) -> None:
        self.now = clock
        self._states: dict[str, State] = {}
        self._stops: tuple[State, ...] = ()
        self._listeners: list[Listener] = []

    @property
    def states(self) -> Mapping[str, State]:
        """Return the last state of each target of which anything was ever said."""
        return self._states

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` with what is new, each time something is."""
        self._listeners.append(listener)

    def merge(self, states: Iterable[State]) -> None:
        """Take what is newer than what is known."""
        news: list[State] = []
        for state in states:
            if self._is_news(state):
                self._states[state.target] = state
                news.append(state)
        if not news:
            return
        self._stops = tuple(state for state in self._states.values() if state.stopped)
        for listener in self._listeners:
            listener(news)

    def newer_than(self, states: Iterable[State]) -> list[State]:
        """Return what is known here and not there."""
        there = {state.target: state.rank for state in states}
        return [state for state in self._states.values() if state.rank > there.get(state.target, "")]

    def following(self, state: State) -> State:
        """Return `state` with the revision that comes after what is known of its target.

        A real stop comes after what was said before it elsewhere as well, by the clock, in milliseconds: of that this
        board may have heard nothing. A resumption lifts only what its speaker knew, and a drill lifts nothing.
        """
        last = self._states.get(state.target)
        revision = last.revision + 1 if last else 1
        if state.stopped and not state.drill:
            revision = max(revision, int(state.since.timestamp() * 1000))
        return replace(state, revision=revision)

    def holding(self, target: str) -> State | None:
        """Return the stop of exactly this target that holds now, rehearsed or real."""
        state = self._states.get(target)
        return state if state is not None and state.holds(self.now()) else None

    def against(self, use: str, route: Route, *, drill: bool = False) -> State | None:
        """Return a stop that holds now for this use on this route: a real one, or a rehearsed one where asked."""
        if not self._stops:
            return None
        over, now = {EVERYTHING, of_use(use), *of_route(route)}, self.now()
        return next(
            (stop for stop in self._stops if stop.drill is drill and stop.target in over and stop.holds(now)), None
        )

    def count(self, scope: Scope, drill: bool) -> int:  # noqa: FBT001 - told to a metric by place
        """Return how many stops of that kind hold now."""
        now = self.now()
        return sum(stop.scope is scope and stop.drill is drill and stop.holds(now) for stop in self._stops)

    def _is_news(self, state: State) -> bool:
        known = self._states.get(state.target)
        return known is None or state.rank > known.rank
