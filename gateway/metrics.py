"""Prometheus: closed names, closed labels, fed by the journal's closed lines so that the two cannot disagree.

Every value of every label is known at the start; whatever else comes is counted as `other`. No caller, no case, no text
of a request can become a label. A metric that cannot count is ignored: it stops no answer.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics import MetricWrapperBase

from filters.answers.tally import KINDS
from filters.identifiers.entity import ALL_LABELS
from filters.outbound.decision import Verdict
from gateway import errors
from gateway.audit.contest import Reason
from gateway.audit.event import Ending, Line
from gateway.gauges import Now, Shown
from gateway.governance.watch import Result
from gateway.replicas.announcement import Picture
from gateway.systems.state import Scope, State
from gateway.tallies import Summed, Tallies
from policies.decision import Outcome

OTHER: Final = "other"
"""A value outside the closed list."""

NONE: Final = "none"
"""No value: a request refused before it had a use or a route."""

STAGES: Final = ("quota", "masking", "upstream", "provenance")
UNEXPECTED: Final = "unexpected"

UNCOUNTED: Final = ("lost", "late", "broken")
"""Why an attempt is in no count: it could not be written, it is too old to be kept, or its line is none."""

REQUEST_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0)
STAGE_SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 20.0, 80.0)

Wrapped = TypeVar("Wrapped", bound=MetricWrapperBase)

disable_created_metrics()  # type: ignore[no-untyped-call]  # one more series for each, that nobody reads


class Closed(Generic[Wrapped]):
    """A metric whose label values are closed lists; children are made once.

    Those of one label are made at the start: a count that begins at 1 is no increase to Prometheus, and an alert would
    miss the first event.
    """

    def __init__(self, metric: Wrapped, *allowed: Iterable[str]) -> None:
        """Take the values of each label, in the order of the metric's labels."""
        self._metric = metric
        self._allowed = tuple(frozenset((*values, NONE)) for values in allowed)
        self._children: dict[tuple[str | None, ...], Wrapped] = {}
        self._show()

    def admit(self, *values: Iterable[str]) -> None:
        """Take further values of each label; none is ever taken back, since its count goes on being shown."""
        self._allowed = tuple(known.union(more) for known, more in zip(self._allowed, values, strict=True))
        self._show()

    def __getitem__(self, values: tuple[str | None, ...]) -> Wrapped:
        """Return the child of these values; unknown values share one child."""
        closed = tuple(
            (NONE if value is None else value if value in allowed else OTHER)
            for value, allowed in zip(values, self._allowed, strict=True)
        )
        if closed not in self._children:
            self._children[closed] = self._metric.labels(*closed)
        return self._children[closed]

    def _show(self) -> None:
        if len(self._allowed) == 1:
            for value in sorted(self._allowed[0] - {NONE}):
                self[(value,)]


