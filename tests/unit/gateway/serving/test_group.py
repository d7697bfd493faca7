"""The sockets that the processes of a gateway share."""

import pytest

from gateway.serving.group import listening


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_every_address_of_a_host_has_the_same_port(host: str) -> None:
    with listening(host, 0) as sockets:
        assert len({each.getsockname()[1] for each in sockets}) == 1
        assert {each.getsockname()[0] for each in sockets} <= {"127.0.0.1", "::1"}
        again = sockets[0].getsockname()[1]
        sockets[0].listen()
        with pytest.raises(OSError, match="in use"), listening(host, again):
            pass
    assert {each.fileno() for each in sockets} == {-1}
