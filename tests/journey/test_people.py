"""A hospital asks for trainings and a signature: who lacks them is told, gets them, and passes."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from config.charter import SHIPPED, CharterFile
from gateway.database import Database
from gateway.identity.sql import KeyRequest, SqlDirectory
from tests.fakes.house import House, open_house, settings_for
from tests.fakes.openai_server import RecordingUpstream

USE = "reformulation"
NOTE = {"model": USE, "messages": [{"role": "user", "content": "Corrige : la réunion ce tiendra mardi."}]}
PERSON, NAME = "matricule-4207", "Solène Kerbrat"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def strict(one_upstream: RecordingUpstream, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Open a house whose charter asks everything of everybody."""
    folder = tmp_path_factory.mktemp("strict")
    charter = SHIPPED.read_text(encoding="utf-8").replace('required: "off"', "required: all", 1)
    assert "required: all" in charter
    (folder / "charte.yaml").write_text(charter, encoding="utf-8")
    settings = settings_for(folder / "data", one_upstream.url, charter=CharterFile(file=folder / "charte.yaml"))
    async with open_house(settings) as house:
        yield house


async def key_of(house: House, **request: Any) -> httpx.AsyncClient:
    """Return a client with a new key."""
    database = Database(house.settings.identity_database_url)
    key = await SqlDirectory(database).create(KeyRequest("medecin", "cardiologie", **request))
    await database.close()
    headers = {"Authorization": f"Bearer {key.reveal()}"}
    return httpx.AsyncClient(base_url=house.url.removesuffix("/v1"), headers=headers, timeout=60)


async def refusal(http: httpx.AsyncClient) -> tuple[int, str, str]:
    answer = await http.post("/v1/chat/completions", json=NOTE)
    error = answer.json().get("error", {"code": "", "message": ""})
    return answer.status_code, error["code"], error["message"]


async def test_from_unknown_to_trained_and_signed(strict: House, upstream: RecordingUpstream) -> None:
    """Would catch: a precondition that nothing enforces on the way to a model, or that nobody can fulfil."""
    mine = await key_of(strict, person=PERSON)
    async with mine, strict.http("dpo") as officer:
        assert (await refusal(mine))[:2] == (403, "personne_inconnue")
        assert (await mine.get("/v1/people/me")).status_code == 404
        person = {"role": "medecin", "service": "cardiologie", "name": NAME}
        assert (await mine.put(f"/v1/people/{PERSON}", json=person)).status_code == 403
        assert (await officer.put(f"/v1/people/{PERSON}", json=person)).status_code == 200
        status, code, message = await refusal(mine)
        assert (status, code) == (403, "formation_requise")
        assert "formation IA-SOCLE, formation RGPD, formation RESP" in message
        assert "Rien n’a été envoyé au modèle." in message
        assert (await mine.get("/v1/models")).json()["data"] == []
        for training in ("IA-SOCLE", "RGPD", "RESP"):
            made = await officer.post(f"/v1/people/{PERSON}/trainings", json={"code": training})
            assert made.status_code == 200
        assert (await refusal(mine))[1] == "charte_non_signee"
        version = (await mine.get("/v1/charter")).json()["version"]
        assert (await mine.post("/v1/people/me/signature", json={"version": "autre"})).status_code == 400
        assert (await mine.post("/v1/people/me/signature", json={"version": version})).status_code == 200
        assert upstream.requests == []
        assert (await refusal(mine))[0] == 200
        assert len(upstream.requests) == 1
        wire = (await mine.get("/v1/people/me")).json()
        assert {use["use"] for use in wire["uses"] if use["open"]} == {
            entry["ecluse"]["use"] for entry in (await mine.get("/v1/models")).json()["data"]
        }


async def test_a_shared_key_passes_nobody(strict: House, upstream: RecordingUpstream) -> None:
    """Would catch: the rule evaded by asking through a key that names no one."""
    async with strict.http("medecin") as shared:
        assert (await refusal(shared))[:2] == (403, "personne_inconnue")
    assert upstream.requests == []


async def test_who_keeps_the_register_is_not_locked_out(strict: House) -> None:
    async with strict.http("dpo") as officer:
        assert (await officer.get("/v1/people/personne-0")).json()["error"]["code"] == "personne_absente"


async def test_a_person_is_in_the_register_only(strict: House, upstream: RecordingUpstream) -> None:
    """The leak caught: a name or an internal id in the journal, a log line, a metric or what a model receives."""
    async with strict.http("dpo") as officer:
        assert (
            await officer.put(f"/v1/people/{PERSON}", json={"role": "medecin", "service": "x", "name": NAME})
        ).is_success
        metrics = (await officer.get("/metrics")).text
    mine = await key_of(strict, person=PERSON)
    async with mine:
        await refusal(mine)
    database = Database(strict.settings.database_url)
    async with database.engine.connect() as connection:
        journal = (await connection.exec_driver_sql("SELECT * FROM journal")).all()
    await database.close()
    assert journal
    told = f"{journal} {strict.lines.written} {metrics} {upstream.everything.decode()}"
    assert [text for text in (PERSON, NAME, "Kerbrat") if text in told] == []


async def test_nothing_is_asked_unless_the_charter_asks(house: House, upstream: RecordingUpstream) -> None:
    async with house.http() as http:
        assert (await refusal(http))[0] == 200
    assert len(upstream.requests) == 1
    assert Path(house.settings.charter.file) == SHIPPED
