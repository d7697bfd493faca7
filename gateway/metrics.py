"""Prometheus: closed names, closed labels, fed by the journal's closed lines so that the two cannot disagree.

Every value of every label is known at the start; whatever else comes is counted as `other`. No caller, no case, no text
of a request can become a label. A metric that cannot count is ignored: it stops no answer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics import MetricWrapperBase

from filters.answers.tally import KINDS
from filters.identifiers.entity import ALL_LABELS
from filters.outbound.decision import Verdict
from gateway import __version__, errors
from gateway.audit.contest import Reason
from gateway.audit.event import Ending, Line
from gateway.governance.watch import Result
from gateway.systems.state import Scope, State
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

Metric = TypeVar("Metric", bound=MetricWrapperBase)

disable_created_metrics()  # type: ignore[no-untyped-call]  # one more series for each, that nobody reads


class Closed(Generic[Metric]):
    """A metric whose label values are closed lists; children are made once.

    Those of one label are made at the start: a count that begins at 1 is no increase to Prometheus, and an alert would
    miss the first event.
    """

    def __init__(self, metric: Metric, *allowed: Iterable[str]) -> None:
        """Take the values of each label, in the order of the metric's labels."""
        self._metric = metric
        self._allowed = tuple(frozenset((*values, NONE)) for values in allowed)
        self._children: dict[tuple[str | None, ...], Metric] = {}
        self._show()

    def admit(self, *values: Iterable[str]) -> None:
        """Take further values of each label; none is ever taken back, since its count goes on being shown."""
        self._allowed = tuple(known.union(more) for known, more in zip(self._allowed, values, strict=True))
        self._show()

    def __getitem__(self, values: tuple[str | None, ...]) -> Metric:
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
    """Every metric of the gateway, in a registry of its own. `observe` is a listener of the journal."""

    def __init__(
        self,
        uses: Iterable[str],
        routes: Iterable[str],
        *,
        codes: Iterable[str] = (),
        articles: Iterable[str] = (),
        problems: Iterable[str] = (),
    ) -> None:
        """Take the closed lists: uses, codes and articles of the charter, routes, and the codes of HTTP problems."""
        self.registry = CollectorRegistry(auto_describe=True)
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
        self._switches, self._rehearsed, self._stops = self._of_systems()
        self._outbound, self._outbound_errors, self._outbound_uncounted = self._of_outbound()
        self._charter = self._info("charter", "Charter in force.")
        self._info("build", "Version that runs.").labels(__version__).set(1)

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
        self._charter.clear()
        self._charter.labels(version).set(1)

    def count_reload(self, result: Result) -> None:
        """Count a change of the charter's file."""
        self._reloads[(result,)].inc()

    def count_problem(self, code: str) -> None:
        """Count an error answered over HTTP, by its stable code."""
        self._problems[(code,)].inc()

    def count_contest(self, code: str, reason: Reason) -> None:
        """Count a contested refusal, by its code."""
        self._contests[code, reason].inc()

    def count_switches(self, news: Sequence[State]) -> None:
        """Count what was stopped, rehearsed or let go on."""
        for state in news:
            event = "resumed" if not state.stopped else "drill" if state.drill else "stopped"
            self._switches[event, state.scope].inc()

    def show_stops(self, count: Callable[[Scope, bool], int]) -> None:
        """Show how many stops of each kind hold, counted anew each time that somebody looks."""
        for scope in Scope:
            for drill in (False, True):
                self._stops.labels(scope.value, str(drill).lower()).set_function(partial(count, scope, drill))

    def admit_outbound(self, services: Iterable[str]) -> None:
        """Count attempts by these services of the catalogue."""
        self._outbound.admit(services, ())

    def count_outbound(self, attempts: Mapping[tuple[str, str], int], notes: Mapping[str, int]) -> None:
        """Count attempts by service and verdict, and what else their engines have noted."""
        for (service, verdict), count in attempts.items():
            self._outbound[service or None, verdict].inc(count)
        for note, count in notes.items():
            (self._outbound_errors if note == "error" else self._outbound_uncounted[(note,)]).inc(count)

    def count_uncounted(self) -> None:
        """Count a clinician's request that went on while the quota store did not answer."""
        self._uncounted.inc()

    def render(self) -> bytes:
        """Return everything in Prometheus's text format."""
        return generate_latest(self.registry)

    def _of_outbound(self) -> tuple[Closed[Counter], Counter, Closed[Counter]]:
        attempts = self._counter("outbound_attempts", "Attempts to reach AI services outside.", "service", "verdict")
        errors = self._counter("outbound_helper_errors", "Connections that no helper could decide on.")
        uncounted = self._counter("outbound_uncounted", "Attempts that are in no count.", "reason")
        return Closed(attempts, (), Verdict), errors, Closed(uncounted, UNCOUNTED)

    def _of_systems(self) -> tuple[Closed[Counter], Counter, Gauge]:
        switches = self._counter(
            "switches", "Stops, drills and resumptions that this gateway learnt of.", "event", "scope"
        )
        rehearsed = self._counter("rehearsed_requests", "Requests that a drill would have stopped.")
        stops = Gauge("ecluse_stops", "Stops that hold now.", ("scope", "drill"), registry=self.registry)
        return Closed(switches, ("stopped", "drill", "resumed"), Scope), rehearsed, stops

    def _clocks(self) -> tuple[Closed[Histogram], Closed[Histogram]]:
        whole = self._histogram(
            "request_duration_seconds", "From the charter's decision to the end.", REQUEST_SECONDS, "mode"
        )
        stage = self._histogram(
            "stage_duration_seconds", "Time spent in one stage of a request.", STAGE_SECONDS, "stage"
        )
        return Closed(whole, ("whole", "stream")), Closed(stage, STAGES)

    def _info(self, name: str, told: str) -> Gauge:
        return Gauge(f"ecluse_{name}_info", told, ("version",), registry=self.registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"ecluse_{name}", told, labels, registry=self.registry)

    def _histogram(self, name: str, told: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(f"ecluse_{name}", told, labels, registry=self.registry, buckets=buckets)


def _failures(base: type[errors.GatewayError] = errors.GatewayError) -> tuple[str, ...]:
    """Return the names of all errors of the house, as lines carry them."""
    return (base.__name__, *(name for kind in base.__subclasses__() for name in _failures(kind)))


UPSTREAM_FAILURES: Final = frozenset(_failures(errors.UpstreamError))
