"""`ecluse demo --once`, as somebody who has just cloned the project sees it."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ECLUSE = Path(sys.executable).with_name("ecluse")


def test_one_note_goes_all_the_way(tmp_path: Path) -> None:
    """A demonstration that shows nothing leaving, because nothing ran, or a name that left.

    Or a library that keeps something of its own in the home of whoever runs us: an identity to report under.
    """
    configuration = tmp_path / "ecluse.yaml"
    configuration.write_text(f"data_dir: {tmp_path / 'data'}\nmasking: {{workers: 1}}\n", encoding="utf-8")
    played = subprocess.run(
        [ECLUSE, "demo", "--once", "--port", "0", "--config", configuration],
        capture_output=True, text=True, check=False, timeout=300,
        env={"COLUMNS": "100", "PATH": "/usr/bin:/bin", "HOME": str(home := tmp_path / "home")},
    )  # fmt: skip
    assert played.returncode == 0, played.stderr
    assert not home.exists()
    _, typed, left, came_back, recorded = re.split(r"─ \d\. ", played.stdout)
    assert "LECARDINEC" in typed
    assert "[NOM_1]" in left
    for identifier in ("LECARDINEC", "Lecardinec", "8012345679", "06 12 34 56 78", "03/04/1951", "exemple.fr"):
        assert identifier not in left
        assert identifier not in recorded
    assert "LECARDINEC Jean-Baptiste" in came_back
    assert "[NOM_" not in came_back
    assert '"ending": "answered"' in recorded


LOADED = "import time; from gateway.workers.analysis import Analysis; Analysis().canary(); time.sleep(15)"
"""What a masking worker holds, for longer than a library waits until it reports for the first time (seven seconds)."""


@pytest.mark.parametrize(
    "words",
    [[ECLUSE, "demo", "--once", "--port", "0", "--config", "ecluse.yaml"], [sys.executable, "-c", LOADED]],
    ids=["a note", "networks"],
)
def test_nobody_is_called_but_the_model(words: list[str], tmp_path: Path) -> None:
    """A library that reports to its maker from inside the hospital."""
    calls = tmp_path / "calls"
    tracing = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,execve", "-e", "signal=none", "-o", calls]
    if subprocess.run([*tracing, "true"], capture_output=True, check=False).returncode:
        pytest.skip("some containers forbid to trace")
    (tmp_path / "ecluse.yaml").write_text("masking: {workers: 1}\n", encoding="utf-8")
    told = {"HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"}
    played = subprocess.run(
        [*tracing, *words], capture_output=True, text=True, check=False, timeout=300, env=told, cwd=tmp_path
    )
    assert played.returncode == 0, played.stderr
    followed = calls.read_text("utf-8").splitlines()
    assert "execve" in followed[0]
    called = [line for line in followed if "connect(" in line and "AF_UNIX" not in line]
    assert [line for line in called if '"127.0.0.1"' not in line] == []


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    """A newcomer left before a line of JSON, because something else listens on 8080."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        played = subprocess.run(
            [ECLUSE, "demo", "--once", "--port", str(port)],
            capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path,
        )  # fmt: skip
    assert played.returncode == 1
    message = (
        f"Écluse ne peut pas démarrer : l’adresse 127.0.0.1:{port} est déjà prise, ou n’est pas celle de cette machine."
    )
    assert played.stderr.strip() == message
