"""The files that know where each chain ends."""

import stat
from pathlib import Path

from gateway.audit.chain import Head, SealedHead
from gateway.audit.heads import Heads


def test_a_chain_has_one_writer_at_a_time(tmp_path: Path) -> None:
    """Would catch two processes that give two entries the same number."""
    heads = Heads(tmp_path / "heads")
    first = heads.claim(0)
    assert first is not None
    assert heads.claim(0) is None
    assert heads.claim(1) is not None
    first.release()
    again = heads.claim(0)
    assert again is not None
    assert again.writer == first.writer


def test_two_folders_never_name_the_same_chain(tmp_path: Path) -> None:
    one, other = Heads(tmp_path / "a").claim(0), Heads(tmp_path / "b").claim(0)
    assert one is not None
    assert other is not None
    assert one.writer != other.writer


def test_the_end_of_a_chain_comes_back(tmp_path: Path) -> None:
    heads = Heads(tmp_path / "heads")
    slot = heads.claim(0)
    assert slot is not None
    assert slot.read() is None
    sealed = SealedHead(Head(slot.writer, 7, "ab" * 32), "cd" * 64)
    slot.write(sealed, durable=True)
    assert slot.read() == sealed
    assert heads.all() == {slot.writer: sealed}
    (file,) = (tmp_path / "heads").glob("*.head")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("{}", encoding="ascii")
    assert heads.all() == {slot.writer: None}
