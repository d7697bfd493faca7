"""What a command opens of a house."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest
import typer
from sqlalchemy import text

from config.charter import SHIPPED, CharterFile
from config.settings import Settings
from gateway.cli.stores import charter_of
from gateway.database import Database
from gateway.governance.approvals import Active
from gateway.governance.draft import read_draft
from gateway.governance.sql import SqlApprovals
from gateway.secrets import hmac_key

OLD, NEW = "2026-11-23", "2027-01-01"


def house(folder: Path, *, two_person: bool) -> Settings:
    """Return the settings of a house whose charter was active, and has been changed since."""
    file = folder / "charte.yaml"
    shipped = SHIPPED.read_text(encoding="utf-8")
    file.write_text(shipped, encoding="utf-8")
    settings = Settings(data_dir=folder / "data", charter=CharterFile(file=file, two_person=two_person))
    draft = read_draft(file, [route.id for route in settings.routes])
    assert draft.text is not None
    active = Active(draft.digest, draft.text, dt.datetime.now(dt.UTC))

    async def kept() -> None:
        database = Database(settings.database_url)
        await database.start()
        await SqlApprovals(database, hmac_key(settings.journal_key_file)).activate(active)
        await database.close()

    asyncio.run(kept())
    file.write_text(shipped.replace(OLD, NEW, 1), encoding="utf-8")
    return settings


@pytest.mark.parametrize(("two_person", "version"), [(True, OLD), (False, NEW)])
def test_the_charter_of_a_command_is_the_one_in_force(tmp_path: Path, two_person: bool, version: str) -> None:  # noqa: FBT001
    """Would catch: a signature recorded, or a list printed, for a charter that still waits for approvals."""
    assert charter_of(house(tmp_path, two_person=two_person)).version == version


def test_where_none_was_ever_active_it_is_the_files(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", charter=CharterFile(two_person=True))
    assert charter_of(settings).version == OLD


def test_an_altered_charter_ends_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Would catch: a command that goes on under what was written into the database."""
    settings = house(tmp_path, two_person=True)

    async def altered() -> None:
        database = Database(settings.database_url)
        async with database.engine.begin() as connection:
            await connection.execute(text("UPDATE charter_activations SET text = replace(text, 'D0', 'D2')"))
        await database.close()

    asyncio.run(altered())
    with pytest.raises(typer.Exit):
        charter_of(settings)
    assert "Les approbations ne peuvent pas être lues" in capsys.readouterr().err
