"""A Squid of ours before a web site of ours, on loopback, under a policy that refuses: for `ecluse outbound demo`.

Nothing leaves the machine, and nothing stays on it: the folder is deleted at the end.
"""

import datetime as dt
import http.client
import json
import shutil
import socketserver
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typing_extensions import override

from filters.outbound.catalogue import load_catalogue
from filters.outbound.loader import load_policy
from filters.outbound.snapshot import compiled, write
from gateway.outbound import authority
from gateway.outbound.counting import spool
from gateway.outbound.judge import SNAPSHOT
from gateway.outbound.squid import configuration
from gateway.outbound.squid.options import Options
from gateway.outbound.squid.running import Squid, given, interpreter
from gateway.ports import free_port

ALLOWED: Final = "revue-medicale.example"
REFUSED: Final = "chatgpt.com"
PROGRAM: Final = "api.openai.com"

_POLICY: Final = """\
version: demonstration
mode: block
steps:
  - {{mode: block, begins: {today}, decided_by: DSI de démonstration, seen_by: DPO de démonstration,
     in_haste: démonstration}}
page: https://ia.hopital.example/outbound/blocked
services: {{chatgpt: bloquer, openai_api: bloquer}}
departments: {{Démonstration: [127.0.0.0/8]}}
"""
_ORIGIN: Final = "127.0.0.1"
_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Answered:
    """What one of the three requests was answered."""

    status: int
    location: str
    """Where a browser is sent."""
    body: str
    issuer: str
    """Who signed the certificate that was shown."""


class Demonstration:
    """What runs, and how to ask it."""

    def __init__(self, folder: Path, port: int, origin: int, trusted: ssl.SSLContext) -> None:
        """`port` is the proxy's, `origin` the site's."""
        self.state = folder / "state"
        self._port, self._origin, self._trusted = port, origin, trusted

    def ask(self, name: str, *, browser: bool) -> Answered:
        """Ask for the first page of a site through the proxy, as a browser or as a program does."""
        connection = http.client.HTTPSConnection(_ORIGIN, self._port, timeout=_SECONDS, context=self._trusted)
        connection.set_tunnel(name, self._origin)
        accept = "text/html,*/*" if browser else "application/json"
        try:
            connection.request("GET" if browser else "POST", "/", headers={"Accept": accept})
            shown = _issuer(connection.sock)
            answer = connection.getresponse()
            return Answered(answer.status, answer.headers.get("Location", ""), answer.read().decode(), shown)
        finally:
            connection.close()

    def counted(self, expected: int) -> list[list[Any]]:
        """Return what was written of the attempts, once there is as much as expected or time is up."""
        deadline = time.monotonic() + _SECONDS
        while len(found := list(self._events())) < expected and time.monotonic() < deadline:
            time.sleep(0.05)
        return found

    def _events(self) -> Iterator[list[Any]]:
        folder = self.state / spool.FOLDER
        for file in sorted(folder.iterdir()) if folder.exists() else ():
            for line in file.read_text(encoding="utf-8").splitlines():
                event = json.loads(line)
                if event[0] == "e":
                    yield event


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """Start everything, and clear it away at the end.

    Raises `SquidMissingError` or `SquidStoppedError`, with a French sentence, and OSError where something stays behind.
    """
    # Not below the user's own folders: the account that Squid becomes must be able to walk down to it.
    folder = Path(tempfile.mkdtemp(prefix="ecluse-outbound-"))
    folder.chmod(0o755)
    try:
        public, staff = authority.made_root("Autorité publique de démonstration"), authority.made_root("Autorité DSI")
        refusing = authority.constrained(staff, [REFUSED, PROGRAM], "Filtre de démonstration")
        authority.write(refusing, folder / "ca.pem", [staff.certificate])
        (folder / "site.pem").write_bytes(leaf(public, ALLOWED))
        _put_policy(folder)
        port = free_port()
        with _site(folder / "site.pem") as origin, Squid(*_squid(folder, port, origin)):
            trusted = ssl.create_default_context(
                cadata=(authority.pem(public.certificate) + authority.pem(staff.certificate)).decode()
            )
            yield Demonstration(folder, port, origin, trusted)
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    """Delete the folder, once Squid's own programs, which end a moment after it, have written their last."""
    deadline = time.monotonic() + _SECONDS
    while _in_use(folder) and time.monotonic() < deadline:
        time.sleep(0.02)
    shutil.rmtree(folder)


def _in_use(folder: Path) -> bool:
    """Return whether the command line of some process names the folder."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if bytes(folder) in file.read_bytes():
                return True
    return False


def _put_policy(folder: Path) -> None:
    text = folder / "policy.yaml"
    text.write_text(_POLICY.format(today=dt.datetime.now(dt.UTC).date()), encoding="utf-8")
    catalogue = load_catalogue()
    state = folder / "state"
    state.mkdir()
    write(compiled(load_policy(text, catalogue), catalogue), state / SNAPSHOT)


def _squid(folder: Path, port: int, origin: int) -> tuple[Path, tuple[int], Path]:
    python, path = interpreter()
    names = "\n".join(f"{_ORIGIN} {name}" for name in ("localhost", ALLOWED, REFUSED, PROGRAM))
    (folder / "hosts").write_text(f"{names}\n", encoding="utf-8")
    options = Options(
        folder=folder / "squid",
        state=folder / "state",
        page="https://ia.hopital.example/outbound/blocked",
        certificate=folder / "ca.pem",
        address=_ORIGIN,
        port=port,
        tls_ports=(origin,),
        localnet=("127.0.0.0/8",),
        local_destinations=True,
        python=python,
        python_path=path,
        pid_file=folder / "squid.pid",
        cache_log=folder / "cache.log",
        hosts_file=folder / "hosts",
    )
    configuration.write(options)
    given(folder)
    return options.folder / configuration.CONFIGURATION, (port,), options.cache_log


class _Site(socketserver.ThreadingTCPServer):
    daemon_threads = True

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a connection that ends early."""


@contextmanager
def _site(certificate: Path) -> Iterator[int]:
    """Serve one page over TLS, and return the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Page(socketserver.StreamRequestHandler):
        @override
        def setup(self) -> None:
            self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        @override
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\nConnection: close\r\n\r\nrevue du jour")

    with _Site((_ORIGIN, 0), Page) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def leaf(root: authority.Authority, name: str) -> bytes:
    """Return a certificate of one day for a site, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(root.key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return authority.pem(certificate) + private


def _issuer(sock: Any) -> str:  # noqa: ANN401 - http.client gives its socket no type
    certificate = x509.load_der_x509_certificate(sock.getpeercert(binary_form=True))
    return ", ".join(str(part.value) for part in certificate.issuer)
