"""What is kept of outgoing connections stays within what staff can be told."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.outbound import Outbound
from config.settings import Settings


@pytest.mark.parametrize("days", [7, 29, 181, 3650])
def test_attempts_are_kept_for_30_to_180_days(days: int) -> None:
    """Would catch: attempts kept one by one for a year, or for too short a time to count a month's people."""
    with pytest.raises(ValidationError, match="entre 30 jours"):
        Outbound(raw_days=days)


def test_a_cell_is_never_of_fewer_than_five() -> None:
    with pytest.raises(ValidationError):
        Outbound(smallest_cell=4)


@pytest.mark.parametrize("name", ["Europe/Brest", "../etc/passwd", "\x00"])
def test_a_time_zone_has_to_exist(name: str) -> None:
    with pytest.raises(ValidationError):
        Outbound(timezone=name)


def test_places_follow_the_data_folder_unless_they_are_named() -> None:
    data = Path("/var/lib/ecluse")
    settings = Settings(data_dir=data)
    assert settings.outbound_folder == data / "outbound"
    assert settings.outbound_keys_folder == data / "outbound" / "pseudonyms"
    named = Settings(data_dir=data, outbound=Outbound(folder=Path("/o"), keys_folder=Path("/k")))
    assert (named.outbound_folder, named.outbound_keys_folder) == (Path("/o"), Path("/k"))
