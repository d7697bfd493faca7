"""Counts of several processes, each of them real: one sum, whoever is asked and whoever has died."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram

from gateway.governance.watch import Result
from gateway.metrics import Metrics
from gateway.tallies import Tallies
from tests.fakes.month import line
from tests.fakes.systems import stopped


def in_a_process(work: Callable[[], None]) -> int:
    """Run `work` in a process of its own, since what it joins it cannot leave, and return its number."""
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == 0
    return process.pid or 0


def counting(folder: Path, count: int) -> Callable[[], None]:
    def work() -> None:
        Tallies(folder).joined(first=True)
        registry = CollectorRegistry()
        counter = Counter("essai", "Un essai.", ("mode",), registry=registry)
        for _ in range(count):
            counter.labels("un").inc()
        Histogram("duree", "Une durée.", registry=registry, buckets=(1.0, 2.0)).observe(1.5)

    return work


def read(folder: Path) -> dict[str, float]:
    samples = [sample for metric in Tallies(folder).read() for sample in metric.samples]
    return {f"{sample.name} {' '.join(sample.labels.values())}".strip(): sample.value for sample in samples}


def test_what_a_dead_process_counted_stays_counted(tmp_path: Path) -> None:
    """Catches a sum that falls when a worker is replaced: Prometheus would take everything for new."""
    pids = [in_a_process(counting(tmp_path, count)) for count in (1, 2, 4)]
    found = read(tmp_path)
    assert (found["essai_total un"], found["duree_count"], found["duree_bucket 1.0"]) == (7, 3, 0)
    for pid in (*pids, 0):
        Tallies(tmp_path).bury(pid)
        assert read(tmp_path) == found
    assert sorted(file.name for file in tmp_path.glob("*.db")) == ["counter_dead.db", "histogram_dead.db"]
    in_a_process(counting(tmp_path, 8))
    assert read(tmp_path)["essai_total un"] == 15


def gateway_in(folder: Path, *, first: bool) -> Callable[[], None]:
    def work() -> None:
        metrics = Metrics(["compte_rendu"], ["demo"], tallies=Tallies(folder).joined(first=first))
        metrics.observe(line())
        metrics.count_switches([stopped("route:demo")])
        metrics.count_reload(Result.ACTIVATED)
        metrics.govern("2026-1" if first else "2026-2")
        metrics.show_stops(lambda _scope, _drill: 1)
        (folder / f"{first}.txt").write_bytes(metrics.render())

    return work


def test_a_gateway_shows_the_sum_and_counts_news_once(tmp_path: Path) -> None:
    """Catches one stop that is counted as many times as there are processes, and gauges that add up."""
    for first in (True, False):
        in_a_process(gateway_in(tmp_path, first=first))
    shown = (tmp_path / "False.txt").read_text("utf-8").splitlines()
    for expected in (
        'ecluse_endings_total{ending="answered"} 2.0',
        'ecluse_endings_total{ending="failed"} 0.0',
        'ecluse_switches_total{event="stopped",scope="route"} 1.0',
        'ecluse_charter_reload_total{result="activated"} 1.0',
        'ecluse_stops{drill="false",scope="all"} 1.0',
        'ecluse_charter_info{version="2026-2"} 1.0',
    ):
        assert expected in shown
    assert not [row for row in shown if "2026-1" in row or f"pid={os.getpid()}" in row]
    assert len([row for row in shown if row.startswith("ecluse_build_info{")]) == 1