class Metrics:
    """Every metric of the gateway, in a registry of its own. `observe` is a listener of the journal.

    Of several processes, each counts into `tallies`, and shows what all have counted.
    """

    def __init__(
        self,
        uses: Iterable[str],
        routes: Iterable[str],
        *,
        codes: Iterable[str] = (),
        articles: Iterable[str] = (),
        problems: Iterable[str] = (),
        tallies: Tallies | None = None,
    ) -> None:
        """Take the closed lists: uses, codes and articles of the charter, routes, and the codes of HTTP problems."""
        self.registry = CollectorRegistry(auto_describe=True)
        self._tallies = tallies
        uses, routes, codes = tuple(uses), tuple(routes), tuple(codes)
        failures = (*_failures(), UNEXPECTED)
        self._requests = Closed(
            self._counter("requests", "Requests that the charter decided on.", "use", "route", "decision", "code"),
            uses,
            routes,
            Outcome,
            codes,
        )
        self._endings = Closed(self._counter("endings", "Requests, by how they ended.", "ending"), Ending)
        self._refusals = Closed(
            self._counter("refusals", "Requests that the charter did not allow.", "code", "article"), codes, articles
        )
        self._failures = Closed(
            self._counter("failures", "Requests that a stage could not carry on.", "failure"), failures
        )
        self._upstream_errors = Closed(
            self._counter("upstream_errors", "Requests that a model did not answer properly.", "route", "failure"),
            routes,
            failures,
        )
        self._masked = Closed(
            self._counter("identifiers_masked", "Distinct identifiers masked in a request.", "label"), ALL_LABELS
        )
        self._lost = self._counter("placeholders_lost", "Placeholders that a model did not give back.")
        self._unknown = self._counter("placeholders_unknown", "Placeholders of an answer that stand for nothing.")
        self._found = Closed(self._counter("answer_findings", "What answers held that they should not.", "kind"), KINDS)
        self._tokens = Closed(
            self._counter("tokens", "Tokens, as the upstream counts them.", "route", "direction"),
            routes,
            ("prompt", "completion"),
        )
        self._durations, self._stages = self._clocks()
        self._contests = Closed(
            self._counter("contests", "Refusals that their caller contests.", "code", "reason"), codes, Reason
        )
        self._problems = Closed(self._counter("problems", "Errors answered over HTTP.", "code"), problems)
        self._uncounted = self._counter("quota_uncounted_requests", "Requests let through without a quota store.")
        self._reloads = Closed(
            self._counter("charter_reload", "Changes of the charter's file, by what became of them.", "result"), Result
        )
        self._switches, self._rehearsed = self._of_systems()
        self._outbound, self._outbound_errors, self._outbound_uncounted = self._of_outbound()
        self._now = Now()
        self._shown = Shown(self._now)
        self.registry.register(self._shown)

    def observe(self, line: Line) -> None:
        """Count a closed line of the journal."""
        self._requests[line.use, line.route, line.decision, line.code].inc()
        self._endings[(line.ending,)].inc()
        if line.ending is Ending.REFUSED:
            self._refusals[line.code, line.article].inc()
        if line.failure is not None:
            self._failures[(line.failure,)].inc()
            if line.failure in UPSTREAM_FAILURES:
                self._upstream_errors[line.route, line.failure].inc()
        self._rehearsed.inc(line.drill)
        for label, count in line.masked.items():
            self._masked[(label,)].inc(count)
        self._lost.inc(line.placeholders_lost)
        self._unknown.inc(line.placeholders_unknown)
        for kind, count in line.answer.items():
            self._found[(kind,)].inc(count)
        if line.usage.total_tokens:
            self._tokens[line.route, "prompt"].inc(line.usage.prompt_tokens)
            self._tokens[line.route, "completion"].inc(line.usage.completion_tokens)
        self._durations[("stream" if line.stream else "whole",)].observe(line.duration_ms / 1000)
        for stage, milliseconds in line.stages_ms.items():
            self._stages[(stage,)].observe(milliseconds / 1000)

    def govern(
        self, version: str, uses: Iterable[str] = (), codes: Iterable[str] = (), articles: Iterable[str] = ()
    ) -> None:
        """Show the charter in force, and count by what it names."""
        uses, codes, articles = tuple(uses), tuple(codes), tuple(articles)
        self._requests.admit(uses, (), (), codes)
        self._refusals.admit(codes, articles)
        self._contests.admit(codes, ())
        self._problems.admit(codes)
        self._now.charter = version

    def count_reload(self, result: Result) -> None:
        """Count a change of the charter's file, which every process learns of and one counts."""
        if self._counts_news:
            self._reloads[(result,)].inc()

    def count_problem(self, code: str) -> None:
        """Count an error answered over HTTP, by its stable code."""
        self._problems[(code,)].inc()

    def count_contest(self, code: str, reason: Reason) -> None:
        """Count a contested refusal, by its code."""
        self._contests[code, reason].inc()

    def count_switches(self, news: Sequence[State]) -> None:
        """Count what was stopped, rehearsed or let go on, which every process learns of and one counts."""
        for state in news if self._counts_news else ():
            event = "resumed" if not state.stopped else "drill" if state.drill else "stopped"
            self._switches[event, state.scope].inc()

    def show_stops(self, count: Callable[[Scope, bool], int]) -> None:
        """Show how many stops of each kind hold, counted anew each time that somebody looks."""
        self._now.stops = count

    def show_replicas(self, picture: Callable[[], Picture | None]) -> None:
        """Show what the others on this Redis have in force, asked anew each time; None where it is unknown."""
        self._now.replicas = picture

    def show_certificates(self, ends: Mapping[str, dt.date]) -> None:
        """Show the last day of each route's hosting certificate."""
        self._now.certificates = ends

    def count_outbound(self, attempts: Mapping[str, int], notes: Mapping[str, int]) -> None:
        """Count attempts by verdict, and what else their engines have noted.

        Nothing finer: a scrape each quarter of a minute with the service of an attempt, or its department, would point
        at who was there. The report tells services, and hides what few people did.
        """
        for verdict, count in attempts.items():
            self._outbound[(verdict,)].inc(count)
        for note, count in notes.items():
            (self._outbound_errors if note == "error" else self._outbound_uncounted[(note,)]).inc(count)

    def count_uncounted(self) -> None:
        """Count a clinician's request that went on while the quota store did not answer."""
        self._uncounted.inc()

    def render(self) -> bytes:
        """Return everything in Prometheus's text format."""
        if self._tallies is None:
            return generate_latest(self.registry)
        return generate_latest(Summed(self._tallies, self._shown))

    @property
    def _counts_news(self) -> bool:
        return self._tallies is None or self._tallies.first

    def _of_outbound(self) -> tuple[Closed[Counter], Counter, Closed[Counter]]:
        attempts = self._counter("outbound_attempts", "Attempts to reach AI services outside.", "verdict")
        errors = self._counter("outbound_helper_errors", "Connections that no helper could decide on.")
        uncounted = self._counter("outbound_uncounted", "Attempts that are in no count.", "reason")
        return Closed(attempts, Verdict), errors, Closed(uncounted, UNCOUNTED)

    def _of_systems(self) -> tuple[Closed[Counter], Counter]:
        switches = self._counter(
            "switches", "Stops, drills and resumptions that this gateway learnt of.", "event", "scope"
        )
        rehearsed = self._counter("rehearsed_requests", "Requests that a drill would have stopped.")
        return Closed(switches, ("stopped", "drill", "resumed"), Scope), rehearsed

    def _clocks(self) -> tuple[Closed[Histogram], Closed[Histogram]]:
        whole = self._histogram(
            "request_duration_seconds", "From the charter's decision to the end.", REQUEST_SECONDS, "mode"
        )
        stage = self._histogram(
            "stage_duration_seconds", "Time spent in one stage of a request.", STAGE_SECONDS, "stage"
        )
        return Closed(whole, ("whole", "stream")), Closed(stage, STAGES)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"ecluse_{name}", told, labels, registry=self.registry)

    def _histogram(self, name: str, told: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(f"ecluse_{name}", told, labels, registry=self.registry, buckets=buckets)


def _failures(base: type[errors.GatewayError] = errors.GatewayError) -> tuple[str, ...]:
    """Return the names of all errors of the house, as lines carry them."""
    return (base.__name__, *(name for kind in base.__subclasses__() for name in _failures(kind)))


UPSTREAM_FAILURES: Final = frozenset(_failures(errors.UpstreamError))
