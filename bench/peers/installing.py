"""The environments of the peers: exact versions with their hashes, from PyPI and npm and nowhere else."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venv-peers"
LOCKS = ROOT / "requirements" / "peers"
NODE = Path(__file__).with_name("portkey")
PIP = ["-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q", "--require-hashes", "--no-deps"]


class NotInstalledError(Exception):
    """A peer could not be installed; says why."""


def python(name: str) -> Path:
    """Return the folder of programs of a peer's own environment, made where it is not there yet or has changed."""
    folder, lock = FOLDER / name, LOCKS / f"{name}.lock"
    if _stale(folder, lock):
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([str(folder / "bin" / "python"), *PIP, "-r", str(lock)])
        _stamp(folder, lock)
    return folder / "bin"


def node() -> Path:
    """Return the folder of what npm installs."""
    folder, lock = FOLDER / "portkey", NODE / "package-lock.json"
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise NotInstalledError("needs Node.js and npm")
    if _stale(folder, lock):
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(NODE / name, folder / name)
        _run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], folder)
        _stamp(folder, lock)
    return folder / "node_modules"


def _run(command: list[str], folder: Path | None = None) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)
    if done.returncode:
        raise NotInstalledError(reason(done.stderr or done.stdout))


def reason(output: str) -> str:
    """Return the line of an installer's output that says why it failed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if "error" in line.lower()]
    return (told or lines or ["no reason was given"])[-1][:160]


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _stale(folder: Path, lock: Path) -> bool:
    stamp = folder / "installed"
    return not stamp.is_file() or stamp.read_text("ascii") != _digest(lock)


def _stamp(folder: Path, lock: Path) -> None:
    (folder / "installed").write_text(_digest(lock), "ascii")


def versions() -> dict[str, str]:
    """Return the exact versions of the peers, as the locks and the package of Node.js name them."""
    asked = [line for file in sorted(LOCKS.glob("*.in")) for line in file.read_text("utf-8").splitlines()]
    exact = [line.split("==") for line in asked if "==" in line and not line.startswith("#")]
    chosen = json.loads((NODE / "package.json").read_text("utf-8"))["dependencies"]
    return {name.split("[")[0]: version for name, version in (*exact, *chosen.items())}
