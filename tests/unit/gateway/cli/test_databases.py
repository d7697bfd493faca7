"""`ecluse check` on databases: what the next start will change, and what keeps it from starting."""

import asyncio
from pathlib import Path

from config.loader import load_settings
from config.settings import Settings
from gateway.cli.databases import standing
from gateway.database import Database
from gateway.ports import free_port
from tests.fakes.databases import database_on, execute
from tests.fakes.postgresql_server import PostgresqlServer


def settings(folder: Path, url: str = "", keys: str = "") -> Settings:
    told = {"ECLUSE_DATA_DIR": str(folder), "ECLUSE_JOURNAL__DATABASE_URL": url, "ECLUSE_IDENTITY__DATABASE_URL": keys}
    return load_settings(None, environ={name: value for name, value in told.items() if value})


async def started(url: str, *statements: str) -> None:
    database = Database(url)
    await database.start()
    await execute(database, *statements)
    await database.close()


def test_a_first_start_is_announced_and_makes_nothing(tmp_path: Path) -> None:
    faults, (sentence,) = standing(settings(tmp_path / "data"))
    assert faults == []
    assert sentence == "Base de données (journal.database_url) : sera mise à jour au prochain démarrage (0001)."
    assert not (tmp_path / "data").exists()


def test_an_up_to_date_database_is_said_to_be(tmp_path: Path) -> None:
    house = settings(tmp_path)
    asyncio.run(started(house.database_url))
    assert standing(house) == ([], ["Base de données (journal.database_url) : à jour."])


def test_a_database_of_a_later_version_is_a_fault(tmp_path: Path) -> None:
    house = settings(tmp_path)
    asyncio.run(started(house.database_url, "UPDATE alembic_version SET version_num = '9999'"))
    (fault,), sentences = standing(house)
    assert fault.message == (
        "La base de données a été mise à jour par une version plus récente d’Écluse : installez cette version, ou "
        "restaurez la sauvegarde qui précède la mise à jour (révision 9999)."
    )
    assert sentences == []


def test_each_database_is_told_of(tmp_path: Path, postgresql: PostgresqlServer) -> None:
    """Would catch: a check that says all is right where the register of keys does not answer."""
    with database_on(postgresql) as name:
        nobody = f"postgresql+psycopg://ecluse@127.0.0.1:{free_port()}/ecluse"
        faults, sentences = standing(settings(tmp_path, postgresql.url(name), nobody))
    assert [fault.file for fault in faults] == ["identity.database_url"]
    assert sentences == ["Base de données (journal.database_url) : à jour."]
