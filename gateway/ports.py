"""Ports of this machine that nobody uses, for servers started a moment later: demonstrations, benches, tests.

They lie below those that the kernel hands out by itself, if there is room: any program's outgoing connection could take
one of these before the server is up. Nothing is kept; two who ask at once are unlikely to get the same.
"""

import contextlib
import errno
import os
import socket
from pathlib import Path
from random import SystemRandom

_HOST = "127.0.0.1"
_FIRST = 11_000
"""Above every port to which browsers refuse to speak."""
_LAST = 32_768
"""Where Linux begins to hand out ports, unless its operator says otherwise."""
_TRIES = 1000
_HANDED_OUT = Path("/proc/sys/net/ipv4/ip_local_port_range")

_draw = SystemRandom()  # processes that were given the same seed must not draw the same ports


def free_port() -> int:
    """Return a port of loopback on which nobody listens now, for connections or datagrams; OSError if there is none."""
    drawn = _draw.sample(range(_FIRST, _handed_out()), _TRIES)
    found = next(filter(_free, drawn), None)
    if found is None:
        raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
    return found


def _handed_out() -> int:
    """Return the first port that the kernel hands out; where that leaves no room below, any will do."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        first = int(_HANDED_OUT.read_text("ascii").split()[0])
        if first >= _FIRST + _TRIES:
            return first
    return _LAST


def _free(port: int) -> bool:
    with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        try:
            stream.bind((_HOST, port))
            datagrams.bind((_HOST, port))
        except OSError:
            return False
    return True
