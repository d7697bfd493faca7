"""A hospital behind our Squid, for the tests of what a browser meets there.

Each test ends with a count: what was counted is what went through the browser's cable, tunnel by tunnel.
"""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from gateway.outbound.squid.running import Squid
from tests.fakes.hospital import Hospital, opened
from tests.fakes.squid_ground import ALLOWED, Ground, ground
from tests.fakes.workstation import Wire, wire


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground(71) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hospital(place: Ground, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hospital]:
    async with opened(place, tmp_path_factory.mktemp("hospital")) as made:
        yield made


@pytest.fixture(scope="module")
def squid(place: Ground, hospital: Hospital) -> Iterator[Squid]:
    with place.squid(certificate=place.folder / "ca.pem", page=hospital.page) as running:
        # The first question starts the program that answers it.
        place.curl(f"https://{ALLOWED}:{{tls}}/")
        yield running


@pytest.fixture
def cable(place: Ground, hospital: Hospital, squid: Squid) -> Iterator[Wire]:
    place.forget()
    with wire(place.port) as laid:
        yield laid
        hospital.exact(laid)
    assert squid.alive, squid.fatal()
