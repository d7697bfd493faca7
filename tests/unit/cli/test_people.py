"""`ecluse people` on a house where nothing has ever run."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gateway.cli import people
from gateway.cli.main import app as house
from gateway.people.person import Dossier
from gateway.people.sql import SqlRegister

runner = CliRunner()

TODAY = dt.datetime.now(dt.UTC).astimezone().date()
ADD = ("people", "add", "A123", "--role", "medecin", "--service", "cardiologie")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a folder of its own."""
    monkeypatch.setenv("ECLUSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def ecluse(*words: str) -> Result:
    return runner.invoke(house, list(words))


def done(*words: str) -> str:
    result = ecluse(*words)
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr
    return result.stdout


def refused(*words: str) -> str:
    result = ecluse(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_a_person_is_registered_trained_signed_and_authorised() -> None:
    day = TODAY - dt.timedelta(days=350)
    assert done(*ADD, "--name", "Solène Kerbrat") == "a123 : inscrit au registre.\n"
    assert done("people", "train", "a123", "ia-socle", "--obtained", f"{day}").startswith("a123 : formation IA-SOCLE")
    assert "signée le" in done("people", "sign", "a123")
    assert "jusqu’au 31/12/2099" in done(
        "people", "habilitate", "a123", "codage", "--issuer", "DIM", "--expires", "2099-12-31"
    )
    listed = done("people", "list", "--role", "medecin")
    assert "Solène Kerbrat" in listed
    assert "manque RGPD, RESP" in listed
    assert "a123" not in done("people", "list", "--service", "urgences")
    shown = done("people", "show", "A123")
    assert "finit bientôt" in shown
    assert "2099-12-31" in shown
    assert "IA-SOCLE" in done("people", "expiring", "--days", "30")
    assert done("people", "expiring", "--days", "1") == "Rien ne finit d’ici 1 jour.\n"


def test_what_is_not_given_again_stays() -> None:
    """Would catch: a change of service that forgets a name, or makes an agent of a temporary worker."""
    done(*ADD, "--name", "Solène Kerbrat", "--kind", "interimaire")
    done("people", "add", "a123", "--role", "medecin", "--service", "urgences")
    listed = done("people", "list")
    assert "Solène Kerbrat" in listed
    assert "interimaire" in listed
    assert "urgences" in listed
    done("people", "add", "a123", "--role", "medecin", "--service", "urgences", "--name", "")
    assert "Kerbrat" not in done("people", "list")


def test_one_person_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: the whole register read in order to show or to describe one person."""

    async def everybody(_: SqlRegister) -> tuple[Dossier, ...]:
        raise AssertionError

    monkeypatch.setattr(SqlRegister, "dossiers", everybody)
    done(*ADD, "--name", "Solène Kerbrat")
    done(*ADD)
    assert "Solène Kerbrat" in done("people", "show", "a123")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Mme Kerbrat", "--role", "medecin", "--service", "x"), "L’identifiant interne s’écrit ainsi"),
        (("add", "b9", "--role", "medcin", "--service", "x"), "vouliez-vous écrire `medecin`"),
        (("train", "b9", "RGPD"), "Personne n’est inscrit au registre sous « b9 »"),
        (("train", "a123", "RGPD", "--obtained", "2099-01-01"), "n’est pas encore passée"),
        (("habilitate", "a123", "tout", "--issuer", "x"), "L’habilitation porte sur un usage"),
        (("show", "b9"), "Personne n’est inscrit"),
        (("remove", "b9"), "Personne n’est inscrit"),
        (("withdraw", "a123", "--training", "RGPD"), "Rien de tel n’est inscrit pour « a123 »"),
        (("sheet", "medcin"), "La charte ne connaît pas le rôle « medcin »"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], said: str) -> None:
    done(*ADD)
    assert said in refused("people", *words)


def test_a_training_that_nothing_asks_for_is_recorded_with_a_word() -> None:
    done(*ADD)
    result = ecluse("people", "train", "a123", "IA-SOCL")
    assert result.exit_code == 0
    assert result.stderr == "La charte ne demande nulle part la formation IA-SOCL.\n"
    assert done("people", "withdraw", "a123", "--training", "ia-socl") == "a123 : 1 inscription retirée.\n"


def test_a_sheet_says_what_a_role_may_do() -> None:
    sheet = done("people", "sheet", "ide")
    assert "transmissions" in sheet
    assert "compte_rendu" not in sheet
    assert "IA-SOCLE, RGPD, RESP" in sheet
    assert "La charte ne demande encore rien" in sheet


def test_a_table_is_imported_whole_or_not_at_all(tmp_path: Path) -> None:
    """Would catch: half a table in the register, and faults that come one after the other."""
    file = tmp_path / "agents.csv"
    header = "personne;role;service;formation;obtenue_le\n"
    file.write_text(f"{header}b1;ide;urgences;RGPD;2026-01-05\nb2;idée;urgences;;\nb3;;;RGPD;hier\n", "utf-8")
    told = refused("people", "import", str(file))
    assert f"{file}:3:1: La charte ne connaît pas ce rôle" in told
    assert f"{file}:4:1: La colonne `obtenue_le` porte une date" in told
    assert told.endswith("2 défauts à corriger.\n")
    assert "b1" not in done("people", "list")
    file.write_text(f"{header}b1;ide;urgences;RGPD;2026-01-05\nb1;ide;urgences;RESP;05/01/2026\n", "utf-8-sig")
    dry = done("people", "import", str(file), "--dry-run")
    assert dry.startswith("1 personne, 2 formations, 0 signature, 0 habilitation : rien n’a été inscrit")
    assert "b1" not in done("people", "list")
    assert done("people", "import", str(file)).endswith(": inscrit.\n")
    assert "b1" in done("people", "list")
    file.write_bytes(b"personne;role\n\xe9;ide\n")
    assert "n’est pas en UTF-8" in refused("people", "import", str(file))


def test_a_key_is_made_for_a_person_of_that_role() -> None:
    """Would catch: a key of a wider role than its owner's, or of somebody whom nobody knows."""
    assert "Personne n’est inscrit" in refused("key", "create", "--person", "a123")
    done(*ADD)
    made = ecluse("key", "create", "--person", "A123")
    assert made.exit_code == 0
    listed = done("key", "list")
    assert "a123" in listed
    assert "cardiologie" in listed
    assert "« medecin », et non « dpo »" in refused("key", "create", "--person", "a123", "--role", "dpo")
    assert "Il manque `--role` ou `--service`" in refused("key", "create", "--role", "dpo")


def test_who_leaves_is_forgotten_and_their_keys_closed(data: Path) -> None:
    """The leak caught: somebody who left, whose name stays in the register or whose key still opens."""
    done(*ADD, "--name", "Solène Kerbrat")
    ecluse("key", "create", "--person", "a123")
    assert done("people", "remove", "a123") == "a123 : effacé du registre, 1 clé fermée.\n"
    assert "révoquée" in done("key", "list")
    assert "a123" not in done("key", "list") + done("people", "list")
    with sqlite3.connect(data / "ecluse.db") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert all(b"Kerbrat" not in file.read_bytes() for file in data.iterdir() if file.is_file())


def test_a_register_that_cannot_be_opened_is_said(data: Path) -> None:
    done(*ADD)
    with sqlite3.connect(data / "ecluse.db") as database:
        database.executescript("DROP TABLE people_trainings; CREATE TABLE people_trainings (x INTEGER)")
    assert "Le registre des personnes ne peut pas être ouvert" in refused("people", "list")


def test_the_commands_are_those_of_the_house() -> None:
    assert {command.name for command in people.app.registered_commands} == {
        "list", "show", "add", "train", "sign", "habilitate", "import", "expiring", "sheet", "withdraw", "remove",
    }  # fmt: skip
