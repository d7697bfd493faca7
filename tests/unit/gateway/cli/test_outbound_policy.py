"""`ecluse outbound check`, `diff` and `apply`: what a DSI types on the way to a policy in force, and what it reads."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from filters.outbound.decision import Mode
from filters.outbound.snapshot import read
from gateway.cli.main import app

PAGE = "https://ia.hopital.example/outbound/blocked"
TODAY = dt.datetime.now(dt.UTC).date()


def step(mode: str, days: int) -> dict[str, Any]:
    """Return a signed step that begins so many days from today."""
    signed = {"decided_by": "DSI, Solène Le Bihan", "seen_by": "DPO, Marc Arrighi"}
    return {"mode": mode, "begins": TODAY + dt.timedelta(days), **signed}


WATCHED, BLOCKING, LATER = step("observe", -60), step("block", -20), step("block", 5)
POLICY: dict[str, Any] = {
    "version": "essai",
    "mode": "observe",
    "steps": [WATCHED],
    "page": PAGE,
    "approved": "https://ia.hopital.example/",
    "gateway": ["10.20.0.15"],
    "services": {"chatgpt": "bloquer"},
}


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a configuration with a route of a known provider."""
    system = {"name": "Essai", "version": "1", "supplier": "Éditeur"}
    route = {"id": "externe", "model": "openai/essai", "base_url": "https://api.openai.com/v1"}
    route |= {"tier": "D0", "country": "US", "system": system, "key_env": "ESSAI_KEY"}
    file = tmp_path / "ecluse.yaml"
    file.write_text(yaml.safe_dump({"data_dir": str(tmp_path / "data"), "routes": [route]}), encoding="utf-8")
    monkeypatch.setenv("ECLUSE_CONFIG", str(file))
    monkeypatch.setenv("ESSAI_KEY", "clé-inventée")
    return file


def ecluse(*words: str | Path, typed: str | None = None) -> Result:
    shown = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["outbound", *map(str, words)], input=typed)
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
    return shown


def written(folder: Path, **changes: Any) -> Path:
    """Write a policy with what `changes` replaces; None leaves a key out."""
    keys = {key: value for key, value in (POLICY | changes).items() if value is not None}
    file = folder / "politique.yaml"
    file.write_text(yaml.safe_dump(keys, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def compiled(folder: Path) -> Path:
    return folder / "data" / "outbound" / "snapshot.bin"


def test_a_right_policy_is_said_to_be(tmp_path: Path) -> None:
    shown = ecluse("check", written(tmp_path))
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "Politique essai : aucun défaut ; mode « observe »" in shown.stdout
    assert not compiled(tmp_path).exists()


def test_the_shipped_policy_is_right_and_asks_for_what_only_a_hospital_knows() -> None:
    shown = ecluse("check")
    assert shown.exit_code == 0
    assert "default.yaml:1:1: attention : Aucune étape n’est signée" in shown.stdout
    assert "attention : Aucune adresse de la passerelle n’est donnée sous `gateway`" in shown.stdout


@pytest.mark.parametrize("word", ["check", "diff", "apply"])
def test_every_fault_comes_with_its_place_and_nothing_changes(tmp_path: Path, word: str) -> None:
    ecluse("apply", written(tmp_path), "--yes")
    before = compiled(tmp_path).read_bytes()
    file = tmp_path / "politique.yaml"
    file.write_text('version: "2"\nmode: block\nservices:\n  chatgpt: interdit\n  chatgtp: bloquer\n', encoding="utf-8")
    shown = ecluse(word, file, *(["--yes"] if word == "apply" else []))
    assert shown.exit_code == 1
    places = [line.removeprefix(f"{file}:").partition(": ")[0] for line in shown.stderr.splitlines()]
    assert "4:12" in places
    assert "5:3" in places
    assert places[-1].endswith(("défauts à corriger.", "défaut à corriger."))
    assert compiled(tmp_path).read_bytes() == before


def test_a_policy_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    shown = ecluse("check", tmp_path / "absente.yaml")
    assert shown.exit_code == 1
    assert "Ce fichier ne peut pas être lu" in shown.stderr


def test_a_list_that_has_gone_is_one_sentence(tmp_path: Path) -> None:
    feed = {"id": "liste", "name": "Liste", "licence": "CC0", "file": "absente.txt", "format": "domains"}
    shown = ecluse("check", written(tmp_path, feeds=[feed | {"category": "chat"}]))
    assert shown.exit_code in {1, 2}
    assert "absente.txt" in shown.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"page": "https://chatgpt.com/bloque"}, "La page de blocage, « chatgpt.com », ne pourrait pas être atteint"),
        ({"approved": "https://chatgpt.com/"}, "L’outil approuvé, « chatgpt.com », ne pourrait pas être atteint"),
        (
            {"gateway": None, "services": {"openai_api": "bloquer"}},
            "La route « externe » passe par « api.openai.com », que la politique refuse",
        ),
    ],
)
def test_an_unsafe_policy_is_refused_and_nothing_changes(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    """Would catch: a block page that is itself blocked, or a hospital that cuts its own gateway from its model."""
    ecluse("apply", written(tmp_path), "--yes")
    before = compiled(tmp_path).read_bytes()
    file = written(tmp_path, version="2", **changes)
    for words in (["check", file], ["apply", file, "--yes"]):
        shown = ecluse(*words)
        assert shown.exit_code == 1
        assert f"refusé : {said}" in shown.stderr
    assert compiled(tmp_path).read_bytes() == before


def test_a_route_of_an_exempt_gateway_is_only_told(tmp_path: Path) -> None:
    shown = ecluse("apply", written(tmp_path, services={"openai_api": "bloquer"}), "--yes")
    assert shown.exit_code == 0
    assert "à savoir : La route « externe »" in shown.stdout


def test_what_is_applied_is_in_force_and_changes_nothing_more(tmp_path: Path) -> None:
    file = written(tmp_path)
    assert ecluse("diff", file).stdout == "Aucune politique n’est en vigueur : tout est nouveau.\n"
    shown = ecluse("apply", file, "--yes")
    assert shown.exit_code == 0
    made = read(compiled(tmp_path))
    assert made.mode is Mode.OBSERVE
    assert f"Politique essai en vigueur ({made.version}), mode « observe »." in shown.stdout
    assert ecluse("diff", file).stdout == "Rien ne change.\n"
    assert "est déjà en vigueur, telle quelle." in ecluse("apply", file).stdout


def test_a_change_is_told_before_it_is_agreed_to(tmp_path: Path) -> None:
    ecluse("apply", written(tmp_path), "--yes")
    before = compiled(tmp_path).read_bytes()
    file = written(tmp_path, version="2", services={"chatgpt": "bloquer", "deepl": "observer"})
    assert "DeepL (deepl) : à instruire, devient observé." in ecluse("diff", file).stdout
    for typed in ("\n", "non\n", "n\n", "peut-être\n", ""):
        shown = ecluse("apply", file, typed=typed)
        assert shown.exit_code == 1
        assert "DeepL (deepl) : à instruire, devient observé." in shown.stdout
        assert "Mettre en vigueur la politique 2, mode « observe » ?" in shown.stdout
        assert "y/N" not in shown.stdout
        assert compiled(tmp_path).read_bytes() == before
    assert ecluse("apply", file, typed="oui\n").exit_code == 0
    assert read(compiled(tmp_path)).content.name == "2"


def test_a_broken_policy_in_force_is_replaced(tmp_path: Path) -> None:
    """Would catch: a house that can only be told to apply again what it then refuses to apply."""
    file = written(tmp_path)
    ecluse("apply", file, "--yes")
    compiled(tmp_path).write_bytes(b"broken")
    shown = ecluse("diff", file)
    assert (shown.exit_code, "refaites-la avec `ecluse outbound apply`" in shown.stderr) == (2, True)
    assert ecluse("apply", file, "--yes").exit_code == 0
    assert read(compiled(tmp_path)).content.name == "essai"


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "outbound").write_text("a file")
    shown = ecluse("apply", written(tmp_path), "--yes")
    assert shown.exit_code == 2
    assert "ne peut pas être écrit : vérifiez son dossier et ses droits." in shown.stderr


