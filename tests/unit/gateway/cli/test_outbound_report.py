"""`ecluse outbound report`, `count` and `identify` at a terminal."""

import datetime as dt
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from config.loader import load_settings
from gateway.cli import outbound_identify, outbound_report
from gateway.outbound.counting.event import read
from gateway.outbound.counting.periods import Calendar
from gateway.outbound.counting.pseudonyms import Keys, Pseudonyms
from gateway.outbound.counting.reidentify import Reason
from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sink import Sink
from policies.facts import Caller
from tests.fakes.attempts import attempt

runner = CliRunner()
app = typer.Typer()
for name, command in (
    ("report", outbound_report.report),
    ("count", outbound_report.count),
    ("request", outbound_identify.request),
    ("approve", outbound_identify.approve),
    ("check", outbound_identify.check),
):
    app.command(name)(command)

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a folder of its own."""
    monkeypatch.setenv("ECLUSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def callers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each key open what its name says."""

    async def caller(_keys: object, credential: str) -> Caller:
        return Caller(f"key-{credential}", credential, "direction", person=f"person-{credential}")

    monkeypatch.setattr("gateway.identity.sql.SqlDirectory.caller", caller)


def ecluse(*words: str, key: str | None = None) -> Result:
    return runner.invoke(app, list(words), env={"ECLUSE_APPROVAL_KEY": key})


def attempted(data: Path, people: int) -> str:
    """Have so many agents try once, and return the pseudonym of one of them."""
    folder = data / "outbound"
    with Sink(folder / "spool", Pseudonyms(Keys(folder / "pseudonyms")), Calendar("Europe/Paris")) as sink:
        sink.add([attempt(NOW, f"agent{number}") for number in range(people)])
    lines = [read(line) for file in (folder / "spool").iterdir() for line in file.read_bytes().splitlines()]
    return str(lines[-1][1])


def test_what_waits_is_counted_and_what_is_old_is_deleted(data: Path) -> None:
    attempted(data, 7)
    found = ecluse("count")
    assert "7 tentative(s) comptée(s)." in found.stdout
    assert "0 tentative(s) effacée(s)" in found.stdout
    assert "0 tentative(s) comptée(s)." in ecluse("count").stdout


def test_a_report_is_written_in_three_ways(data: Path) -> None:
    attempted(data, 7)
    assert "services d’IA non approuvés" in ecluse("report").stdout
    assert ecluse("report", "--format", "csv").stdout.startswith("table,row,attempts")
    whole = json.loads(ecluse("report", "--format", "json", "--by", "day").stdout)
    assert whole["by"] == "day"
    # Today is not over, and nothing is shown of it.
    assert whole["total"]["attempts"] == 0
    assert list(data.glob("**/*.jsonl")) == []


@pytest.mark.parametrize("words", [["--from", "2026"], ["--from", "2026-11", "--to", "2026-10"]])
def test_months_have_to_make_sense(words: list[str]) -> None:
    found = ecluse("report", *words)
    assert found.exit_code == 2
    assert "Un mois s’écrit 2026-11" in found.stderr


def test_keys_that_cannot_be_deleted_are_an_error(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: keys of another system user kept for ever, and a command that says that all went well."""
    Keys(data / "outbound" / "pseudonyms").of(dt.date(2020, 1, 1))
    monkeypatch.setattr(Keys, "forget", lambda *_: (_ for _ in ()).throw(PermissionError()))
    found = ecluse("count")
    assert found.exit_code == 2
    assert "ne peuvent pas être effacées" in found.stderr


@pytest.mark.usefixtures("callers")
def test_two_people_ask_whose_a_pseudonym_is(data: Path) -> None:
    pseudonym = attempted(data, 1)
    month = f"{Calendar('Europe/Paris').day(int(NOW.timestamp())):%Y-%m}"
    asked = ecluse("request", pseudonym, "--month", month, "--reason", Reason.SECURITY.value, key="dsi")
    id_ = asked.stdout.split()[1]
    assert "une personne d’un autre rôle" in asked.stdout
    refused = ecluse("check", id_, pseudonym, "--month", month, "--user", "agent0", key="dsi")
    assert (refused.exit_code, "attend encore l’accord" in refused.stderr) == (2, True)
    assert "securite" in ecluse("approve", id_, key="dpo").stdout
    found = ecluse("check", id_, pseudonym, "--month", month, "--user", "agent0", key="dpo")
    assert found.stdout == "Oui : ce pseudonyme est le sien.\n"
    found = ecluse("check", id_, pseudonym, "--month", month, "--source", "10.9.9.9", key="dpo")
    assert found.stdout == "Non : ce pseudonyme n’est pas le sien.\n"
    assert ecluse("request", pseudonym, "--month", month, "--reason", "fuite", key="medecin").exit_code == 2
    assert ecluse("request", pseudonym, "--month", "11", "--reason", "fuite", key="dsi").exit_code == 2


def test_an_unknown_key_learns_nothing(data: Path) -> None:
    pseudonym = attempted(data, 1)
    found = ecluse("request", pseudonym, "--month", "2026-11", "--reason", "fuite", key="not-a-key")
    assert found.exit_code == 2
    assert "n’est pas valable" in found.stderr


def test_the_rules_are_the_configurations() -> None:
    rules = Rules.chosen(load_settings().outbound)
    assert (rules.raw_days, rules.aggregate_months, rules.smallest_cell, rules.session_seconds) == (30, 24, 5, 1800)
