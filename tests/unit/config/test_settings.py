"""What is not written is derived from `data_dir`."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.settings import Settings

DATA = Path("/var/lib/ecluse")


def test_everything_is_kept_in_one_folder_by_default() -> None:
    settings = Settings(data_dir=DATA)
    assert settings.database_url == settings.identity_database_url == "sqlite+aiosqlite:////var/lib/ecluse/ecluse.db"
    assert settings.journal_key_file == DATA / "journal.key"
    assert settings.journal_signing_key_file == DATA / "journal.pem"
    assert settings.provenance_key_file == DATA / "provenance.pem"


def test_each_can_be_put_elsewhere() -> None:
    settings = Settings.model_validate(
        {
            "data_dir": DATA,
            "journal": {"database_url": "sqlite+aiosqlite:////a.db", "key_file": "/k", "signing_key_file": "/s"},
            "identity": {"database_url": "sqlite+aiosqlite:////b.db"},
            "provenance": {"key_file": "/p"},
        }
    )
    assert (settings.database_url, settings.identity_database_url) == (
        "sqlite+aiosqlite:////a.db",
        "sqlite+aiosqlite:////b.db",
    )
    keys = (settings.journal_key_file, settings.journal_signing_key_file, settings.provenance_key_file)
    assert keys == (Path("/k"), Path("/s"), Path("/p"))


def test_settings_do_not_change_while_the_gateway_runs() -> None:
    """Would catch: a retention or a route altered in memory, which no file and no journal would show."""
    with pytest.raises(ValidationError):
        Settings().server.port = 1  # type: ignore[misc] # frozen: that is the point


def test_the_register_of_people_is_kept_by_named_roles() -> None:
    """Would catch: a misspelt role, after which nobody or anybody may write who is trained."""
    assert Settings().people.administrators == ("dpo", "dsi")
    for wrong in (["DPO"], ["*"], [""]):
        with pytest.raises(ValidationError):
            Settings.model_validate({"people": {"administrators": wrong}})
