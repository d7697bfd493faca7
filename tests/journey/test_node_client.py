"""The official Node client works by changing its address and its key."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.fakes.house import House
from tests.fakes.openai_server import RecordingUpstream
from tests.fakes.patients import SOLENE

CLIENT = Path(__file__).parents[1] / "clients" / "node"


@pytest.mark.node
async def test_the_official_node_client(house: House, upstream: RecordingUpstream) -> None:
    """Catches an answer that the Node client cannot read although the Python one can."""
    environment = {
        **os.environ,
        "ECLUSE_URL": house.url,
        "ECLUSE_KEY": house.keys["medecin"],
        "ECLUSE_NOTE": SOLENE.note(),
    }
    process = await asyncio.create_subprocess_exec(
        "node",
        "--test",
        "chat.test.mjs",
        cwd=CLIENT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    received = upstream.everything.decode()
    assert [text for text in SOLENE.identifiers if text in received] == []
