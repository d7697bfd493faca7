import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway import ports

HOST = "127.0.0.1"


class Drawn:
    """Draws what it was told."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = numbers

    def sample(self, _among: range, _count: int) -> tuple[int, ...]:
        """Return all that it was told."""
        return self._numbers


@pytest.fixture(params=[socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["stream", "datagrams"])
def taken(request: pytest.FixtureRequest) -> Iterator[int]:
    with socket.socket(type=request.param) as somebody:
        somebody.bind((HOST, 0))
        yield somebody.getsockname()[1]


def test_they_are_free_different_and_never_handed_out_to_a_connection() -> None:
    """Catches a server that cannot start, since a caller of somebody else was given its port in the meantime."""
    found = ports.free_ports(20)
    assert len(set(found)) == 20
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text("ascii").split()[0])
    assert max(found) < first
    for port in found:
        with socket.socket() as listener:
            listener.bind((HOST, port))


def test_a_port_that_somebody_has_is_passed_over(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    (free,) = ports.free_ports(1)
    monkeypatch.setattr(ports, "_draw", Drawn(taken, free))
    assert ports.free_port() == free


def test_none_left_is_said(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_draw", Drawn(taken))
    with pytest.raises(OSError, match="in use"):
        ports.free_port()
