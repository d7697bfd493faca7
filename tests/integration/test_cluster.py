"""`make cluster` once: two gateways behind HAProxy with Redis and a database, killed and drained while people ask."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.xdist_group("replicas")
def test_the_group_survives_what_befalls_it() -> None:
    """Catches a stop that reaches one replica only, a stream that a balancer collects, a kill that stops everybody."""
    played = subprocess.run(
        [sys.executable, "-m", "deploy.cluster", "--once", "--port", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert played.returncode == 0, played.stdout + played.stderr
    assert re.findall(r"─ (\d)\. ", played.stdout) == ["1", "2", "3", "4", "5", "6"]
    assert "Journal intègre" in played.stdout
    assert "rien ne reste" in played.stdout
