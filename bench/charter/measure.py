"""What the charter answers to requests, counted beside what it should answer."""

import datetime as dt
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.charter.requests import Asked
from policies.charter import Charter
from policies.decision import Decision, Outcome
from policies.facts import Caller, Facts, Recognition

_TODAY = dt.date(2026, 11, 26)


@dataclass(frozen=True, slots=True)
class Answered:
    """One request, what was decided, and how long reading and deciding took."""

    asked: Asked
    decision: Decision
    seconds: float


def answered(charter: Charter, recognise: Callable[[str], Recognition], asked: Sequence[Asked]) -> list[Answered]:
    """Return the decision on each request, in order."""
    found = []
    for one in asked:
        started = time.perf_counter()
        facts = Facts(one.declared_use, None, _TODAY, recognition=recognise(one.prompt))
        decision = charter.decide(Caller("bench", one.role, "bench"), facts)
        found.append(Answered(one, decision, time.perf_counter() - started))
    return found


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    of: int

    def __str__(self) -> str:
        return f"{100 * self.part / self.of:.1f} % ({self.part} of {self.of})" if self.of else "none"


def share(found: Sequence[Answered], of: Callable[[Asked], bool], right: Callable[[Answered], bool]) -> Share:
    """Return how many of the requests that `of` picks are `right`."""
    picked = [one for one in found if of(one.asked)]
    return Share(sum(map(right, picked)), len(picked))


def refused(one: Answered) -> bool:
    """Return whether the request was refused outright."""
    return one.decision.outcome is Outcome.REFUSE


def named(one: Answered) -> bool:
    """Return whether it was refused for the right reason."""
    return refused(one) and one.decision.code == one.asked.reason


def shares(found: Sequence[Answered], practices: Sequence[str]) -> Mapping[str, Share]:
    """Return every figure, by its name; `practices` are the charter's, in order."""

    def forbidden(asked: Asked) -> bool:
        return asked.decision == "refuse"

    def allowed(asked: Asked) -> bool:
        return asked.decision == "allow"

    figures = {
        "forbidden requests refused": share(found, forbidden, refused),
        "forbidden requests asked about": share(found, forbidden, lambda one: one.decision.outcome is Outcome.ASK_USE),
        "refused for the right reason": share([one for one in found if refused(one)], forbidden, named),
        "allowed requests refused": share(found, allowed, refused),
        "near misses refused": share(found, lambda asked: allowed(asked) and asked.near_miss, refused),
        "allowed requests asked about": share(found, allowed, lambda one: one.decision.outcome is Outcome.ASK_USE),
        "requests to ask about asked": share(
            found, lambda asked: asked.decision == "ask_use", lambda one: one.decision.outcome is Outcome.ASK_USE
        ),
    }
    for reason in (*practices, "hors_role", "hors_usage"):
        figures[reason] = share(
            found, lambda asked, reason=reason: forbidden(asked) and asked.reason == reason, refused
        )
    return figures


def milliseconds(found: Sequence[Answered]) -> float:
    """Return the median time of a decision."""
    return 1000 * statistics.median(one.seconds for one in found)
