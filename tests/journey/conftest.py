"""One gateway and one recording upstream for all journeys: loading the models takes seconds."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from gateway.conversation import Prompt
from gateway.reading.stage import Reading
from policies.facts import Facts, Recognition
from tests.fakes.house import House, open_house, settings_for
from tests.fakes.openai_server import RecordingUpstream, recording_upstream


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the journeys in one event loop, where the gateway lives, and in one process."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("journey"))
            if item.get_closest_marker("asyncio"):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def one_upstream() -> AsyncIterator[RecordingUpstream]:
    async with recording_upstream() as upstream:
        yield upstream


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house(one_upstream: RecordingUpstream, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with open_house(settings_for(tmp_path_factory.mktemp("house"), one_upstream.url)) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def upstream(one_upstream: RecordingUpstream) -> RecordingUpstream:
    """Return the upstream as if nobody had ever asked it."""
    one_upstream.forget()
    return one_upstream


@pytest.fixture
def innocent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing recognised: for texts that no person would send, which show what other stages do with them."""

    async def read(_: Reading, _prompt: Prompt, facts: Facts) -> Facts:
        return replace(facts, recognition=Recognition())

    monkeypatch.setattr(Reading, "read", read)
