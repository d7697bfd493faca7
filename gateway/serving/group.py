"""A gateway of several processes: one address, one folder of counts, one parent."""

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from config.settings import Settings
from gateway.api.logs import access_log
from gateway.serving.door import Loads
from gateway.serving.parent import Parent
from gateway.serving.server import Patience
from gateway.serving.worker import Work
from gateway.tallies import Tallies
from gateway.wiring import Together
from gateway.workers.nursery import Nursery
from gateway.workers.pool import ANALYSIS


def serve(settings: Settings, words: Callable[[Exception], str]) -> str | None:
    """Serve until told to stop; return, in words, what kept the gateway from opening or from going on, if anything."""
    server, log = settings.server, access_log(settings.logging)
    with contextlib.ExitStack() as stack:
        try:
            sockets = stack.enter_context(listening(server.host, server.port))
        except OSError:
            return f"l’adresse {server.host}:{server.port} ne peut pas être ouverte."
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ecluse-")))
        together = Together(Tallies(folder), folder / "detectors")
        nursery = stack.enter_context(
            contextlib.closing(Nursery(together.nursery, ANALYSIS, (settings.masking.recognizers,)))
        )
        loads = Loads(server.workers)
        log.info("listening", addresses=[_address(each) for each in sockets], workers=server.workers, pid=os.getpid())
        return Parent(
            Work(settings, sockets, server.workers, together, loads, words),
            server.workers,
            log,
            Patience.chosen(server).whole,
            server.worker_memory_mb,
            together.tallies.bury,
            nursery.tend,
            lambda: _close(sockets),
            loads.vacate,
        ).run()


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Give a socket for each address of a host, on one port.

    Whoever comes is refused until a process listens, and kept waiting from then on, where none is left.

    They are shared, rather than one for each process: what waits for a process that has died is taken by the others.
    """
    sockets: list[socket.socket] = []
    with contextlib.ExitStack() as stack:
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            each = stack.enter_context(socket.socket(family, kind, protocol))
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family is socket.AF_INET6:
                each.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            chosen = sockets[0].getsockname()[1] if sockets else port
            each.bind((address[0], chosen, *address[2:]))
            sockets.append(each)
        yield sockets


def _close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if listener.family is socket.AF_INET6 else f"http://{host}:{port}"
