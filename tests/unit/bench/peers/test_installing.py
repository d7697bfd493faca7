"""Why a peer could not be installed, and which one is."""

from pathlib import Path

from bench.peers import installing
from bench.peers.installing import LOCKS, reason, versions


def test_the_reason_is_the_line_that_says_error() -> None:
    output = "WARNING: old\nERROR: No matching distribution found for privaite==0.7.3\n[notice] A new release of pip\n"
    assert reason(output) == "ERROR: No matching distribution found for privaite==0.7.3"


def test_without_such_a_line_the_last_one_is_it() -> None:
    assert reason("first\nlast\n\n") == "last"
    assert reason("") == "no reason was given"


def test_each_peer_has_an_exact_version_and_every_package_its_hashes() -> None:
    assert {"litellm", "presidio-analyzer", "privaite", "llm-shield-proxy", "@portkey-ai/gateway"} <= set(versions())
    for lock in LOCKS.glob("*.lock"):
        packages = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
        assert all("==" in line and "--hash=sha256:" in line for line in packages)


def test_a_lock_that_changed_is_installed_again(tmp_path: Path) -> None:
    folder, lock = tmp_path / "peer", tmp_path / "peer.lock"
    folder.mkdir()
    lock.write_text("a==1", "ascii")
    assert installing._stale(folder, lock)
    installing._stamp(folder, lock)
    assert not installing._stale(folder, lock)
    lock.write_text("a==2", "ascii")
    assert installing._stale(folder, lock)
