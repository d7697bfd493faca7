"""`ecluse refusals` on a house where nothing was refused, then on one where somebody contests."""

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.loader import load_settings
from gateway.audit.contest import Reason
from gateway.audit.sql import SqlContests
from gateway.cli import stores
from gateway.cli.main import app as house
from policies.decision import RefusedError
from tests.fakes.journal import CALLER, FACTS, REFUSED

runner = CliRunner()


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a folder of its own."""
    monkeypatch.setenv("ECLUSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def ecluse(*words: str) -> Result:
    return runner.invoke(house, ["refusals", *words])


def contested() -> str:
    async def work() -> str:
        async with stores.journal(load_settings()) as trail:
            try:
                async with trail.record(CALLER, REFUSED, FACTS, stream=False, case=None) as record:
                    REFUSED.require_allowed(record.output_id)
            except RefusedError:
                await SqlContests(trail).contest(CALLER, record.output_id, Reason.FICTITIOUS)
            return record.output_id

    return asyncio.run(work())


def test_nothing_is_contested_before_the_gateway_ever_ran() -> None:
    assert ecluse("list").stdout == "Aucun refus n’est contesté.\n"
    assert ecluse("list", "--open").stdout == "Aucun refus contesté n’attend de réponse.\n"
    assert ecluse("settle", "0" * 32, "--outcome", "wrong").exit_code == 2


def test_a_contest_is_listed_then_settled_once(data: Path) -> None:
    refusal = contested()
    listed = ecluse("list", "--open").stdout
    for told in (refusal, "usage non ouvert au rôle — 5.1", "exercice_fictif", "à examiner"):
        assert told in listed
    assert ecluse("settle", refusal, "--outcome", "wrong").stdout == f"Refus {refusal} : refus à tort.\n"
    again = ecluse("settle", refusal, "--outcome", "upheld")
    assert again.exit_code == 2
    assert "Aucune contestation" in again.stderr
    assert refusal not in ecluse("list", "--open").stdout
    assert "refus à tort" in ecluse("list").stdout
    with sqlite3.connect(data / "ecluse.db") as connection:
        bodies = [json.loads(body) for (body,) in connection.execute("SELECT body FROM journal WHERE kind = 'read'")]
    assert {body["scope"] for body in bodies} == {"contests"}
    assert len(bodies) == 3


def test_an_outcome_is_one_of_two() -> None:
    assert ecluse("settle", "0" * 32, "--outcome", "maybe").exit_code == 2
