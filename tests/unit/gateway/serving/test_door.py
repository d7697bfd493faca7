"""Processes that take callers from one socket: about as many each, and nobody waits for one that is gone."""

import asyncio
import errno
import socket

import pytest

from gateway.serving import door
from gateway.serving.door import YIELD_SECONDS, Door, Loads


def test_whoever_has_more_is_ahead_and_a_vacant_place_is_not_waited_for() -> None:
    loads = Loads(3)
    loads.say(0, 5)
    assert not loads.ahead(0)
    loads.say(1, 4)
    assert loads.ahead(0)
    assert not loads.ahead(1)
    loads.vacate(1)
    assert not loads.ahead(0)


class Full(socket.socket):
    """A listener of a process that has no descriptor left."""

    def __init__(self, host: str) -> None:
        super().__init__(socket.AF_INET, socket.SOCK_STREAM)
        self.asked = 0
        self.bind((host, 0))

    def accept(self) -> tuple[socket.socket, object]:
        """Fail, as the system does."""
        self.asked += 1
        raise OSError(errno.EMFILE, "too many open files")


async def _nobody(caller: socket.socket) -> None:
    raise AssertionError(caller)


class Place:
    """A door of one of several processes, and whom it has taken."""

    def __init__(self, listener: socket.socket, loads: Loads, number: int) -> None:
        self.taken: list[socket.socket] = []
        self.loads, self.number = loads, number
        self.door = Door([listener.dup()], self._ahead, self._welcome)

    def _ahead(self) -> bool:
        self.loads.say(self.number, len(self.taken) + self.door.welcoming)
        return self.loads.ahead(self.number)

    async def _welcome(self, caller: socket.socket) -> None:
        self.taken.append(caller)


async def test_no_descriptor_left_is_waited_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a process that asks without a pause for what the machine has not, and serves nobody meanwhile."""
    monkeypatch.setattr(door, "FULL_SECONDS", 0.1)
    listener, asked = Full("127.0.0.1"), 3
    place = Door([listener], lambda: False, _nobody)
    place.open()
    callers = [socket.create_connection(listener.getsockname()) for _ in range(2)]
    await asyncio.sleep(0.25)
    assert 1 <= listener.asked <= asked
    place.close()
    for each in callers:
        each.close()


async def test_a_burst_is_shared_out() -> None:
    """Catches one process that takes all who wait, because it woke first."""
    listener, loads = socket.create_server(("127.0.0.1", 0)), Loads(2)
    places = [Place(listener, loads, number) for number in range(2)]
    for place in places:
        place._ahead()
        place.door.open()
    callers = [socket.create_connection(listener.getsockname()) for _ in range(20)]
    async with asyncio.timeout(60):
        while sum(len(place.taken) for place in places) < len(callers):  # noqa: ASYNC110
            await asyncio.sleep(YIELD_SECONDS)
    assert all(8 <= len(place.taken) <= 12 for place in places)
    places[0].door.close()
    loads.vacate(0)
    callers.append(socket.create_connection(listener.getsockname()))
    async with asyncio.timeout(60):
        while sum(len(place.taken) for place in places) < len(callers):  # noqa: ASYNC110
            await asyncio.sleep(YIELD_SECONDS)
    places[1].door.close()
    for each in (listener, *callers, *(caller for place in places for caller in place.taken)):
        each.close()
