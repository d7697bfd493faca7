"""`ecluse key`, `audit` and `report` on a house where nothing has ever run, then on a busy one."""

import asyncio
import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.loader import load_settings
from gateway.cli import audit, keys, report, stores
from gateway.cli.main import app as house
from tests.fakes.journal import answered

runner = CliRunner()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a folder of its own."""
    monkeypatch.setenv("ECLUSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def ecluse(*words: str) -> Result:
    return runner.invoke(house, list(words))


def fill(requests: int) -> None:
    async def work() -> None:
        async with stores.journal(load_settings()) as trail:
            for _ in range(requests):
                await answered(trail)

    asyncio.run(work())


def test_a_key_is_made_listed_and_revoked_before_the_gateway_ever_ran(data: Path) -> None:
    made = ecluse("key", "create", "--role", "medecin", "--service", "cardiologie", "--use", "compte_rendu")
    assert made.exit_code == 0
    prefix = made.stdout.split("_")[1]
    assert made.stdout.startswith(f"ecl_{prefix}_")
    listed = ecluse("key", "list").stdout
    assert prefix in listed
    assert made.stdout.strip() not in listed
    assert ecluse("key", "revoke", prefix).stdout == f"Clé {prefix} révoquée.\n"
    again = ecluse("key", "revoke", prefix)
    assert again.exit_code == 2
    assert "révoquée" in ecluse("key", "list").stdout
    assert (data / "ecluse.db").exists()


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "medcin", "--service", "a"), "La charte ne connaît pas le rôle « medcin »."),
        (("--role", "medecin", "--service", "a", "--use", "tout"), "La charte ne connaît pas l’usage « tout »."),
        (("--role", "medecin", "--service", "Dr A"), "Le service s’écrit en minuscules"),
    ],
)
def test_a_key_that_would_open_nothing_is_refused(words: tuple[str, ...], said: str) -> None:
    made = ecluse("key", "create", *words)
    assert made.exit_code == 2
    assert said in made.stderr
    assert made.stdout == ""


def test_an_altered_journal_is_told_with_its_place(data: Path) -> None:
    fill(2)
    whole = ecluse("audit", "verify")
    assert (whole.exit_code, "Journal intègre" in whole.stdout) == (0, True)
    with sqlite3.connect(data / "ecluse.db") as database:
        database.execute("UPDATE journal SET body = replace(body, 'medecin', 'ide') WHERE seq = 2")
        (output_id,) = database.execute("SELECT output_id FROM journal WHERE seq = 2").fetchone()
    told = ecluse("audit", "verify")
    assert told.exit_code == 1
    assert f"écriture 2 (demande {output_id}) : une écriture a été modifiée [altered]" in told.stdout
    assert "JOURNAL ALTÉRÉ : 1 anomalie(s)" in told.stdout


@pytest.mark.usefixtures("data")
def test_an_export_has_one_line_for_each_request() -> None:
    fill(3)
    as_json = [json.loads(row) for row in ecluse("audit", "export").stdout.splitlines()]
    as_csv = list(csv.DictReader(io.StringIO(ecluse("audit", "export", "--format", "csv").stdout)))
    assert [row["output_id"] for row in as_csv] == [row["output_id"] for row in as_json]
    assert len(as_json) == 3
    assert as_json[0]["masked"] == {"NOM": 2}
    assert as_csv[0]["masked"] == "NOM=2"
    assert ecluse("audit", "export", "--until", "2020-01-01").stdout == ""


@pytest.mark.usefixtures("data")
def test_a_purge_finds_nothing_old_in_a_new_journal() -> None:
    fill(1)
    assert ecluse("audit", "purge", "--dry-run").stdout.startswith("0 écritures à supprimer, antérieures au ")
    assert ecluse("audit", "purge").stdout.startswith("0 écritures supprimées, antérieures au ")


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("form", ["text", "csv", "json", "html"])
def test_a_report_is_written_in_each_format(tmp_path: Path, form: str) -> None:
    file = tmp_path / "report"
    done = ecluse("report", "--month", "2026-11", "--format", form, "--output", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "2026" in file.read_text("utf-8")


@pytest.mark.usefixtures("data")
def test_a_month_that_is_none_is_told() -> None:
    done = ecluse("report", "--month", "novembre")
    assert (done.exit_code, done.stderr) == (2, "Le mois s’écrit 2026-11, et non « novembre ».\n")


def test_the_commands_are_those_of_the_house() -> None:
    assert callable(report.report)
    assert {command.name for command in keys.app.registered_commands} == {"create", "list", "revoke"}
    assert {command.name for command in audit.app.registered_commands} == {"verify", "export", "purge"}


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("words", [("audit", "export"), ("report", "--month", "2026-11")])
def test_a_file_that_cannot_be_written_is_said(words: tuple[str, ...], tmp_path: Path) -> None:
    """Catches a traceback where a folder is missing."""
    output = tmp_path / "missing" / "out"
    result = ecluse(*words, "--output", str(output))
    assert result.exit_code == 2
    assert result.stderr == f"« {output} » ne peut pas être écrit : vérifiez son dossier et ses droits.\n"
