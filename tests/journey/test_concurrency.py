"""What is in progress at once, in a gateway that stands alone."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openai
import pytest
import pytest_asyncio

from config.quota import Allowance, Ceiling
from tests.fakes.house import House, open_house, settings_for
from tests.fakes.openai_server import RecordingUpstream, Says

ASKED: dict[str, Any] = {"model": "reformulation@modele", "messages": [{"role": "user", "content": "Bonjour à tous."}]}


@pytest_asyncio.fixture(loop_scope="session")
async def narrow(upstream: RecordingUpstream, tmp_path: Path) -> AsyncIterator[House]:
    quota = Allowance(requests_per_minute=1000, services={"cardiologie": Ceiling(concurrent_requests=1)})
    async with open_house(settings_for(tmp_path, upstream.url, quota=quota)) as house:
        yield house


def endings(house: House) -> list[str]:
    with closing(sqlite3.connect(house.settings.data_dir / "ecluse.db")) as database:
        rows = [json.loads(row[0]) for row in database.execute("SELECT body FROM journal ORDER BY at, seq")]
    return [row["ending"] for row in rows if "ending" in row]


async def test_a_service_waits_for_its_own_answers(narrow: House, upstream: RecordingUpstream) -> None:
    upstream.reply_with(Says("Bonjour à tous, voici le compte rendu.", hold_after=6))
    client = narrow.openai()
    stream = await client.chat.completions.create(**ASKED, stream=True)
    await anext(stream)
    for streamed in (False, True):
        with pytest.raises(openai.RateLimitError) as caught:
            await narrow.openai("dpo").chat.completions.create(**ASKED, stream=streamed)
        assert caught.value.code == "demandes_simultanees"
        assert "Trop de demandes de votre service attendent déjà une réponse." in caught.value.message
    # Nothing waits for a model here.
    async with narrow.http() as http:
        assert (await http.post("/v1/mask", json={"text": "Bonjour."})).status_code == 200
        counted = (await http.get("/metrics")).text
    assert 'ecluse_problems_total{code="demandes_simultanees"} 2.0' in counted
    assert 'ecluse_endings_total{ending="limited"} 2.0' in counted
    await stream.close()
    async with asyncio.timeout(60):
        while "cancelled" not in endings(narrow):  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0.05)
    upstream.forget()
    assert (await client.chat.completions.create(**ASKED)).choices
    assert endings(narrow) == ["limited", "limited", "cancelled", "answered"]
