"""Gauges that are asked for when somebody looks; every process knows the same, so they are never added up."""

from collections.abc import Callable, Iterable

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override


class Shown(Collector):
    """What is so now."""

    def __init__(self, *families: Callable[[], GaugeMetricFamily]) -> None:
        self._families = families

    @override
    def collect(self) -> Iterable[Metric]:
        """Return each gauge as it is now."""
        return [family() for family in self._families]


def info(name: str, told: str, version: str | None) -> GaugeMetricFamily:
    """Return a gauge that is always 1, and whose label says a version; without any where there is none yet."""
    family = GaugeMetricFamily(f"ecluse_{name}_info", told, labels=("version",))
    if version is not None:
        family.add_metric((version,), 1)
    return family
