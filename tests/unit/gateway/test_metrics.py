"""Metrics: closed names and labels, accepted by Prometheus's own checker, listed where operators read."""

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gateway.audit.contest import Reason
from gateway.audit.event import Ending
from gateway.governance.watch import Result
from gateway.metrics import Metrics
from gateway.replicas.announcement import picture
from gateway.systems.state import Scope
from tests.fakes.month import REFUSED, line
from tests.fakes.replicas import NEWER, announced
from tests.fakes.systems import stopped

ROOT = Path(__file__).parents[3]


def metrics() -> Metrics:
    return Metrics(
        ["compte_rendu"], ["demo"], codes=["permis", "hors_role"], articles=["12.1", "5.1"], problems=["hors_role"]
    )


def samples(found: Metrics) -> list[str]:
    return [row for row in found.render().decode().splitlines() if not row.startswith("#") and "_bucket" not in row]


def busy() -> Metrics:
    found = metrics()
    spent = {"masking": 12.5}
    found.observe(
        line(placeholders_lost=1, placeholders_unknown=2, answer={"links": 3}, stages_ms=spent, duration_ms=250)
    )
    found.observe(line(**REFUSED))
    found.observe(line(ending=Ending.FAILED, failure="UpstreamTimeoutError", stream=True))
    found.count_problem("hors_role")
    found.count_uncounted()
    found.count_contest("hors_role", Reason.OTHER)
    found.count_reload(Result.ACTIVATED)
    found.count_switches([stopped("route:demo")])
    found.show_stops(lambda scope, drill: int(scope is Scope.ROUTE and not drill))
    found.govern("2026-11-23")
    found.show_replicas(lambda: picture(announced(), [announced(), announced(charter=NEWER), announced(charter=NEWER)]))
    found.show_certificates({"demo": dt.date(2027, 6, 30)})
    found.count_outbound({"block": 3, "observe": 2}, {"error": 1, "late": 4})
    return found


def test_a_closed_line_is_counted() -> None:
    found = samples(busy())
    for expected in (
        'ecluse_requests_total{code="permis",decision="allow",route="demo",use="compte_rendu"} 2.0',
        'ecluse_requests_total{code="hors_role",decision="refuse",route="none",use="compte_rendu"} 1.0',
        'ecluse_endings_total{ending="answered"} 1.0',
        'ecluse_refusals_total{article="5.1",code="hors_role"} 1.0',
        'ecluse_failures_total{failure="UpstreamTimeoutError"} 1.0',
        'ecluse_upstream_errors_total{failure="UpstreamTimeoutError",route="demo"} 1.0',
        'ecluse_identifiers_masked_total{label="NOM"} 6.0',
        'ecluse_answer_findings_total{kind="links"} 3.0',
        "ecluse_placeholders_lost_total 1.0",
        "ecluse_placeholders_unknown_total 2.0",
        'ecluse_tokens_total{direction="prompt",route="demo"} 800.0',
        'ecluse_request_duration_seconds_sum{mode="whole"} 0.25',
        'ecluse_stage_duration_seconds_sum{stage="masking"} 0.0125',
        'ecluse_problems_total{code="hors_role"} 1.0',
        "ecluse_quota_uncounted_requests_total 1.0",
        'ecluse_switches_total{event="stopped",scope="route"} 1.0',
        'ecluse_stops{drill="false",scope="route"} 1.0',
        'ecluse_stops{drill="true",scope="route"} 0.0',
        'ecluse_outbound_attempts_total{verdict="block"} 3.0',
        'ecluse_outbound_attempts_total{verdict="observe"} 2.0',
        "ecluse_outbound_helper_errors_total 1.0",
        "ecluse_replicas 4.0",
        'ecluse_replicas_differing{what="charter"} 2.0',
        'ecluse_replicas_differing{what="policy"} 0.0',
        'ecluse_outbound_uncounted_total{reason="late"} 4.0',
    ):
        assert expected in found


@given(st.text(min_size=1))
def test_no_label_comes_from_outside(typed: str) -> None:
    """Would catch a patient's name that becomes a label, and labels without end."""
    found = metrics()
    odd = f"Monique {typed}"
    found.observe(
        line(
            odd,
            odd,
            odd,
            route=odd,
            decision=odd,
            code=odd,
            article=odd,
            failure=odd,
            masked={odd: 1},
            stages_ms={odd: 1},
        )
    )
    found.count_problem(odd)
    found.count_outbound({odd: 1}, {odd: 1})
    assert "Monique" not in found.render().decode()


def test_attempts_to_go_outside_are_not_told_by_service_nor_department() -> None:
    """Would catch: a scrape from which somebody reads that the one radiologist on duty has just tried an AI site."""
    family = next(one for one in busy().registry.collect() if one.name == "ecluse_outbound_attempts")
    assert {label for sample in family.samples for label in sample.labels} == {"verdict"}


def test_what_others_have_in_force_is_not_said_to_be_the_same_where_it_is_unknown() -> None:
    """Would catch: an alert that a lost Redis resolves by a 0, and a lone gateway counted as a group."""
    assert not [row for row in samples(metrics()) if row.startswith("ecluse_replicas")]


def test_a_certificate_ends_with_its_last_day() -> None:
    """Would catch: a certificate said to have ended while the charter still believes it, or the day after that."""
    row = next(row for row in samples(busy()) if row.startswith("ecluse_hds"))
    name, _, end = row.partition(" ")
    assert name == 'ecluse_hds_certificate_expiry_timestamp_seconds{route="demo"}'
    assert dt.datetime.fromtimestamp(float(end), dt.UTC).astimezone() == dt.datetime(2027, 7, 1).astimezone()


def test_prometheus_accepts_them() -> None:
    promtool = shutil.which("promtool")
    assert promtool, "promtool is missing: install Debian's package prometheus"
    checked = subprocess.run(
        [promtool, "check", "metrics"], input=busy().render(), capture_output=True, check=False, timeout=60
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, b"", b"")


def test_the_documentation_lists_each_metric_with_its_labels() -> None:
    table = re.findall(
        r"^\| `(ecluse_\w+)` \| (\w+) \| ([^|]*)\|",
        (ROOT / "docs/operations/metrics.md").read_text("utf-8"),
        re.MULTILINE,
    )
    documented = {name: (kind, frozenset(re.findall(r"`(\w+)`", labels))) for name, kind, labels in table}
    actual = {}
    for family in busy().registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        labels = frozenset(label for sample in family.samples for label in sample.labels) - {"le"}
        actual[name] = (family.type, labels)
    assert documented == actual


def test_another_charter_is_named_alone_and_counted_by_its_own_words() -> None:
    """Would catch: two charters in force on one screen, or the uses of a new one all counted as `other`."""
    found = busy()
    found.govern("2027-01-01", ["nouvel_usage"], ["hors_service"], ["guide 9"])
    found.observe(line(use="nouvel_usage"))
    found.count_problem("hors_service")
    lines = samples(found)
    assert [one for one in lines if one.startswith("ecluse_charter_info")] == [
        'ecluse_charter_info{version="2027-01-01"} 1.0'
    ]
    assert 'ecluse_requests_total{code="permis",decision="allow",route="demo",use="nouvel_usage"} 1.0' in lines
    assert 'ecluse_problems_total{code="hors_service"} 1.0' in lines
    assert 'ecluse_charter_reload_total{result="activated"} 1.0' in lines
