"""`ecluse outbound demo` on a real Squid: what is shown, and that nothing stays behind."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import typer

from gateway.cli.outbound_demo import demo
from gateway.outbound.demonstration import Demonstration


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a folder for temporary ones, to which Squid's account can walk down."""
    folder = Path(tempfile.mkdtemp(prefix="ecluse-place-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def left(place: Path) -> list[str]:
    """Return the files below a folder, and the processes that name it."""
    found = [str(path) for path in place.rglob("*")]
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if bytes(place) in (words := file.read_bytes()):
                found.append(words.decode())
    return found


def shown(place: Path, **environment: str) -> str:
    """Run the command as a person does, and return what it shows; it says nothing of errors and ends well."""
    done = subprocess.run(
        [sys.executable, "-c", "from gateway.cli.main import run; run()", "outbound", "demo"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"COLUMNS": "160", "TMPDIR": str(place)} | environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_three_connections_are_shown_and_nothing_stays(place: Path) -> None:
    """Would catch: keys and pseudonyms that Squid's programs write once the folder is being deleted."""
    text = shown(place)
    assert left(place) == []
    assert "Réponse 200. Certificat de « Autorité publique de démonstration »" in text
    assert "Réponse 303 vers https://ia.hopital.example/outbound/blocked?service=chatgpt" in text
    assert "Certificat de « Filtre de démonstration »" in text
    assert "Réponse 403, en JSON" in text
    assert '"code": "service_not_allowed"' in text
    rows = [line.replace("│", " ").split() for line in text.splitlines() if "│ block" in line]
    assert rows == [["chatgpt", "block", "Démonstration", "1"], ["openai_api", "block", "Démonstration", "1"]]
    assert "127.0.0.1" not in text


def test_proxies_of_the_workstation_do_not_matter(place: Path) -> None:
    """Would catch: a demonstration that goes through the hospital's own proxy."""
    nowhere = "http://192.0.2.1:9"
    assert "Réponse 303" in shown(
        place, http_proxy=nowhere, https_proxy=nowhere, HTTPS_PROXY=nowhere, ALL_PROXY=nowhere
    )


def test_what_goes_wrong_leaves_nothing_either(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError("connexion perdue")

    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setattr(Demonstration, "ask", fails)
    with pytest.raises(typer.Exit) as ended:
        demo()
    assert ended.value.exit_code == 2
    assert "La démonstration s’est arrêtée : connexion perdue." in capsys.readouterr().err
    assert left(place) == []
