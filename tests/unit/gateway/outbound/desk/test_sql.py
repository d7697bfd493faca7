"""Requests for tools are kept as long as they are useful, and no longer."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.database import Database
from gateway.errors import OutboundUnavailableError
from gateway.outbound.desk.request import CONTACT_DAYS, KEPT_DAYS, Status, ToolRequest
from gateway.outbound.desk.sql import SqlRequests
from tests.fakes.databases import url_in

NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
ONE = ToolRequest("D-1", NOW, "traduction", "cardiologie", service="deepl", text="Lettres", contact="a@hopital.example")


@pytest.fixture
async def database(tmp_path: Path, engine: str) -> AsyncIterator[Database]:
    del engine
    opened = Database(url_in(tmp_path, "requests.db"))
    await opened.start()
    yield opened
    await opened.close()


def later(days: float) -> dt.datetime:
    return NOW + dt.timedelta(days=days)


async def test_a_request_comes_back_as_it_went_in(database: Database) -> None:
    requests = SqlRequests(database)
    await requests.add(ONE)
    two = ToolRequest("D-2", later(0.1), "erreur", "", tool="Outil", address="outil.example")
    await requests.add(two)
    assert await requests.listed() == (two, ONE)


async def test_an_answer_changes_the_status(database: Database) -> None:
    requests = SqlRequests(database)
    await requests.add(ONE)
    answered = await requests.answer("D-1", Status.APPROVED, "Ouvert en janvier.", later(3))
    assert answered == replace(ONE, status=Status.APPROVED, note="Ouvert en janvier.", changed=later(3))
    assert await requests.listed(Status.APPROVED) == (answered,)
    assert await requests.listed(Status.RECEIVED) == ()
    assert await requests.answer("D-9", Status.REFUSED, "", NOW) is None


async def test_a_settled_request_loses_its_contact_and_then_goes(database: Database) -> None:
    """The leak caught: the addresses of staff kept for ever beside what they asked for."""
    requests = SqlRequests(database)
    await requests.add(ONE)
    await requests.add(replace(ONE, id="D-2"))
    await requests.answer("D-1", Status.REFUSED, "", NOW)
    await requests.add(replace(ONE, id="D-3", received=later(CONTACT_DAYS + 1)))
    assert {one.id: one.contact for one in await requests.listed()} == {
        "D-1": "", "D-2": ONE.contact, "D-3": ONE.contact,
    }  # fmt: skip
    await requests.add(replace(ONE, id="D-4", received=later(KEPT_DAYS + 1)))
    assert {one.id for one in await requests.listed()} == {"D-2", "D-3", "D-4"}


async def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    """Would catch: somebody told that a request was recorded which nobody will ever see."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'never_made.db'}")
    requests = SqlRequests(database)
    for asked in (requests.add(ONE), requests.listed(), requests.answer("D-1", Status.REFUSED, "", NOW)):
        with pytest.raises(OutboundUnavailableError):
            await asked
    await database.close()
