"""The engines that stores are tested on, the patience of property tests, and that groups of tests stay together."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes.databases import make_template, on_postgresql
from tests.fakes.postgresql_server import PostgresqlServer, postgresql_server

# Nothing is timed: on a loaded machine a slow example is no fault.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse to begin where tests that share servers would be dealt out one by one, as an xdist of another age does."""
    if session.config.getoption("loadgroup", default=False):
        grouped = [item.nodeid for item in session.items if item.get_closest_marker("xdist_group")]
        assert all("@" in nodeid for nodeid in grouped), "this pytest-xdist groups nothing under this pytest"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """Run one PostgreSQL for all tests that share it; a test that harms a server starts its own."""
    with postgresql_server() as server:
        make_template(server)
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Run a test on both engines: `url_in(tmp_path)` is a file, then a database on PostgreSQL."""
    if request.param == "sqlite":
        yield "sqlite"
        return
    with on_postgresql(request.getfixturevalue("postgresql"), tmp_path):
        yield "postgresql"
