"""Alerts and dashboard: every alert is tried, and nothing is watched that no gateway exports."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from gateway.api.problems import CODES
from gateway.metrics import Metrics
from gateway.outbound.desk.desk import count_passes

DEPLOY = Path(__file__).parents[3] / "deploy"
PROMETHEUS = DEPLOY / "prometheus"
ALERTS, TRIALS = PROMETHEUS / "alerts.yaml", PROMETHEUS / "alerts_test.yaml"
DASHBOARD = DEPLOY / "grafana" / "dashboards" / "ecluse.json"
ELSEWHERE = {"haproxy_server_status"}
"""What is no gateway's; the tests of HAProxy find it in a real one."""


def loaded(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path)


def rules() -> list[dict[str, Any]]:
    return [rule for group in loaded(ALERTS)["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    return [panel for panel in json.loads(DASHBOARD.read_text("utf-8"))["panels"] if panel["type"] != "row"]


def expressions() -> list[str]:
    return [rule["expr"] for rule in rules()] + [target["expr"] for panel in panels() for target in panel["targets"]]


def exported() -> dict[str, set[str]]:
    """Return each name that a gateway exports, with its labels."""
    metrics = Metrics(["compte_rendu"], ["demo"], problems=CODES)
    count_passes(metrics.registry)
    found: dict[str, set[str]] = {}
    for family in metrics.registry.collect():
        made_by = metrics.registry._names_to_collectors[family.name]
        labels = {name for one in (family, made_by) for name in getattr(one, "_labelnames", ())}
        suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(family.type, ("",))
        for suffix in suffixes:
            found[family.name + suffix] = labels | ({"le"} if suffix == "_bucket" else set())
    return found


def promtool(*words: str | Path) -> str:
    program = shutil.which("promtool")
    assert program, "promtool is missing: install Debian's package prometheus"
    ran = subprocess.run([program, *words], capture_output=True, text=True, check=False, timeout=60, cwd=PROMETHEUS)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_prometheus_takes_the_configuration_and_the_alerts() -> None:
    promtool("check", "config", "prometheus.yaml")


def test_each_alert_fires_when_it_should_and_is_silent_otherwise() -> None:
    promtool("test", "rules", TRIALS.name)
    tried = set(re.findall(r'ALERTS\{alertname="(\w+)",alertstate="firing",', TRIALS.read_text("utf-8")))
    assert tried == {rule["alert"] for rule in rules()}


@pytest.mark.parametrize("expression", expressions())
def test_what_is_watched_is_exported(expression: str) -> None:
    """Catches an alert that never fires, because a metric or a label was renamed."""
    names = exported()
    watched = re.findall(r"\b((?:ecluse|haproxy)_\w+)(?:\{([^}]*)\})?", expression)
    assert watched or re.search(r"\bup\b", expression)
    for name, selectors in watched:
        if name in ELSEWHERE:
            continue
        assert name in names
        assert set(re.findall(r"(\w+)(?:=~|!=|=)", selectors)) <= names[name]
    for label in re.findall(r"by \(([^)]*)\)", expression):
        assert set(label.split(", ")) <= {"instance", *(one for labels in names.values() for one in labels)}


def test_the_codes_of_errors_are_those_of_the_gateway() -> None:
    """Catches an alert on a code that nobody answers with any more."""
    watched = set(re.findall(r'ecluse_problems_total\{code="(\w+)"', ALERTS.read_text("utf-8")))
    assert watched
    assert watched <= CODES


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_each_alert_says_what_happens_and_what_to_do(rule: dict[str, Any]) -> None:
    assert set(rule["annotations"]) == {"summary", "action"}
    assert rule["labels"]["severity"] in {"page", "ticket"}
    fired = re.search(rf'ALERTS{{alertname="{rule["alert"]}",alertstate="firing",([^}}]+)}}', TRIALS.read_text("utf-8"))
    assert fired
    carried = set(re.findall(r"(\w+)=", fired[1]))
    named = set(re.findall(r"\$labels\.(\w+)", " ".join(rule["annotations"].values())))
    assert named <= carried, "a sentence names a label that the alert does not carry"


def test_the_first_event_of_a_counter_is_an_increase() -> None:
    """Catches the alert that sleeps through the first failure, because the counter was born with it."""
    rendered = Metrics([], [], problems=CODES).render().decode()
    for code in CODES:
        assert f'ecluse_problems_total{{code="{code}"}} 0.0' in rendered


def test_panels_have_their_place_and_a_source_that_is_provisioned() -> None:
    sources = loaded(DEPLOY / "grafana" / "provisioning" / "datasources" / "prometheus.yaml")["datasources"]
    known, cells = {source["uid"] for source in sources}, set()
    for panel in panels():
        place = panel["gridPos"]
        covered = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not covered & cells, panel["title"]
        assert max(x for x, _ in covered) < 24
        cells |= covered
        assert {panel["datasource"]["uid"], *(target["datasource"]["uid"] for target in panel["targets"])} <= known
