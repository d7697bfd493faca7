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


@pytest.mark.parametrize(
    ("kernels", "below"),
    [("32768\t60999\n", 32_768), ("20000\t60999\n", 20_000), ("1024\t65535\n", 32_768), ("", 32_768)],
)
def test_it_is_free_and_not_one_that_a_connection_is_given(
    kernels: str, below: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches a server that cannot start, since a caller of somebody else was given its port in the meantime."""
    told = tmp_path / "ip_local_port_range"
    told.write_text(kernels, "ascii")
    monkeypatch.setattr(ports, "_HANDED_OUT", told)
    for _ in range(20):
        port = ports.free_port()
        assert port < below
        with socket.socket() as listener:
            listener.bind((HOST, port))


def test_a_port_that_somebody_has_is_passed_over(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    free = ports.free_port()
    monkeypatch.setattr(ports, "_draw", Drawn(taken, free))
    assert ports.free_port() == free


def test_none_left_is_said(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_draw", Drawn(taken))
    with pytest.raises(OSError, match="in use"):
        ports.free_port()
