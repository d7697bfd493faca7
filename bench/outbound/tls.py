"""Small pages over TLS, each on a connection of its own: straight from the origin, or through a tunnel of a proxy.

`python -m bench.outbound.tls CERTIFICATE` is the origin, which prints its port: a process of its own, so that it does
not share the load's.
"""

import asyncio
import ssl
import sys
import time
from typing import cast

import uvloop
from typing_extensions import override

from bench.outbound.connects import Load

CALLERS = 16
_PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
_TUNNEL = b"HTTP/1.1 200 "


async def _get(name: str, port: int, proxy: int, trusted: ssl.SSLContext) -> bool:
    """Return whether the page came, through the proxy on a port unless that is 0."""
    if not proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusted, server_hostname=name)
    else:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy)
        writer.write(f"CONNECT {name}:{port} HTTP/1.1\r\nHost: {name}:{port}\r\n\r\n".encode())
        if not (await reader.readuntil(b"\r\n\r\n")).startswith(_TUNNEL):
            writer.close()
            return False
        await writer.start_tls(trusted, server_hostname=name)
    writer.write(f"GET / HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
    page = await reader.readexactly(len(_PAGE))
    writer.close()
    return page == _PAGE


async def _load(name: str, port: int, proxy: int, trusted: ssl.SSLContext, seconds: float) -> Load:
    done = wrong = 0
    begun = time.perf_counter()

    async def caller() -> None:
        nonlocal done, wrong
        while time.perf_counter() < begun + seconds:
            try:
                good = await _get(name, port, proxy, trusted)
            except (OSError, asyncio.IncompleteReadError):
                good = False
            done, wrong = done + good, wrong + (not good)

    async with asyncio.TaskGroup() as group:
        for _ in range(CALLERS):
            group.create_task(caller())
    return Load(done, wrong, time.perf_counter() - begun)


def gets(name: str, port: int, proxy: int, trusted: ssl.SSLContext, seconds: float) -> Load:
    """Ask the origin on `port` for pages during some seconds, through the proxy on a port unless that is 0."""
    return uvloop.run(_load(name, port, proxy, trusted, seconds))


class _Site(asyncio.Protocol):
    transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    @override
    def data_received(self, data: bytes) -> None:
        # The request is one segment: the client is ours.
        self.transport.write(_PAGE)
        self.transport.close()


async def _serve(certificate: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Site, "127.0.0.1", 0, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1]))
