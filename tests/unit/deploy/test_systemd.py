"""The units: taken by systemd, hardened by its own measure, with commands that exist."""

import argparse
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from config.settings import Settings
from gateway.cli.main import WORDS
from gateway.serving.server import Patience

UNITS = Path(__file__).parents[3] / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
EXPOSED_AT_MOST = 20
"""Tenths, as `systemd-analyze security` counts: below 2 is what it calls safe."""


def values(unit: Path, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.*)$", unit.read_text("utf-8"), re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the units with programs that are there, since Écluse is not installed under /opt here."""
    for unit in (*SERVICES, *UNITS.glob("*.timer")):
        text = re.sub(r"^(Exec\w+=)/opt/ecluse/bin/\S+", r"\1/bin/true", unit.read_text("utf-8"), flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return tmp_path


def analyze(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    assert program, "systemd-analyze is missing: install Debian's package systemd"
    return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_systemd_takes_them(folder: Path) -> None:
    checked = analyze("verify", "--man=no", *(f"./{path.name}" for path in sorted(folder.iterdir())), folder=folder)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.stem)
def test_systemd_finds_them_safe(unit: Path, folder: Path) -> None:
    checked = analyze("security", "--offline=true", f"--threshold={EXPOSED_AT_MOST}", unit.name, folder=folder)
    assert checked.returncode == 0, checked.stdout[-300:]
    assert values(unit, "User") == ["ecluse"]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda path: path.stem)
def test_each_starts_a_command_of_this_version(unit: Path) -> None:
    (command,) = values(unit, "ExecStart")
    program, *words = command.split()
    if program == "/opt/ecluse/bin/python":
        assert words[0] == "-m"
        assert importlib.util.find_spec(f"{words[1]}.__main__")
    else:
        assert program == "/opt/ecluse/bin/ecluse"
        assert words[0] in WORDS


def test_a_timer_starts_a_unit_that_is_there() -> None:
    for timer in UNITS.glob("*.timer"):
        assert (UNITS / values(timer, "Unit")[0]).exists()


def test_a_stop_leaves_time_to_drain() -> None:
    """Catches answers cut by systemd before the gateway has ended them."""
    seconds = int(values(UNITS / "ecluse.service", "TimeoutStopSec")[0])
    assert seconds >= Patience.chosen(Settings().server).whole


def test_the_decisions_are_where_squid_asks_for_them() -> None:
    (command,) = values(UNITS / "ecluse-icap.service", "ExecStart")
    parser = argparse.ArgumentParser()
    parser.add_argument("--listen")
    assert parser.parse_known_args(command.split())[0].listen == "127.0.0.1:1344"
