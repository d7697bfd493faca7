"""The response policy zone, loaded by a real unbound that answers by it; what it logs is taken in again."""

import contextlib
import datetime as dt
import shutil
import socket
import struct
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.exports import rpz
from filters.outbound.exports.listing import Entry, Stamp, listing
from filters.outbound.intake import attempts
from filters.outbound.intake.parser import Tally
from gateway.ports import free_port

UNBOUND = shutil.which("unbound") or shutil.which("unbound", path="/usr/sbin")

A, AAAA, HTTPS = 1, 28, 65
NXDOMAIN, NOERROR = 3, 0
STAMP = Stamp("a1b2c3", dt.date(2026, 1, 31))
LISTING = listing(
    [
        Entry("chatgpt.com", "chatgpt", Verdict.BLOCK),
        Entry("openai.com", "chatgpt", Verdict.BLOCK),
        Entry("api.openai.com", "openai_api", Verdict.OBSERVE),
    ],
    (),
)
SERVICES = {
    "chatgpt.com": "chatgpt",
    "a.chatgpt.com": "chatgpt",
    "openai.com": "chatgpt",
    "api.openai.com": "openai_api",
}
WORLD = """\
$TTL 60
@ SOA localhost. h.localhost. 1 3600 600 86400 60
@ NS localhost.
chatgpt.com A 192.0.2.1
openai.com A 192.0.2.2
api.openai.com A 192.0.2.3
notopenai.com A 192.0.2.4
has-sante.fr A 192.0.2.5
ia.hopital.example A 192.0.2.80
"""
CONFIGURATION = """\
server:
  interface: 127.0.0.1@{port}
  do-daemonize: no
  use-syslog: no
  logfile: ""
  chroot: ""
  username: ""
  directory: "{folder}"
  pidfile: "{folder}/unbound.pid"
  module-config: "respip iterator"
{options}
auth-zone:
  name: "."
  zonefile: "{folder}/world.zone"
  for-downstream: no
  for-upstream: yes
rpz:
  name: ecluse
  zonefile: "{folder}/ecluse.rpz"
  rpz-log: yes
  rpz-log-name: ecluse
{policy}
remote-control:
  control-enable: no
"""


def answering(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until a resolver answers; False where it has ended instead."""
    for _ in range(100):
        with contextlib.suppress(TimeoutError, ConnectionError):
            ask(port, "has-sante.fr", seconds=0.2)
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.05)
    return True


@contextlib.contextmanager
def running(folder: Path, zone: str, options: str = "", policy: str = "") -> Iterator[int]:
    """Start unbound with a zone of its own for the whole world, and stop it."""
    (folder / "world.zone").write_text(WORLD)
    (folder / "ecluse.rpz").write_text(zone)
    assert UNBOUND, "unbound is missing: install Debian's package unbound"
    port = free_port()
    text = CONFIGURATION.format(port=port, folder=folder, options=options, policy=policy)
    (folder / "unbound.conf").write_text(text)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([UNBOUND, "-c", str(folder / "unbound.conf")], stderr=log, stdout=log)
    try:
        assert answering(process, port), (folder / "log").read_text()
        yield port
    finally:
        process.terminate()
        process.wait(10)


def ask(port: int, name: str, kind: int = A, seconds: float = 5) -> tuple[int, str]:
    """Return the code of an answer, and its last address."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    query = struct.pack(">6H", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", kind, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(seconds)
        client.connect(("127.0.0.1", port))
        client.send(query)
        answer = client.recv(4096)
    count = struct.unpack(">H", answer[6:8])[0]
    address = ".".join(map(str, answer[-4:])) if count and kind == A else ""
    return answer[3] & 15, address


def test_refused_names_do_not_exist_and_the_others_do(tmp_path: Path) -> None:
    with running(tmp_path, rpz.write(LISTING, STAMP, 1).text) as port:
        for name in ("chatgpt.com", "a.chatgpt.com", "openai.com", "x.y.openai.com"):
            assert ask(port, name)[0] == NXDOMAIN, name
        assert ask(port, "api.openai.com") == (NOERROR, "192.0.2.3")
        assert ask(port, "notopenai.com") == (NOERROR, "192.0.2.4")
        assert ask(port, "has-sante.fr") == (NOERROR, "192.0.2.5")


def test_refused_names_lead_to_the_page_and_give_no_key_for_encrypted_hello(tmp_path: Path) -> None:
    with running(tmp_path, rpz.write(LISTING, STAMP, 1, "ia.hopital.example").text) as port:
        assert ask(port, "chatgpt.com") == (NOERROR, "192.0.2.80")
        assert ask(port, "a.b.chatgpt.com") == (NOERROR, "192.0.2.80")
        assert ask(port, "chatgpt.com", HTTPS)[1] == ""
        assert ask(port, "api.openai.com") == (NOERROR, "192.0.2.3")


@pytest.mark.parametrize("options", ["", "  log-time-ascii: yes"])
def test_its_log_is_taken_in_each_attempt_once(tmp_path: Path, options: str) -> None:
    with running(tmp_path, rpz.write(LISTING, STAMP, 1).text, options) as port:
        for name in ("chatgpt.com", "a.chatgpt.com", "openai.com", "has-sante.fr", "api.openai.com"):
            for kind in (A, AAAA, HTTPS):
                ask(port, name, kind)
    tally = Tally()
    with (tmp_path / "log").open() as log:
        found = list(attempts(log, "unbound", lambda host: SERVICES.get(host, ""), zone=dt.UTC, tally=tally))
    assert Counter((one.service, one.verdict) for one in found) == {
        ("chatgpt", Verdict.BLOCK): 3,
        ("openai_api", Verdict.OBSERVE): 1,
    }
    assert not tally.bad
    assert all(one.source == "127.0.0.1" for one in found)
    now = dt.datetime.now(dt.UTC)
    assert all(abs(now - one.at) < dt.timedelta(days=1) for one in found)


def test_a_zone_that_only_logs_counts_and_cuts_nothing(tmp_path: Path) -> None:
    """How a hospital observes before it refuses: the zone's answers are not given, only written down."""
    with running(tmp_path, rpz.write(LISTING, STAMP, 1).text, policy="  rpz-action-override: disabled") as port:
        assert ask(port, "chatgpt.com") == (NOERROR, "192.0.2.1")
    with (tmp_path / "log").open() as log:
        found = list(attempts(log, "unbound", lambda host: SERVICES.get(host, "")))
    assert [one.verdict for one in found] == [Verdict.OBSERVE]
