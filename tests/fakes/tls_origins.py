"""Web sites of the outside, on loopback: each name has an address, a certificate of a private authority, a count."""

import socketserver
import ssl
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from gateway.outbound.authority import made_root, pem
from gateway.outbound.demonstration import leaf


class Origins(NamedTuple):
    """Sites that answer `origin NAME`; `port` is that of TLS on every address, `plain` that of HTTP."""

    addresses: dict[str, str]
    port: int
    plain: int
    root: bytes
    connections: Counter[str]
    """TCP connections accepted, by name."""

    def hosts(self) -> str:
        """Return the hosts file under which the names lead here."""
        return "127.0.0.1 localhost\n" + "".join(f"{address} {name}\n" for name, address in self.addresses.items())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, address: str, port: int, name: str, seen: Counter[str], context: ssl.SSLContext | None) -> None:
        self.name, self.seen, self.context = name, seen, context
        super().__init__((address, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a connection that ends in the middle is what several tests are about."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.server.seen[self.server.name] += 1
        self.request.settimeout(60)
        connection = self.request
        if self.server.context is not None:
            connection = self.server.context.wrap_socket(connection, server_side=True)
        received = b""
        while b"\r\n\r\n" not in received:
            if not (chunk := connection.recv(65536)):
                return
            received += chunk
        body = f"origin {self.server.name}".encode()
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        connection.close()


@contextmanager
def origins(names: Sequence[str], folder: Path, network: int, ports: tuple[int, int] = (0, 0)) -> Iterator[Origins]:
    """Serve names on `127.NETWORK.0.N`, so that tests beside each other have addresses of their own.

    `ports` are those of TLS and of HTTP; any that is free for 0.
    """
    root, seen = made_root("Autorité publique inventée"), Counter[str]()
    addresses = {name: f"127.{network}.0.{rank}" for rank, name in enumerate(names, start=1)}
    port, plain = ports
    with ExitStack() as stack:
        for name, address in addresses.items():
            context = context_of(leaf(root, name), folder / f"{name}.pem")
            secure = stack.enter_context(_Server(address, port, name, seen, context))
            clear = stack.enter_context(_Server(address, plain, name, seen, None))
            port, plain = secure.server_address[1], clear.server_address[1]
            for server in (secure, clear):
                threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
                stack.callback(server.shutdown)
        yield Origins(addresses, port, plain, pem(root.certificate), seen)


def context_of(certificate: bytes, path: Path) -> ssl.SSLContext:
    """Return a context that shows a certificate, which goes through a file."""
    path.write_bytes(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
