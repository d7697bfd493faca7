"""A snapshot's file is whole or refused, the same for the same policy, and names no person."""

import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filters.outbound.errors import SnapshotBrokenError
from filters.outbound.snapshot import read, table, write
from tests.fakes.outbound_policies import list_of, snapshot

FULL: dict[str, Any] = {
    "page": "https://ia.hopital.example/bloque",
    "departments": {"Urgences": ["10.1.0.0/16"]},
    "groups": {"dim": {"subnets": ["10.4.0.0/16"]}},
    "rules": [{"id": "r", "status": "bloquer", "categories": ["chat"], "groups": ["dim"], "days": ["mardi"],
               "hours": ["22:00-06:00"]}],
    "exceptions": [{"id": "e", "services": ["scribe"], "users": ["camille.durand"], "reason": "essai clinique",
                    "author": "Dr Martin", "expires": "2026-12-31"}],
}  # fmt: skip


@pytest.mark.parametrize("largest", [0, 200_000])
def test_what_is_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, largest: int) -> None:
    monkeypatch.setattr(table, "LARGEST", largest)
    made = snapshot(**FULL, feeds=[list_of(tmp_path, "un.example", "deux.example")])
    write(made, tmp_path / "deep" / "snapshot.bin")
    again = read(tmp_path / "deep" / "snapshot.bin")
    assert (again.content, again.version, len(again.table)) == (made.content, made.version, len(made.table))
    assert [again.service_of(host) for host in ("x.un.example", "bavard.example", "autre.example")] == [
        "liste", "bavard", "",
    ]  # fmt: skip


def test_the_version_is_of_the_content(tmp_path: Path) -> None:
    feed = list_of(tmp_path, "un.example")
    assert snapshot(**FULL, feeds=[feed]).version == snapshot(**FULL, feeds=[feed]).version
    before = snapshot(feeds=[feed]).version
    list_of(tmp_path, "deux.example")
    assert before != snapshot(feeds=[feed]).version
    assert snapshot(mode="coach").version != snapshot().version


def test_the_file_names_no_person(tmp_path: Path) -> None:
    """The leak: every account of the proxy reads who has an exception, and why."""
    path = tmp_path / "snapshot.bin"
    write(snapshot(**FULL), path)
    written = path.read_bytes().lower()
    for told in (b"camille", b"durand", b"martin", b"essai clinique"):
        assert told not in written


def test_the_proxy_reads_the_file_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.bin"
    umask = os.umask(0o077)
    try:
        write(snapshot(), path)
    finally:
        os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "snapshot.bin"
    write(snapshot(), path)
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write(snapshot(mode="coach"), path)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_anything_but_a_whole_snapshot_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    """Would catch: a damaged file by which the wrong sites are refused, or code run from a file."""
    path = tmp_path / "snapshot.bin"
    write(snapshot(**FULL), path)
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    cut = whole[:place]
    flipped = cut + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    for broken in (cut, flipped, whole + b"\0", pickle.dumps(place), data.draw(st.binary())):
        path.write_bytes(broken)
        with pytest.raises(SnapshotBrokenError):
            read(path)
