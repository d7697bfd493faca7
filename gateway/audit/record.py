"""One request in the journal while its journey goes on."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from gateway.audit.event import Ending, Line
from gateway.conversation import Usage
from gateway.errors import GatewayError, QuotaExceededError, SystemStoppedError
from policies.decision import Decision, RefusedError
from policies.facts import AiSystem, Route

UNEXPECTED = "unexpected"
"""What a line says of an error that is none of the house's: its name could come from anywhere."""

Clock = Callable[[], float]

_WORKED: Final = {
    RefusedError: Ending.REFUSED,
    QuotaExceededError: Ending.LIMITED,
    SystemStoppedError: Ending.STOPPED,
}
"""Endings at which every stage did its work."""


class OpenRecord:
    """Gathers what the journey tells, into the line that is written when it ends."""

    def __init__(self, line: Line, decision: Decision, clock: Clock = time.monotonic) -> None:
        """`decision` tells which system stands behind each route that may answer."""
        self.line = line
        routes = (decision.route, *decision.fallbacks)
        self._routes: Mapping[str, Route] = {route.id: route for route in routes if route is not None}
        self._clock = clock
        self._began = clock()
        self._stages: dict[str, float] = {}

    @property
    def output_id(self) -> str:
        """Return the id under which this answer can be found again."""
        return self.line.output_id

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage of the journey, also when it fails."""
        began = self._clock()
        try:
            yield
        finally:
            spent = (self._clock() - began) * 1000
            self._stages[name] = self._stages.get(name, 0.0) + spent

    def rehearsed(self) -> None:
        """Note that a rehearsed stop would have stopped this request."""
        self.line.drill = True

    def masked(self, counts: Mapping[str, int]) -> None:
        """Note how many distinct identifiers were masked, by label."""
        self.line.masked = dict(counts)

    def replied(self, route: str, usage: Usage) -> None:
        """Note who answered and what it took."""
        self.line.route, self.line.usage = route, usage
        if route in self._routes:
            self.line.system = system_name(self._routes[route].system)

    def restored(self, lost: int, unknown: int) -> None:
        """Note the placeholders of the answer that could not be put back."""
        self.line.placeholders_lost, self.line.placeholders_unknown = lost, unknown

    def scanned(self, found: Mapping[str, int]) -> None:
        """Note what the scan of the answer has found, by kind."""
        self.line.answer = {kind: count for kind, count in found.items() if count}

    def end(self, error: BaseException | None) -> Line:
        """Return the finished line; `error` is what passed through the record, None where the answer is ready."""
        self.line.ending, self.line.failure = ending_of(error)
        self.line.duration_ms = round((self._clock() - self._began) * 1000)
        self.line.stages_ms = dict(self._stages)
        return self.line


def system_name(system: AiSystem) -> str:
    """Return how the journal names an AI system: with its version, since each has its own behaviour."""
    return f"{system.name} {system.version}"


def ending_of(error: BaseException | None) -> tuple[Ending, str | None]:
    """Return how a journey ended and, where a stage failed, the class name of the error."""
    match error:
        case None:
            return Ending.ANSWERED, None
        case RefusedError() | QuotaExceededError() | SystemStoppedError():
            return _WORKED[type(error)], None
        case GatewayError():
            return Ending.FAILED, type(error).__name__
        case asyncio.CancelledError() | GeneratorExit():
            return Ending.CANCELLED, None
        case _:
            return Ending.FAILED, UNEXPECTED
