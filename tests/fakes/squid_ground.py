"""A Squid of ours before origins of ours, and curl behind it: what people and programs see, and what is counted."""

import base64
import contextlib
import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from filters.outbound.snapshot import Snapshot
from gateway.outbound import authority
from gateway.outbound.squid import configuration
from gateway.outbound.squid.options import Mode, Options
from gateway.outbound.squid.running import Squid, given, interpreter
from gateway.ports import free_port
from tests.fakes.policies_in_force import PAGE, put
from tests.fakes.tls_origins import Origins, origins

NAMES = (
    "has-sante.example",
    "chatgpt.com",
    "api.openai.com",
    "claude.ai",
    "www.deepl.com",
    "api.mistral.ai",
    "dns.google",
    "cloudflare-ech.com",
    "unknown.ai",
)
CONSTRAINED = ("chatgpt.com", "openai.com", "claude.ai")
ALLOWED = "has-sante.example"
PERSON = "127.0.0.1"
GATEWAY = "127.0.0.9"
PATIENCE = 60.0
"""Seconds that are waited for what comes at once, where the machine has nothing else to do."""


class Counted(NamedTuple):
    """What the spool says of one attempt."""

    service: str
    verdict: str
    planned: str
    department: str
    version: str


class Got(NamedTuple):
    """What curl was answered. `code` is 0 where there was no answer; `issuer` is of the certificate that was shown."""

    code: int
    connect: int
    location: str
    issuer: str
    body: str
    exit: int


