"""The decision that an engine is given: what the policy says, and what holds where it cannot be asked.

Nothing here raises: an engine that gets no answer takes the hospital's web access down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from filters.outbound.deciding import decide
from filters.outbound.decision import Decision, Query, Verdict
from filters.outbound.errors import SnapshotMissingError
from filters.outbound.passes import Passes
from filters.outbound.snapshot import Watched

SNAPSHOT: Final = "snapshot.bin"
PASSES: Final = "passes.json"

FAULT: Final = "error/"
"""How the mark of a fault begins."""

_REMEMBERED: Final = 4096

REFUSED: Final = frozenset({Verdict.COACH, Verdict.BLOCK})


@dataclass(frozen=True, slots=True)
class Answer:
    """What an adapter says to its engine."""

    verdict: Verdict
    service: str = ""
    mark: str = ""
    """For the engine's log; empty where there is nothing to count. `error/…` where the policy could not be asked."""
    page: str = ""
    """Of the hospital, for who is refused; empty where no policy was ever read."""
    planned: Verdict = Verdict.ALLOW
    """In the policy's last mode."""
    version: str = ""
    """Of the policy."""

    @property
    def refused(self) -> bool:
        """Return whether the connection shall not go through: the person is shown the page."""
        return self.verdict in REFUSED

    @property
    def failed(self) -> bool:
        """Return whether the policy could not be asked: this is what the hospital chose for faults."""
        return self.mark.startswith(FAULT)


class Judge(Protocol):
    """Answers each query, whatever happens."""

    def __call__(self, query: Query) -> Answer:
        """Return what the engine shall do."""
        ...


class PolicyJudge:
    """A judge by the policy in a folder of the gateway, which it follows as it changes."""

    def __init__(self, folder: Path, *, closed: bool = False) -> None:
        """Read `folder`; `closed` refuses where no decision can be had."""
        self._policy = Watched(folder / SNAPSHOT)
        self._passes = Passes(folder / PASSES)
        self._fault = Verdict.BLOCK if closed else Verdict.ALLOW
        self._given: dict[int, tuple[Decision, Answer]] = {}
        """Answers by the identity of their decision: a snapshot makes each decision once, and gives it again."""

    def __call__(self, query: Query) -> Answer:
        """Return what the policy says; what the hospital chose for faults where it cannot be asked."""
        try:
            snapshot = self._policy.current()
            decision = decide(snapshot, query, self._passes)
            given = self._given.get(id(decision))
            if given is not None and given[0] is decision:
                return given[1]
            return self._first(decision, snapshot.page)
        except Exception as error:  # noqa: BLE001  a fault of the filter is counted, and never reaches the engine
            return Answer(self._fault, mark=fault_mark(error))

    def _first(self, decision: Decision, page: str) -> Answer:
        if len(self._given) >= _REMEMBERED:
            self._given.clear()
        mark = "" if decision.verdict is Verdict.ALLOW else decision.mark
        answer = Answer(decision.verdict, decision.service, mark, page, decision.planned, decision.version)
        self._given[id(decision)] = decision, answer
        return answer


def departments(folder: Path) -> Callable[[str], str]:
    """Return what gives the department of an address, by the policy in force; empty where there is none."""
    policy = Watched(folder / SNAPSHOT)

    def department(source: str) -> str:
        try:
            return policy.current().department(source)
        except SnapshotMissingError:
            return ""

    return department


def fault_mark(error: Exception) -> str:
    """Return what a log is told of a fault: its kind, and nothing of what was asked."""
    return f"{FAULT}{type(error).__name__}"
