"""`ecluse charter`: what a committee types, and what it reads."""

import asyncio
import datetime as dt
import hashlib
import hmac
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.charter import SHIPPED
from config.loader import load_settings
from gateway.cli.main import app
from gateway.database import Database
from gateway.governance.approvals import Active
from gateway.governance.draft import read_draft
from gateway.governance.sql import SqlApprovals
from gateway.identity.sql import KeyRequest, SqlDirectory
from gateway.secrets import hmac_key
from policies.schema import written_schema

MINIMAL = Path(__file__).parents[3] / "data" / "charter" / "minimal.yaml"
CASES = """today: 2026-11-23
routes:
  - {id: demo, model: demo/extractif, tier: D1, country: FR, system: {name: Essai, version: "1", supplier: Éditeur}}
cases:
  - case: un médecin rédige
    caller: {role: medecin}
    request: {use: compte_rendu}
    expect: {decision: allow, code: permis, article: art. 12, use: compte_rendu, route: demo, tier: D1, review: R2}
"""


def ecluse(*arguments: str | Path, **environment: str) -> Result:
    shown = CliRunner(env={"COLUMNS": "200", **environment}).invoke(app, ["charter", *map(str, arguments)])
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
    return shown


@pytest.fixture
def charter(tmp_path: Path) -> Path:
    file = tmp_path / "charte.yaml"
    file.write_text(MINIMAL.read_text(encoding="utf-8"), encoding="utf-8")
    return file


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_right_charter_is_said_to_be(charter: Path) -> None:
    shown = ecluse("check", charter)
    assert shown.exit_code == 0
    assert shown.output.endswith("Charte 1 : aucun défaut ; 2 usages, 1 pratiques interdites.\n")


def test_every_fault_comes_with_its_place(charter: Path) -> None:
    change(charter, "review: R1", "review: R9")
    change(charter, "[medecin]", "[medcin]")
    shown = ecluse("check", charter)
    assert shown.exit_code == 1
    assert [line.removeprefix(f"{charter}:").split(": ")[0] for line in shown.stderr.splitlines()] == [
        "34:12",
        "46:13",
        "2 défauts à corriger.",
    ]


def test_a_change_is_told_in_sentences(charter: Path, tmp_path: Path) -> None:
    new = tmp_path / "nouvelle.yaml"
    new.write_text(charter.read_text(encoding="utf-8"), encoding="utf-8")
    assert ecluse("diff", charter, new).output == "Les deux chartes disent la même chose.\n"
    change(new, "roles: [medecin]", "roles: [medecin, ide]")
    change(new, "routes: [demo]", "routes: [interne]")
    shown = ecluse("diff", charter, new).output
    assert "[ouvre] L’usage « Compte rendu » (compte_rendu) est ouvert à : infirmier (rôle)." in shown
    assert "modèles (routes) « demo », qui devient « interne »." in shown


def test_cases_are_replayed(charter: Path) -> None:
    cases = charter.with_name("charte_cases.yaml")
    cases.write_text(CASES, encoding="utf-8")
    assert ecluse("test", charter).output == "1 cas, tous conformes.\n"
    change(charter, "roles: [medecin]", "roles: [ide]")
    shown = ecluse("test", charter)
    assert shown.exit_code == 1
    assert shown.output.splitlines()[:2] == [
        f"{cases}:5: un médecin rédige",
        "    decision : attendu « allow », obtenu « refuse »",
    ]
    assert shown.output.endswith("1 cas sur 1 n’obtient pas la réponse attendue.\n")


def test_a_charter_without_cases_is_no_success(charter: Path) -> None:
    """Would catch: a check that passes because there was nothing to check."""
    assert ecluse("test", charter).exit_code == 2


@pytest.mark.parametrize(("form", "start"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("text", b"CHARTE")])
def test_the_document_is_written(charter: Path, tmp_path: Path, form: str, start: bytes) -> None:
    out = tmp_path / "document"
    assert ecluse("print", charter, "--format", form, "--out", out).exit_code == 0
    assert out.read_bytes().startswith(start)


def test_the_schema_is_written() -> None:
    assert ecluse("schema").output == written_schema()


def house(folder: Path, *, two_person: bool = True) -> Path:
    """Write a configuration with a charter of its own."""
    (folder / "charte.yaml").write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    config = folder / "ecluse.yaml"
    rule = str(two_person).lower()
    config.write_text(f"data_dir: data\ncharter: {{file: charte.yaml, two_person: {rule}}}\n", encoding="utf-8")
    return config


def key(config: Path, person: str | None, role: str = "dpo") -> tuple[str, str]:
    """Return the name and the whole of a new key."""

    async def made() -> tuple[str, str]:
        database = Database(load_settings(config, environ={}).identity_database_url)
        await database.start()
        new = await SqlDirectory(database).create(KeyRequest(role, "direction", person=person))
        await database.close()
        return new.prefix, new.reveal()

    return asyncio.run(made())


