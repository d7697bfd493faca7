"""`ecluse stop`, `resume` and `systems` on a house of its own, without Redis and with one that is away."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from config.shared import Shared
from gateway.cli.main import app as house
from gateway.ports import free_port
from gateway.redis import Redis
from gateway.replicas.announcement import Announcement
from gateway.replicas.redis import Announcements
from tests.fakes.redis_server import redis_server
from tests.fakes.replicas import NEWER, announced

runner = CliRunner()


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a folder of its own."""
    monkeypatch.setenv("ECLUSE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def ecluse(*words: str) -> Result:
    return runner.invoke(house, list(words))


def row(target: str) -> str:
    """Return what `ecluse systems` says of a target."""
    listed = ecluse("systems")
    assert listed.exit_code == 0
    return next(line for line in listed.stdout.splitlines() if f" {target} " in line)


def lines(data: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(data / "ecluse.db")) as database:
        rows = database.execute("SELECT body FROM journal WHERE kind = 'switched' ORDER BY at, seq").fetchall()
    return [json.loads(body) for (body,) in rows]


def test_a_stop_is_shown_recorded_and_lifted(data: Path) -> None:
    assert "en service" in row("all")
    assert ecluse("stop", "all", "--reason", "fuite_donnees").stdout == "Tout : arrêté.\n"
    for told in ("ARRÊTÉ", "fuite de données", "la reprise", "ligne de commande"):
        assert told in row("all")
    assert ecluse("resume", "all").stdout == "Tout : en service.\n"
    assert "en service" in row("all")
    found = [(line["event"], line["target"], line["reason"], line["role"]) for line in lines(data)]
    assert found == [("stopped", "all", "fuite_donnees", None), ("resumed", "all", None, None)]


def test_a_stop_that_ends_says_when(data: Path) -> None:
    told = ecluse("stop", "use:traduction", "--reason", "panne", "--minutes", "60").stdout
    assert " : arrêté jusqu’au " in told
    assert "la reprise" not in row("use:traduction")
    assert lines(data)[0]["until"]


def test_a_drill_is_one_and_does_not_lift_a_real_stop(data: Path) -> None:
    """Would catch: an exercise typed at a terminal that opens what an incident has stopped."""
    assert ecluse("stop", "all", "--reason", "exercice", "--drill").stdout == "Tout : exercice en cours.\n"
    assert "exercice" in row("all")
    assert ecluse("stop", "all", "--reason", "incident_securite").exit_code == 0
    refused = ecluse("stop", "all", "--reason", "exercice", "--drill")
    assert refused.exit_code == 2
    assert "réellement arrêtée" in refused.stderr
    assert "ARRÊTÉ" in row("all")
    assert [line["drill"] for line in lines(data)] == [True, False]


def test_resuming_what_is_not_stopped_says_so_and_leaves_no_line(data: Path) -> None:
    assert ecluse("resume", "all").stdout == "Tout : en service.\n"
    assert lines(data) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("stop", "route:ailleurs", "--reason", "panne"), "Rien ne peut être arrêté sous"),
        (("resume", "M. Jean Exemple"), "Rien ne peut être arrêté sous"),
        (("stop", "all"), "--reason"),
        (("stop", "all", "--reason", "une phrase"), "--reason"),
        (("stop", "all", "--reason", "panne", "--minutes", "0"), "--minutes"),
        (("stop", "all", "--reason", "panne", "--minutes", "99999999999999"), "--minutes"),
    ],
)
def test_what_is_not_understood_stops_nothing(words: tuple[str, ...], told: str) -> None:
    refused = ecluse(*words)
    assert refused.exit_code == 2
    assert told in refused.stderr
    assert "Traceback" not in refused.output
    assert "en service" in row("all")


def test_states_that_were_altered_are_not_believed(data: Path) -> None:
    """Would catch: a stop lifted by whoever can write to the database, and a terminal that says that all is well."""
    assert ecluse("stop", "all", "--reason", "fuite_donnees").exit_code == 0
    with closing(sqlite3.connect(data / "ecluse.db")) as database, database:
        database.execute("UPDATE system_states SET state = replace(state, '\"stopped\": true', '\"stopped\": false')")
    for words in (("systems",), ("resume", "all"), ("stop", "all", "--reason", "panne")):
        refused = ecluse(*words)
        assert refused.exit_code == 2
        assert "rien n’est sûr" in refused.stderr


def test_a_redis_that_is_away_is_told_and_holds_up_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECLUSE_SHARED__REDIS_URL", f"redis://:inventé@127.0.0.1:{free_port()}/0")
    stopped = ecluse("stop", "all", "--reason", "panne")
    assert (stopped.exit_code, stopped.stdout) == (0, "Tout : arrêté.\n")
    assert "Redis ne répond pas" in stopped.stderr
    assert "inventé" not in stopped.output
    assert "ARRÊTÉ" in row("all")
    assert len(lines(data)) == 1
    assert "ce que les passerelles ont en vigueur n’est pas connu" in ecluse("systems").stdout


def announce(url: str, *told: Announcement) -> None:
    async def exchange() -> None:
        redis = Redis(Shared(redis_url=url, timeout_seconds=5))
        for number, one in enumerate(told):
            await Announcements(redis).exchange(f"p{number}", one)
        await redis.close()

    asyncio.run(exchange())


def test_each_gateway_is_shown_with_its_charter_and_its_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: an alert whose action leads to a screen that does not say which gateway is late."""
    with redis_server(tmp_path) as server:
        monkeypatch.setenv("ECLUSE_SHARED__REDIS_URL", server.url)
        monkeypatch.setenv("ECLUSE_SHARED__TIMEOUT_SECONDS", "5")
        assert "Aucune passerelle ne s’est annoncée" in ecluse("systems").stdout
        announce(server.url, announced("un:8080"), announced("un:8080"), announced("deux:8080"))
        alike = ecluse("systems").stdout
        announce(server.url, announced("un:8080"), announced("un:8080"), announced("[red]deux:8080", NEWER, None))
        told = ecluse("systems")
    assert "pas toutes" not in alike
    assert told.exit_code == 0
    rows = [line.split("│")[1:5] for line in told.stdout.splitlines() if ":8080" in line]
    assert [[cell.strip() for cell in cells] for cells in rows] == [
        ["[red]deux:8080", "1", "2027-01-01 (bbbbbbbbbbbb)", "aucune"],
        ["un:8080", "2", "2026-11-23 (aaaaaaaaaaaa)", "2026-10 (cccccccccccc)"],
    ]
    for expected in ("pas toutes la même charte", "pas toutes la même politique de sortie"):
        assert expected in told.stdout
