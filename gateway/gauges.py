"""Gauges that are asked for when somebody looks; every process knows the same, so they are never added up."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override

from gateway import __version__
from gateway.replicas.announcement import Picture
from gateway.systems.state import Scope


def _none(_scope: Scope, _drill: bool) -> int:  # noqa: FBT001 - told to a metric by place
    return 0


@dataclass(slots=True)
class Now:
    """Where gauges look each time that they are asked."""

    stops: Callable[[Scope, bool], int] = _none
    """Counts the stops of one kind that hold."""
    replicas: Callable[[], Picture | None] = lambda: None
    """Says what the others on the same Redis have in force; None: unknown."""
    certificates: Mapping[str, dt.date] = field(default_factory=dict)
    """The last day of each route's hosting certificate."""
    charter: str | None = None
    """The version in force; None before there is one."""


class Shown(Collector):
    """What is so now."""

    def __init__(self, now: Now) -> None:
        self._now = now

    @override
    def collect(self) -> Iterable[Metric]:
        """Return each gauge as it is now."""
        now = self._now
        picture = now.replicas()
        return [
            _stops(now.stops),
            _replicas(picture),
            _differing(picture),
            _certificates(now.certificates),
            _info("charter", "Charter in force.", now.charter),
            _info("build", "Version that runs.", __version__),
        ]


def _info(name: str, told: str, version: str | None) -> GaugeMetricFamily:
    """Return a gauge that is always 1, and whose label says a version; without any where there is none yet."""
    family = GaugeMetricFamily(f"ecluse_{name}_info", told, labels=("version",))
    if version is not None:
        family.add_metric((version,), 1)
    return family


def _stops(count: Callable[[Scope, bool], int]) -> GaugeMetricFamily:
    """Return how many stops of each kind hold."""
    family = GaugeMetricFamily("ecluse_stops", "Stops that hold now.", labels=("scope", "drill"))
    for scope in Scope:
        for drill in (False, True):
            family.add_metric((scope.value, str(drill).lower()), count(scope, drill))
    return family


def _replicas(picture: Picture | None) -> GaugeMetricFamily:
    """Return how many processes announce themselves on this Redis; without any sample where that is unknown."""
    family = GaugeMetricFamily("ecluse_replicas", "Processes on this Redis that serve, this one included.")
    if picture is not None:
        family.add_metric((), picture.seen)
    return family


def _differing(picture: Picture | None) -> GaugeMetricFamily:
    """Return how many of them have something else in force; without any sample where that is unknown."""
    told = "Processes that have another charter, or outgoing policy, in force than this one."
    family = GaugeMetricFamily("ecluse_replicas_differing", told, labels=("what",))
    if picture is not None:
        family.add_metric(("charter",), len(picture.charter))
        family.add_metric(("policy",), len(picture.policy))
    return family


def _certificates(ends: Mapping[str, dt.date]) -> GaugeMetricFamily:
    """Return when the hosting certificate of each route ends: with its last day, where this machine is."""
    told = "When the route's certificate for hosting health data (HDS) ends."
    family = GaugeMetricFamily("ecluse_hds_certificate_expiry_timestamp_seconds", told, labels=("route",))
    for route, last in ends.items():
        end = dt.datetime.combine(last, dt.time()) + dt.timedelta(days=1)
        family.add_metric((route,), end.astimezone().timestamp())
    return family