class Ground:
    """A folder that Squid's account reads, with everything in it."""

    def __init__(self, folder: Path, sites: Origins, constrained_to: tuple[str, ...]) -> None:
        self.folder, self.sites = folder, sites
        self.state, self.conf = folder / "state", folder / "conf"
        self._forgotten = 0
        self.port = free_port()
        root = authority.made_root("Autorité de l’hôpital inventé")
        self.authority = authority.constrained(root, constrained_to, "Filtre inventé")
        authority.write(self.authority, folder / "authority.pem", [root.certificate])
        (folder / "trusted.pem").write_bytes(sites.root + authority.pem(root.certificate))
        (folder / "hosts").write_text(sites.hosts())
        self.state.mkdir()

    def options(self, **chosen: Any) -> Options:
        """Return the options of a Squid on this ground."""
        python, path = interpreter()
        return Options(
            **{
                "folder": self.conf,
                "state": self.state,
                "page": PAGE,
                "address": "127.0.0.1",
                "port": self.port,
                "tls_ports": (self.sites.port,),
                "localnet": ("127.0.0.0/8",),
                "gateway": (GATEWAY,),
                "local_destinations": True,
                "python": python,
                "python_path": path,
                "pid_file": self.folder / "squid.pid",
                "cache_log": self.folder / "cache.log",
                "hosts_file": self.folder / "hosts",
            }
            | chosen
        )

    def squid(self, **chosen: Any) -> Squid:
        """Return a Squid that is not started yet."""
        options = self.options(**chosen)
        configuration.write(options)
        given(self.folder)
        ports = [options.http_port, options.https_port] if options.mode is Mode.TRANSPARENT else []
        return Squid(self.conf / "squid.conf", [self.port, *ports], self.folder / "cache.log")

    def curl(self, url: str, *more: str, source: str = PERSON, html: bool = False, proxy: bool = True) -> Got:
        """Ask for `url` through Squid; `{tls}` and `{http}` stand for the ports of the sites."""
        address = url.format(tls=self.sites.port, http=self.sites.plain)
        told = ["%{http_code}", "%{http_connect}", "%{redirect_url}", "%{certs}"]
        command = ["curl", "-sS", "-m", "10", "--interface", source]
        command += ["-x", f"http://127.0.0.1:{self.port}"] if proxy else []
        command += ["--cacert", str(self.folder / "trusted.pem"), "-w", "\n@@" + "@@".join(told)]
        command += ["-H", "Accept: text/html,*/*"] if html else ["-H", "Accept: application/json"]
        # Stdin is closed: nothing of the tests' own proxy settings gets through either.
        clean = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        done = subprocess.run(
            [*command, *(one.format(tls=self.sites.port) for one in more), address],
            capture_output=True,
            text=True,
            check=False,
            env=clean,
            stdin=subprocess.DEVNULL,
        )
        body, code, connect, location, certificates = done.stdout.split("@@", 4)
        issuer = certificates.partition("Issuer:")[2].partition("\n")[0].strip()
        return Got(int(code), int(connect), location, issuer, body.removesuffix("\n"), done.returncode)

    @contextmanager
    def tunnel(self, name: str, user: str = "", source: str = PERSON) -> Iterator[Callable[[str], str]]:
        """Open a tunnel to a name and TLS in it, and ask for nothing yet: what is yielded asks once."""
        site = f"{name}:{self.sites.port}"
        signed = f"Proxy-Authorization: Basic {base64.b64encode(user.encode()).decode()}\r\n" if user else ""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE, (source, 0)) as outer:
            outer.sendall(f"CONNECT {site} HTTP/1.1\r\nHost: {site}\r\n{signed}\r\n".encode())
            assert outer.recv(4096).startswith(b"HTTP/1.1 200")
            trusted = ssl.create_default_context(cafile=str(self.folder / "trusted.pem"))
            with trusted.wrap_socket(outer, server_hostname=name) as inner:

                def ask(path: str) -> str:
                    inner.sendall(f"GET {path} HTTP/1.1\r\nHost: {site}\r\nAccept: text/html\r\n\r\n".encode())
                    return b"".join(iter(lambda: inner.recv(65536), b"")).decode()

                yield ask

    def put(self, policy: Snapshot | None = None) -> None:
        """Put a policy in force, and let Squid's account read what the gateway wrote."""
        put(self.state, policy)
        given(self.state)

    def counted(self, expected: int) -> list[Counted]:
        """Return what was counted: once there is as much as expected, and nothing more has come since."""
        eventually(lambda: len(self._events("e")) >= expected)
        time.sleep(0.3)
        return [Counted(event[3], event[5], event[6], event[4], event[8]) for event in self._events("e")]

    def faults(self) -> int:
        """Return how many connections could not be decided, as counted."""
        return sum(event[2] for event in self._events("n") if event[1] == "error")

    def forget(self) -> None:
        """Begin to count again."""
        time.sleep(0.3)
        self._forgotten = len(self._lines())
        self.sites.connections.clear()

    def pids(self, module: str) -> list[int]:
        """Return the processes of this ground that run a module of ours; not the shells around them."""
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_text().split("\0") if entry.name.isdigit() else []
                if f"gateway.outbound.squid.{module}" in words and str(self.state) in words:
                    found.append(int(entry.name))
        return found

    def _events(self, kind: str) -> list[list[Any]]:
        return [event for event in map(json.loads, self._lines()[self._forgotten :]) if event[0] == kind]

    def _lines(self) -> list[str]:
        spool = self.state / "spool"
        files = sorted(spool.iterdir()) if spool.exists() else []
        # What is being written is not read yet.
        return [line for file in files for line in file.read_text().rpartition("\n")[0].splitlines()]


def eventually(holds: Callable[[], bool]) -> bool:
    """Return whether something comes true; how soon is not for tests to say, on a machine that may stand still."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def ground(
    network: int, constrained_to: tuple[str, ...] = CONSTRAINED, ports: tuple[int, int] = (0, 0)
) -> Iterator[Ground]:
    """Make a ground with the usual policy; `network` is the module's own number."""
    # Not a fixture's folder: Squid's account must be able to walk down to it.
    folder = Path(tempfile.mkdtemp(prefix="ecluse-squid-"))
    folder.chmod(0o755)
    try:
        with origins(NAMES, folder, network, ports) as sites:
            made = Ground(folder, sites, constrained_to)
            put(made.state)
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)
