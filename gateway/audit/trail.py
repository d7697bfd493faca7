"""What the pipeline asks of a journal."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Protocol

from gateway.audit.event import Line
from gateway.conversation import Usage
from policies.decision import Decision
from policies.facts import Caller, Facts


class Record(Protocol):
    """One request in the journal, from before anything is sent until just before the answer leaves."""

    @property
    def output_id(self) -> str:
        """Return the id under which this answer can be found again."""
        ...

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Measure a stage of the journey."""
        ...

    def rehearsed(self) -> None:
        """Note that a rehearsed stop would have stopped this request."""
        ...

    def masked(self, counts: Mapping[str, int]) -> None:
        """Note how many distinct identifiers were masked, by label."""
        ...

    def replied(self, route: str, usage: Usage) -> None:
        """Note who answered and what it took."""
        ...

    def restored(self, lost: int, unknown: int) -> None:
        """Note the placeholders of the answer that could not be put back."""
        ...

    def scanned(self, found: Mapping[str, int]) -> None:
        """Note what the scan of the answer has found, by kind."""
        ...


Listener = Callable[[Line], None]


class Trail(Protocol):
    """The journal. Fails closed: where a record cannot be opened or closed, `AuditUnavailableError` is raised.

    Leaving the context closes the record with an ending taken from the exception that passes, if any; the answer may
    leave only after that. Listeners are called with each closed line, and a listener that fails is ignored.
    """

    def record(
        self, caller: Caller, decision: Decision, facts: Facts, *, stream: bool, case: str | None
    ) -> AbstractAsyncContextManager[Record]:
        """Open a record, durably, before anything is sent; `case` is hashed with a key at once and not kept."""
        ...

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` with every closed line."""
        ...
