"""`python -m gateway.outbound.icap`: the service as a process of its own, from its start to its signal."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from gateway.ports import free_port
from tests.fakes.policies_in_force import put

USER, ADDRESS = "solene.lebihan", "10.0.0.1"


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Start the service, and return its port once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "gateway.outbound.icap", str(folder), "--listen", f"127.0.0.1:{port}", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and process.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.05)
            yield port, process
        finally:
            process.kill()


def reqmod(port: int, host: str) -> str:
    """Ask about a tunnel as a proxy does, and return what is answered."""
    http = f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}\r\n\r\n"
    icap = (
        f"REQMOD icap://127.0.0.1/reqmod ICAP/1.0\r\nHost: x\r\nAllow: 204\r\nConnection: close\r\n"
        f"X-Client-IP: {ADDRESS}\r\nX-Client-Username: {USER}\r\n"
        f"Encapsulated: req-hdr=0, null-body={len(http)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), 10) as wire:
        wire.sendall((icap + http).encode())
        found = b""
        while more := wire.recv(65536):
            found += more
    return found.decode()


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    """Send the signal of a service that is stopped, and return how it ended and what it said."""
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def test_attempts_are_counted_and_nobody_is_named(tmp_path: Path) -> None:
    """Would catch: the user or the address of an attempt on the disk, or an attempt lost with the signal."""
    put(tmp_path)
    with serving(tmp_path, "--count") as (port, process):
        assert '"service": "chatgpt"' in reqmod(port, "chatgpt.com")
        assert reqmod(port, "has-sante.example").startswith("ICAP/1.0 204")
        assert reqmod(port, "www.deepl.com").startswith("ICAP/1.0 204")
        assert ended(process) == (0, b"")
    files = list((tmp_path / "spool").iterdir())
    assert [file.suffix for file in files] == [".jsonl"]
    events = [json.loads(line) for line in files[0].read_text(encoding="utf-8").splitlines()]
    assert [(event[3], event[5], event[7]) for event in events] == [
        ("chatgpt", "block", "icap"),
        ("deepl", "observe", "icap"),
    ]
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert USER.encode() not in kept
    assert ADDRESS.encode() not in kept
    assert [path.parent.name for path in tmp_path.rglob("????-??.key")] == ["pseudonyms"]


def test_where_the_proxy_counts_nothing_is_written(tmp_path: Path) -> None:
    put(tmp_path)
    with serving(tmp_path) as (port, process):
        assert '"service": "chatgpt"' in reqmod(port, "chatgpt.com")
        assert ended(process) == (0, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["snapshot.bin"]


@pytest.mark.parametrize("closed", [(), ("--closed",)])
def test_connections_that_no_decision_was_had_for_are_counted_as_that(tmp_path: Path, closed: tuple[str, ...]) -> None:
    with serving(tmp_path, "--count", *closed) as (port, process):
        reqmod(port, "chatgpt.com")
        reqmod(port, "has-sante.example")
        assert ended(process)[0] == 0
    (file,) = (tmp_path / "spool").iterdir()
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == [["n", "error", 1]] * 2


def test_without_a_policy_the_hospital_chooses(tmp_path: Path) -> None:
    with serving(tmp_path, "--count") as (port, process):
        assert reqmod(port, "chatgpt.com").startswith("ICAP/1.0 204")
        assert ended(process)[0] == 0
    with serving(tmp_path, "--closed") as (port, process):
        assert not reqmod(port, "has-sante.example").startswith("ICAP/1.0 204")
        assert ended(process)[0] == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--listen", "1344"), "l’adresse s’écrit 127.0.0.1:1344"),
        (("--listen", "127.0.0.1:x"), "l’adresse s’écrit 127.0.0.1:1344"),
        (("--count", "--raw-days", "400"), "entre 30 et 180 jours"),
        (("--listen", "192.0.2.1:1344"), "n’a pas pu écouter sur 192.0.2.1, port 1344"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    """Would catch: a service that listens on every address for want of one, and keys kept beyond what may be."""
    command = [sys.executable, "-m", "gateway.outbound.icap", str(tmp_path), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
