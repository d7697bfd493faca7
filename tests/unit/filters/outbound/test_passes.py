"""Passes hold for hours, for one address and one service, whoever reads or writes at the same time."""

import datetime as dt
import json
import multiprocessing
from pathlib import Path

import pytest

from filters.outbound.passes import Passes

NOW = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def test_a_pass_holds_until_it_ends(tmp_path: Path) -> None:
    passes = Passes(tmp_path / "passes.json")
    assert not passes.holds("10.1.2.3", "bavard", NOW)
    assert passes.grant("10.1.2.3", "bavard", 2, NOW) == NOW + 2 * HOUR
    assert passes.holds("10.1.2.3", "bavard", NOW + HOUR)
    assert passes.holds("::ffff:10.1.2.3", "bavard", NOW + HOUR)
    assert not passes.holds("10.1.2.3", "bavard", NOW + 2 * HOUR)
    assert not passes.holds("10.1.2.3", "scribe", NOW)
    assert not passes.holds("10.1.2.4", "bavard", NOW)


def test_no_address_reaches_the_disk(tmp_path: Path) -> None:
    """The leak: who reads the file learns which post of the hospital went to which AI service, and when."""
    path = tmp_path / "passes.json"
    Passes(path).grant("10.1.2.3", "bavard", 1, NOW)
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for told in (b"10.1.2.3", b"bavard", b"\x0a\x01\x02\x03"):
        assert told not in written
    # Nor can every address be tried: the key is not in the file.
    other = tmp_path / "other"
    other.mkdir()
    Passes(other / "passes.json").grant("10.1.2.3", "bavard", 1, NOW)
    assert json.loads(path.read_text()).keys() != json.loads((other / "passes.json").read_text()).keys()


def test_the_rest_of_the_machine_reads_neither_passes_nor_key(tmp_path: Path) -> None:
    """The leak: any account of the machine tries every address against the passes."""
    Passes(tmp_path / "passes.json").grant("10.1.2.3", "bavard", 1, NOW)
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()}
    assert modes == {"passes.json": "0o640", "passes.key": "0o640", "passes.lock": "0o600"}


def test_what_has_ended_is_dropped_and_a_longer_pass_stays(tmp_path: Path) -> None:
    path = tmp_path / "passes.json"
    passes = Passes(path)
    passes.grant("10.1.2.3", "bavard", 1, NOW)
    passes.grant("10.1.2.3", "scribe", 8, NOW)
    assert passes.grant("10.1.2.3", "scribe", 1, NOW + HOUR) == NOW + 8 * HOUR
    assert len(json.loads(path.read_text())) == 1


@pytest.mark.parametrize("hours", [0, -1, 24 * 7 + 1, float("nan"), float("inf")])
def test_a_pass_is_neither_nothing_nor_for_ever(tmp_path: Path, hours: float) -> None:
    with pytest.raises(ValueError, match="some hours"):
        Passes(tmp_path / "passes.json").grant("10.1.2.3", "bavard", hours, NOW)


def test_another_process_sees_a_pass_within_a_second(tmp_path: Path) -> None:
    clock = [0.0]
    reader = Passes(tmp_path / "passes.json", clock=lambda: clock[0])
    assert not reader.holds("10.1.2.3", "bavard", NOW)
    Passes(tmp_path / "passes.json").grant("10.1.2.3", "bavard", 1, NOW)
    clock[0] = 0.9
    assert not reader.holds("10.1.2.3", "bavard", NOW)
    clock[0] = 1.0
    assert reader.holds("10.1.2.3", "bavard", NOW)


@pytest.mark.parametrize("written", ["", "[]", "{", '{"a": null}', '{"a": "b"}', "\0"])
def test_a_damaged_file_changes_nothing_and_is_told(tmp_path: Path, written: str) -> None:
    """Would catch: an error in the helper, with which Squid lets nobody out to the web."""
    path, clock = tmp_path / "passes.json", [0.0]
    passes = Passes(path, clock=lambda: clock[0])
    passes.grant("10.1.2.3", "bavard", 1, NOW)
    path.write_text(written)
    clock[0] = 2.0
    assert passes.holds("10.1.2.3", "bavard", NOW)
    assert "ne peut pas être lu" in passes.fault
    passes.grant("10.1.2.4", "bavard", 1, NOW)
    assert passes.fault == ""
    assert passes.holds("10.1.2.4", "bavard", NOW)


def test_without_its_key_a_file_holds_no_pass(tmp_path: Path) -> None:
    Passes(tmp_path / "passes.json").grant("10.1.2.3", "bavard", 1, NOW)
    (tmp_path / "passes.key").unlink()
    passes = Passes(tmp_path / "passes.json")
    assert not passes.holds("10.1.2.3", "bavard", NOW)
    assert "clé" in passes.fault


def _granting(path: Path, first: int) -> None:
    for number in range(first, first + 20):
        Passes(path).grant(f"10.0.0.{number}", "bavard", 1, NOW)


def test_no_pass_is_lost_among_writers(tmp_path: Path) -> None:
    path = tmp_path / "passes.json"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_granting, args=(path, first)) for first in (0, 50, 100)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    passes = Passes(path)
    assert sum(passes.holds(f"10.0.0.{number}", "bavard", NOW) for number in range(256)) == 60