def people(config: Path) -> list[str]:
    """Return who has approved the file as it is."""
    settings = load_settings(config, environ={})

    async def read() -> list[str]:
        database = Database(settings.database_url)
        await database.start()
        digest = read_draft(settings.charter.file, ["demo"]).digest
        found = await SqlApprovals(database, hmac_key(settings.journal_key_file)).of(digest)
        await database.close()
        return [approval.person for approval in found]

    return asyncio.run(read())


def kept(config: Path) -> str:
    """Return all that is kept of approvals, in the table and in the journal."""
    file = load_settings(config, environ={}).data_dir / "ecluse.db"
    with closing(sqlite3.connect(file)) as database:
        rows = [*database.execute("SELECT * FROM charter_approvals"), *database.execute("SELECT * FROM journal")]
    assert rows
    return str(rows)


def activate(config: Path) -> None:
    """Make the charter of the file, as it is, the active one."""
    settings = load_settings(config, environ={})

    async def made() -> None:
        database = Database(settings.database_url)
        await database.start()
        draft = read_draft(settings.charter.file, ["demo"])
        assert draft.text is not None
        active = Active(draft.digest, draft.text, dt.datetime.now(dt.UTC))
        await SqlApprovals(database, hmac_key(settings.journal_key_file)).activate(active)
        await database.close()

    asyncio.run(made())


def approved(config: Path, name: str, whole: str) -> Result:
    return ecluse(
        "approve", config.with_name("charte.yaml"), "--by", name, "--config", config, ECLUSE_APPROVAL_KEY=whole
    )


def test_two_people_approve_a_charter(tmp_path: Path) -> None:
    config = house(tmp_path)
    first, second = key(config, "a1"), key(config, "b2", "dsi")
    assert "1 approbation sur 2" in approved(config, *first).output
    assert "1 approbation sur 2" in approved(config, *first).output
    assert "2 approbations sur 2" in approved(config, *second).output
    assert len(people(config)) == 2
    said = ecluse("status", "--config", config).output
    assert "Approuvée par une personne de rôle dpo, le " in said


def test_what_is_kept_of_an_approval_names_neither_a_person_nor_a_key(tmp_path: Path) -> None:
    """The leak caught: a line of the journal that leads, by the charter's digest, to a person and to their requests."""
    config = house(tmp_path)
    name, whole = key(config, "matricule-4207")
    approved(config, name, whole)
    journal_key = hmac_key(load_settings(config, environ={}).journal_key_file)
    requests = hmac.new(journal_key, f"caller\n{name}".encode(), hashlib.sha256).hexdigest()[:32]
    told = kept(config)
    assert [text for text in ("matricule-4207", name, requests) if text in told] == []
    assert told.count(people(config)[0]) == 2, "who approved is the same in the table and in the journal"


def test_an_approval_from_before_the_active_charter_does_not_count(tmp_path: Path) -> None:
    """Would catch: an old charter that comes back with one person's approval."""
    config = house(tmp_path)
    first, second = key(config, "a1"), key(config, "b2", "dsi")
    old = (tmp_path / "charte.yaml").read_text(encoding="utf-8")
    approved(config, *first)
    change(tmp_path / "charte.yaml", 'version: "2026-11-23"', 'version: "2026-12-01"')
    activate(config)
    (tmp_path / "charte.yaml").write_text(old, encoding="utf-8")
    assert "Ce fichier a 0 approbation sur 2." in ecluse("status", "--config", config).output
    assert "1 approbation sur 2" in approved(config, *second).output
    assert "2 approbations sur 2" in approved(config, *first).output


@pytest.mark.parametrize(
    ("person", "role", "reason"),
    [
        (None, "dpo", "Cette clé n’est à personne du registre"),
        ("a1", "medecin", "Le rôle « medecin » n’approuve pas de charte"),
    ],
)
def test_not_every_key_approves(tmp_path: Path, person: str | None, role: str, reason: str) -> None:
    """Would catch: a shared tool, or anybody who has a key, as a signatory."""
    config = house(tmp_path)
    shown = approved(config, *key(config, person, role))
    assert shown.exit_code == 2
    assert reason in shown.stderr
    assert people(config) == []


def test_knowing_the_name_of_a_key_is_not_having_it(tmp_path: Path) -> None:
    """Would catch: one administrator who approves for another."""
    config = house(tmp_path)
    (name, _), (_, mine) = key(config, "a1"), key(config, "b2")
    for whole in (mine, "ecl_faux"):
        assert approved(config, name, whole).exit_code == 2
    assert people(config) == []


def test_a_faulty_charter_is_not_approved(tmp_path: Path) -> None:
    config = house(tmp_path)
    mine = key(config, "a1")
    change(tmp_path / "charte.yaml", "review: R0", "review: R9")
    assert approved(config, *mine).exit_code == 1


def test_the_state_is_said_without_the_rule(tmp_path: Path) -> None:
    said = ecluse("status", "--config", house(tmp_path, two_person=False)).output
    assert "Une modification sans défaut s’applique aussitôt" in said
