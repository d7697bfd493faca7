"""`ecluse demo --once`, as somebody who has just cloned the project sees it."""

import re
import subprocess
import sys
from pathlib import Path

ECLUSE = Path(sys.executable).with_name("ecluse")


def test_one_note_goes_all_the_way(tmp_path: Path) -> None:
    """A demonstration that shows nothing leaving, because nothing ran, or a name that left."""
    configuration = tmp_path / "ecluse.yaml"
    configuration.write_text(f"data_dir: {tmp_path / 'data'}\nmasking: {{workers: 1}}\n", encoding="utf-8")
    played = subprocess.run(
        [ECLUSE, "demo", "--once", "--port", "0", "--config", configuration],
        capture_output=True, text=True, check=False, timeout=300, env={"COLUMNS": "100", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert played.returncode == 0, played.stderr
    _, typed, left, came_back, recorded = re.split(r"─ \d\. ", played.stdout)
    assert "LECARDINEC" in typed
    assert "[NOM_1]" in left
    for identifier in ("LECARDINEC", "Lecardinec", "8012345679", "06 12 34 56 78", "03/04/1951", "exemple.fr"):
        assert identifier not in left
        assert identifier not in recorded
    assert "LECARDINEC Jean-Baptiste" in came_back
    assert "[NOM_" not in came_back
    assert '"ending": "answered"' in recorded
