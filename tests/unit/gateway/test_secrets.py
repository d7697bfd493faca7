"""Key files: made once, for their owner only."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gateway.secrets import KeyFileError, hmac_key, signing_key


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "hmac.key"
    key = hmac_key(file)
    assert len(key) == 32
    assert hmac_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["hmac.key"]


def test_a_signing_key_signs_the_same_after_a_restart(tmp_path: Path) -> None:
    assert signing_key(tmp_path / "a.pem").sign(b"x") == signing_key(tmp_path / "a.pem").sign(b"x")


def test_workers_that_start_together_share_one_key(tmp_path: Path) -> None:
    """Would catch a worker whose hashes or signatures nobody else can check."""
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(hmac_key, [tmp_path / "hmac.key"] * 32))) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "hmac.key"
    hmac_key(file)
    file.chmod(mode)
    with pytest.raises(KeyFileError) as caught:
        hmac_key(file)
    assert str(caught.value) == f"{file}: others can read this key (mode {mode:04o}); run: chmod 600 {file}"


def test_what_is_no_key_is_refused_without_being_quoted(tmp_path: Path) -> None:
    file = tmp_path / "k"
    file.write_bytes(b"password")
    file.chmod(0o600)
    with pytest.raises(KeyFileError) as short:
        hmac_key(file)
    assert str(short.value) == f"{file}: holds 8 bytes where a key has 32"
    with pytest.raises(KeyFileError) as unreadable:
        signing_key(file)
    assert str(unreadable.value) == f"{file}: is no private key in PEM"
