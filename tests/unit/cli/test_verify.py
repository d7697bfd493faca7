"""`ecluse verify` says what is proved, in French, and in its exit code."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from gateway.cli.main import app
from gateway.conversation import Choice
from gateway.provenance.manifest import public_pem
from tests.fakes.marking import KEY, Kept, ended, provenance

BODY = "Mme Vasseur va mieux."
NOTICE = "\n\nProjet préparé avec une IA (Modèle b, 2) ; à relire."


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    kept = Kept()
    await provenance(kept).mark(ended(Choice(0, BODY + NOTICE)))
    (tmp_path / "manifest.json").write_text(json.dumps(kept.manifests[0]), encoding="utf-8")
    (tmp_path / "key.pem").write_bytes(public_pem(KEY.public_key()))
    return tmp_path


def run(folder: Path, text: bytes, key: str = "key.pem", manifest: str = "manifest.json") -> tuple[int, str]:
    (folder / "text.txt").write_bytes(text)
    paths = [str(folder / "text.txt"), str(folder / manifest), "--key", str(folder / key)]
    result = CliRunner().invoke(app, ["verify", *paths])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (BODY + NOTICE, 0, "AUTHENTIQUE : "),
        ((BODY + NOTICE).replace("\n", "\r\n") + "\n", 0, "AUTHENTIQUE : "),
        (BODY, 0, "AUTHENTIQUE, SANS SA MENTION : "),
        (BODY.replace("mieux", "mal"), 1, "MODIFIÉ : "),
    ],
)
def test_verdicts(folder: Path, text: str, code: int, told: str) -> None:
    found, output = run(folder, text.encode())
    assert (found, output[: len(told)]) == (code, told)
    assert "Sortie out_1, produite par une IA (Modèle b, 2) le 2026-11-23T12:00:00Z." in output
    assert "Vasseur" not in output


def test_another_key(folder: Path) -> None:
    (folder / "other.pem").write_bytes(public_pem(Ed25519PrivateKey.generate().public_key()))
    code, output = run(folder, (BODY + NOTICE).encode(), key="other.pem")
    assert (code, output[:18]) == (1, "NON AUTHENTIQUE : ")


def test_unreadable_files(folder: Path) -> None:
    (folder / "broken.json").write_text("{", encoding="utf-8")
    assert run(folder, b"\xff")[0] == 2
    assert run(folder, b"a", key="missing.pem")[0] == 2
    assert run(folder, b"a", key="manifest.json")[0] == 2
    assert run(folder, b"a", manifest="broken.json")[0] == 2
    assert run(folder, b"a", manifest="missing.json")[0] == 2