def test_without_its_base_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: a policy in force whose signed steps no report will ever show."""

    async def fails(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("gateway.database.Database.start", fails)
    shown = ecluse("apply", written(tmp_path), "--yes")
    assert (shown.exit_code, "La base de données ne peut pas être ouverte" in shown.stderr) == (2, True)
    assert not compiled(tmp_path).exists()


def noted() -> list[tuple[str, str]]:
    """Return the changes of mode that the report shows, from the first step on and next month included."""
    last = TODAY + dt.timedelta(days=31)
    shown = ecluse("report", "--from", f"{WATCHED['begins']:%Y-%m}", "--to", f"{last:%Y-%m}", "--format", "json")
    assert shown.exit_code == 0
    return [(change["mode"], change["day"]) for change in json.loads(shown.stdout)["mode_changes"]]


def told(*steps: dict[str, Any]) -> list[tuple[str, str]]:
    return [(step["mode"], step["begins"].isoformat()) for step in steps]


def test_a_route_that_leaves_its_address_to_its_provider_is_not_cut(tmp_path: Path, config: Path) -> None:
    """Would catch: the hospital's own assistant down, since only routes with `base_url` were looked at."""
    chosen = yaml.safe_load(config.read_text(encoding="utf-8"))
    del chosen["routes"][0]["base_url"]
    chosen["routes"][0]["model"] = "mistral/essai"
    config.write_text(yaml.safe_dump(chosen), encoding="utf-8")
    shown = ecluse("check", written(tmp_path, gateway=None, services={"mistral_api": "bloquer"}))
    assert shown.exit_code == 1
    assert "api.mistral.ai" in shown.stderr


def test_a_report_shows_the_steps_when_the_file_is_another(tmp_path: Path) -> None:
    ecluse("apply", written(tmp_path, mode="block", steps=[WATCHED, BLOCKING]), "--yes")
    ecluse("apply", written(tmp_path, version="2", steps=[WATCHED]), "--yes")
    assert noted() == told(WATCHED, BLOCKING)


def test_a_step_that_is_only_planned_is_no_change_yet(tmp_path: Path) -> None:
    """Would catch: a report that dates a blocking which was put off, and never was."""
    ecluse("apply", written(tmp_path, steps=[WATCHED, LATER]), "--yes")
    assert noted() == told(WATCHED)


def test_a_step_that_is_signed_later_is_noted_too(tmp_path: Path) -> None:
    """The compiled policy is the same with and without it."""
    ecluse("apply", written(tmp_path, steps=[]), "--yes")
    assert noted() == []
    assert "est déjà en vigueur" in ecluse("apply", written(tmp_path)).stdout
    assert noted() == told(WATCHED)


def test_a_faulty_configuration_is_told(tmp_path: Path, config: Path) -> None:
    config.write_text("routes: []\nserveur: {}\n", encoding="utf-8")
    shown = ecluse("apply", written(tmp_path), "--yes")
    assert shown.exit_code == 2
    assert f"{config}:2:1: " in shown.stderr
