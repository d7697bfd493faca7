"""Processes that take callers from one socket: about as many each, and nobody waits for one that is gone."""

import asyncio
import socket

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


async def test_a_burst_is_shared_out() -> None:
    """Catches one process that takes all who wait, because it woke first."""
    listener, loads = socket.create_server(("127.0.0.1", 0)), Loads(2)
    places = [Place(listener, loads, number) for number in range(2)]
    for place in places:
        place._ahead()
        place.door.open()
    callers = [socket.create_connection(listener.getsockname()) for _ in range(20)]
    async with asyncio.timeout(10):
        while sum(len(place.taken) for place in places) < len(callers):  # noqa: ASYNC110
            await asyncio.sleep(YIELD_SECONDS)
    assert all(8 <= len(place.taken) <= 12 for place in places)
    places[0].door.close()
    loads.vacate(0)
    callers.append(socket.create_connection(listener.getsockname()))
    async with asyncio.timeout(10):
        while sum(len(place.taken) for place in places) < len(callers):  # noqa: ASYNC110
            await asyncio.sleep(YIELD_SECONDS)
    places[1].door.close()
    for each in (listener, *callers, *(caller for place in places for caller in place.taken)):
        each.close()
