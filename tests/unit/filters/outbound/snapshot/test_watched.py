"""The snapshot in force follows its file, and outlives what happens to it."""

from pathlib import Path

import pytest

from filters.outbound.decision import Mode
from filters.outbound.errors import SnapshotMissingError
from filters.outbound.snapshot import Watched, write
from tests.fakes.outbound_policies import snapshot


class House:
    """A watched file, and its clock."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "snapshot.bin"
        self.now = 0.0
        self.watched = Watched(self.path, clock=lambda: self.now)

    def later(self) -> Mode:
        """Return the mode in force a second later."""
        self.now += 1
        return self.watched.current().mode


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_replaced_file_is_in_force_within_a_second(house: House) -> None:
    write(snapshot(mode="observe"), house.path)
    first = house.watched.current()
    write(snapshot(mode="block"), house.path)
    assert house.watched.current() is first
    assert house.later() is Mode.BLOCK


def test_an_unchanged_file_is_not_read_again(house: House) -> None:
    write(snapshot(), house.path)
    first = house.watched.current()
    house.later()
    assert house.watched.current() is first


@pytest.mark.parametrize("broken", [b"", b"rien", b"ECLUSE-OUTBOUND-1\n" + bytes(100)])
def test_a_broken_file_changes_nothing_and_is_told(house: House, broken: bytes) -> None:
    """Would catch: a failed copy after which everything is let through, or nothing."""
    write(snapshot(mode="coach"), house.path)
    assert house.later() is Mode.COACH
    assert house.watched.fault == ""
    house.path.write_bytes(broken)
    assert house.later() is Mode.COACH
    assert "abîmé" in house.watched.fault
    write(snapshot(mode="block"), house.path)
    assert house.later() is Mode.BLOCK
    assert house.watched.fault == ""


def test_a_file_that_goes_changes_nothing_and_is_told(house: House) -> None:
    write(snapshot(mode="coach"), house.path)
    assert house.later() is Mode.COACH
    house.path.unlink()
    assert house.later() is Mode.COACH
    assert "disparu" in house.watched.fault


def test_without_any_snapshot_there_is_an_error_until_one_comes(house: House) -> None:
    with pytest.raises(SnapshotMissingError):
        house.watched.current()
    house.path.write_bytes(b"rien")
    with pytest.raises(SnapshotMissingError):
        house.later()
    write(snapshot(mode="block"), house.path)
    assert house.later() is Mode.BLOCK


def test_a_folder_in_its_place_is_told(house: House) -> None:
    house.path.mkdir()
    with pytest.raises(SnapshotMissingError, match="ne peut pas être lu"):
        house.watched.current()
