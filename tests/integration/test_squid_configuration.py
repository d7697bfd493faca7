"""Every combination of options is a configuration that Squid takes, and the authority signs for nothing else."""

import itertools
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.outbound import authority
from gateway.outbound.demonstration import leaf
from gateway.outbound.squid import configuration
from gateway.outbound.squid.authentication import Authentication
from gateway.outbound.squid.options import Mode, Options
from gateway.outbound.squid.running import found
from tests.fakes.policies_in_force import PAGE
from tests.fakes.tls_origins import context_of

KERBEROS = Authentication.kerberos(Path("/etc/squid/proxy.keytab"), "HTTP/proxy.hopital.example@HOPITAL.EXAMPLE")
LDAP = Authentication.ldap(
    "ldaps://annuaire.hopital.example",
    "ou=agents,dc=hopital,dc=example",
    who="(&(objectClass=person)(uid=%s))",
    bind="cn=lecture,dc=hopital,dc=example",
    secret=Path("/etc/squid/ldap.secret"),
)
HARMLESS = "WARNING: HTTP requires the use of Via"

COMBINATIONS = [
    (mode, certified, known, strict)
    for mode, certified, known, strict in itertools.product(Mode, (False, True), (None, KERBEROS, LDAP), (False, True))
    if not (mode is Mode.TRANSPARENT and known)
]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = authority.made_root("Racine inventée")
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.write(authority.constrained(root, ["chatgpt.com"], "Filtre inventé"), path, [root.certificate])
    return path


@pytest.mark.parametrize(("mode", "certified", "known", "strict"), COMBINATIONS)
def test_squid_takes_it(
    tmp_path: Path, certificate: Path, *, mode: Mode, certified: bool, known: Authentication | None, strict: bool
) -> None:
    """`strict` is every choice that is not the default, together."""
    chosen = Options(
        folder=tmp_path / "conf",
        state=tmp_path / "state",
        page=PAGE,
        mode=mode,
        certificate=certificate if certified else None,
        authentication=known,
        closed=strict,
        nameless=not strict,
        counted=not strict,
        workers=2 if strict else 1,
        gateway=("10.1.1.1", "fd00::1") if strict else (),
        doh=() if strict else Options.__dataclass_fields__["doh"].default,
        ech_outer="" if strict else "cloudflare-ech.com",
        user="proxy" if strict else "",
        address="127.0.0.1" if strict else "",
    )
    written = configuration.write(chosen)
    said = subprocess.run(
        [found(), "-k", "parse", "-f", str(chosen.folder / "squid.conf")], capture_output=True, text=True, check=False
    )
    told = [line for line in said.stderr.splitlines() if any(word in line for word in ("ERROR", "WARNING", "FATAL"))]
    assert [line for line in told if HARMLESS not in line] == []
    assert said.returncode == 0
    assert all(path.exists() for path in written)


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, int]]]:
    """Servers whose certificates were signed with the stolen key of a constrained authority."""
    folder = tmp_path_factory.mktemp("forged")
    root = authority.made_root("Racine inventée")
    made = authority.constrained(root, ["chatgpt.com"], "Filtre inventé")
    (folder / "root.pem").write_bytes(authority.pem(root.certificate))
    ports, servers = {}, []
    for name in ("chatgpt.com", "api.chatgpt.com", "has-sante.example", "notchatgpt.com"):
        shown = leaf(made, name)
        context = context_of(shown + authority.pem(made.certificate), folder / f"{name}.pem")
        servers.append(_Tls(("127.0.0.1", 0), context))
        ports[name] = servers[-1].server_address[1]
        threading.Thread(target=servers[-1].serve_forever, args=(0.01,), daemon=True).start()
    yield folder / "root.pem", ports
    for server in servers:
        server.shutdown()
        server.server_close()


class _Tls(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], context: ssl.SSLContext) -> None:
        self.context = context
        super().__init__(address, _Answer)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that close are the point."""


class _Answer(socketserver.BaseRequestHandler):
    server: _Tls

    def handle(self) -> None:
        with self.server.context.wrap_socket(self.request, server_side=True) as connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@pytest.mark.parametrize(
    ("name", "accepted"),
    [("chatgpt.com", True), ("api.chatgpt.com", True), ("has-sante.example", False), ("notchatgpt.com", False)],
)
def test_a_certificate_outside_the_constraints_is_rejected(
    forged: tuple[Path, dict[str, int]], name: str, *, accepted: bool
) -> None:
    """Whoever steals the key of the filter could read what staff send to any site of the web."""
    root, ports = forged
    said = subprocess.run(
        [
            "curl",
            "-sS",
            "--noproxy",
            "*",
            "--cacert",
            str(root),
            "--resolve",
            f"{name}:{ports[name]}:127.0.0.1",
            f"https://{name}:{ports[name]}/",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode == 0) is accepted
    assert accepted or "permitted subtree violation" in said.stderr
