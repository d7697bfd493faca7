"""The charter changes under a gateway that is answering: nothing is dropped, and each line names who decided."""

# ruff: noqa: ASYNC110 - what is waited for happens in another process, or behind HTTP

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio

from config.charter import SHIPPED, CharterFile
from config.settings import Settings
from gateway.database import Database
from gateway.governance.approvals import Approval
from gateway.governance.draft import read_draft
from gateway.governance.sql import SqlApprovals
from gateway.secrets import hmac_key
from tests.fakes.house import House, open_house, settings_for
from tests.fakes.openai_server import RecordingUpstream

VERSION = 'version: "2026-11-23"'
USE = "reformulation"
NOTE = {"model": USE, "messages": [{"role": "user", "content": "Corrige : la réunion ce tiendra mardi."}]}


def settings(folder: Path, upstream: str, *, two_person: bool) -> Settings:
    """Return the configuration of a house with a charter of its own."""
    file = folder / "charte.yaml"
    file.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    return settings_for(folder / "data", upstream, charter=CharterFile(file=file, two_person=two_person))


def change(house: House, version: str, old: str = "", new: str = "") -> None:
    """Write another charter, of that version."""
    text = SHIPPED.read_text(encoding="utf-8").replace(VERSION, f'version: "{version}"', 1)
    assert old in text
    house.settings.charter.file.write_text(text.replace(old, new, 1), encoding="utf-8")


CLOSED = ("  - id: reformulation\n", "  - id: reformulation\n    enabled: false\n")


@pytest_asyncio.fixture(loop_scope="session")
async def open_one(one_upstream: RecordingUpstream, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(settings(tmp_path, one_upstream.url, two_person=False)) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def strict(one_upstream: RecordingUpstream, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(settings(tmp_path, one_upstream.url, two_person=True)) as house:
        yield house


async def status(http: httpx.AsyncClient) -> tuple[int, str]:
    answer = await http.post("/v1/chat/completions", json=NOTE)
    return answer.status_code, answer.json().get("error", {"code": ""})["code"]


async def version(http: httpx.AsyncClient) -> str:
    told: str = (await http.get("/v1/charter")).json()["version"]
    return told


async def until(http: httpx.AsyncClient, wanted: str) -> None:
    async with asyncio.timeout(60):
        while await version(http) != wanted:
            await asyncio.sleep(0.1)


async def test_requests_go_on_while_the_charter_changes(open_one: House, upstream: RecordingUpstream) -> None:
    """Would catch: a request that fails because somebody saved a file."""
    del upstream
    async with open_one.http() as http:
        assert await status(http) == (200, "")
        answers = asyncio.create_task(_answered(http, open_one))  # noqa: TID251 - awaited below
        change(open_one, "2027-01-01", *CLOSED)
        await until(http, "2027-01-01")
        assert {code for code, _ in await answers} <= {200, 403}
        assert await status(http) == (403, "usage_ferme")
        metrics = (await http.get("/metrics")).text
    assert 'ecluse_charter_info{version="2027-01-01"} 1.0' in metrics
    assert 'ecluse_charter_reload_total{result="activated"} 1.0' in metrics


async def _answered(http: httpx.AsyncClient, house: House) -> list[tuple[int, str]]:
    found = []
    while house.services.charter.version != "2027-01-01":
        found.append(await status(http))
    return found


async def test_a_faulty_charter_is_refused_and_told(open_one: House, upstream: RecordingUpstream) -> None:
    del upstream
    async with open_one.http() as http:
        change(open_one, "2027-01-01", "tier: D1", "tier: D9")
        async with asyncio.timeout(60):
            while not (told := [line for line in open_one.lines.written if line["event"] == "charter"]):
                await asyncio.sleep(0.1)
        assert told[0]["result"] == "refused"
        assert "D0" in str(told[0]["faults"])
        assert await version(http) == "2026-11-23"
        assert await status(http) == (200, "")


async def test_two_people_change_a_charter(strict: House, upstream: RecordingUpstream) -> None:
    """Would catch: a page that does not say that a change waits, or a change that does not wait."""
    del upstream
    async with strict.http() as http:
        change(strict, "2027-01-01", *CLOSED)
        async with asyncio.timeout(60):
            while (charter := (await http.get("/v1/charter")).json())["pending"] is None:
                await asyncio.sleep(0.1)
        assert charter["version"] == "2026-11-23"
        assert charter["pending"] == {"version": "2027-01-01", "approvals": 0, "needed": 2}
        assert await status(http) == (200, "")
        await _approve(strict, "a1", "b2")
        await until(http, "2027-01-01")
        assert (await http.get("/v1/charter")).json()["pending"] is None
    assert await _activated(strict) == ["2026-11-23", "2027-01-01"]


async def _activated(house: House) -> list[str]:
    """Return the charters that the journal says to have taken over, that of the start included."""
    database = Database(house.settings.database_url)
    async with database.engine.connect() as connection:
        query = "SELECT body FROM journal WHERE kind = 'charter' ORDER BY seq"
        bodies = [json.loads(body) for (body,) in await connection.exec_driver_sql(query)]
    await database.close()
    return [body["charter"] for body in bodies if body["event"] == "activated"]


async def _approve(house: House, *people: str) -> None:
    database = Database(house.settings.database_url)
    await database.start()
    kept = SqlApprovals(database, hmac_key(house.settings.journal_key_file))
    digest = read_draft(house.settings.charter.file, ["modele", "certifie"]).digest
    for person in people:
        await kept.approve(Approval(digest, person, "dpo", dt.datetime.now(dt.UTC)))
    await database.close()


async def test_people_are_asked_as_soon_as_the_charter_asks(open_one: House, upstream: RecordingUpstream) -> None:
    """Would catch: a rule on people that only a restart would put in force."""
    del upstream
    async with open_one.http() as http:
        change(open_one, "2027-01-01", 'required: "off"', "required: all")
        await until(http, "2027-01-01")
        assert await status(http) == (403, "personne_inconnue")
