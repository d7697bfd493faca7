"""PostgreSQL set up as docs/operations/database.md says: rights enough and no more, and a server that proves itself."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.database import UNAVAILABLE, Database
from tests.fakes.databases import execute
from tests.fakes.journal import answered, trail_in
from tests.fakes.postgresql_server import PostgresqlServer, postgresql_server

PAGE = Path(__file__).parents[2] / "docs" / "operations" / "database.md"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate of 127.0.0.1 that is its own authority."""
    folder = tmp_path_factory.mktemp("tls")
    asked = ["-subj", "/CN=db.hopital.example", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run(
        [*command, *asked, "-keyout", folder / "server.key", "-out", folder / "server.pem"],
        check=True,
        capture_output=True,
    )
    return folder / "server.pem"


@pytest.fixture(scope="module")
def server(certificate: Path) -> Iterator[PostgresqlServer]:
    """Run a server that was set up by the page's own words."""
    (setup,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    with postgresql_server() as running:
        key = running.lend(certificate.with_suffix(".key"))
        running.execute(
            *filter(str.strip, setup.split(";")),
            f"ALTER SYSTEM SET ssl_cert_file = '{running.lend(certificate)}'",
            f"ALTER SYSTEM SET ssl_key_file = '{key}'",
            "ALTER SYSTEM SET ssl = on",
            "SELECT pg_reload_conf()",
        )
        yield running


def address(server: PostgresqlServer, query: str = "") -> str:
    return f"postgresql+psycopg://ecluse@127.0.0.1:{server.port}/ecluse{query}"


async def test_the_role_of_the_page_is_enough_to_migrate_and_to_write(server: PostgresqlServer, tmp_path: Path) -> None:
    (tmp_path / "postgresql-url").write_text(address(server), "ascii")
    trail = trail_in(tmp_path)
    await trail.database.start()
    async with trail:
        await answered(trail)
    with pytest.raises(UNAVAILABLE):
        await execute(trail.database, "CREATE ROLE intruder SUPERUSER")
    await trail.database.close()


async def test_a_server_that_proves_who_it_is_is_spoken_to_in_secret(
    server: PostgresqlServer, certificate: Path
) -> None:
    database = Database(address(server, f"?sslmode=verify-full&sslrootcert={certificate}"))
    async with database.engine.connect() as connection:
        asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert (await connection.exec_driver_sql(asked)).scalar_one() is True
    await database.close()


async def test_a_server_of_another_authority_is_not_spoken_to(server: PostgresqlServer, tmp_path: Path) -> None:
    """The leak caught: keys and journal sent to whoever answers in the place of the database."""
    other = tmp_path / "other.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=other", "-keyout", "/dev/null"]
    subprocess.run([*command, "-out", other], check=True, capture_output=True)  # noqa: ASYNC221 - nothing else runs
    database = Database(address(server, f"?sslmode=verify-full&sslrootcert={other}"))
    with pytest.raises(UNAVAILABLE):
        await database.start()
    await database.close()
