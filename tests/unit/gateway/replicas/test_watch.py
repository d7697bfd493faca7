"""What a gateway knows of the others, as they change and as a real Redis comes and goes."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from config.shared import Shared
from gateway.redis import Redis
from gateway.replicas.announcement import Announcement, Picture, picture
from gateway.replicas.redis import Announcements
from gateway.replicas.watch import ReplicaWatch
from tests.fakes.redis_server import RedisServer, redis_server
from tests.fakes.replicas import CHARTER, NEWER, announced


class Gateway:
    """A process whose charter changes when told, and whose rounds are made by hand."""

    def __init__(self, redis: Redis, name: str) -> None:
        self.says, self.now, self.told = announced(name), 0.0, list[Picture | None]()
        self.watch = ReplicaWatch(Announcements(redis), self._own, self.told.append, clock=lambda: self.now)

    async def _own(self) -> Announcement:
        return self.says

    async def looks(self) -> Picture | None:
        """Go round once; return what is known now."""
        await self.watch.look()
        return self.watch.picture


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(tmp_path) as server:
        yield server


@pytest_asyncio.fixture
async def pair(server: RedisServer) -> AsyncIterator[tuple[Gateway, Gateway]]:
    """Give two gateways that know of each other."""
    connections = [Redis(Shared(redis_url=server.url, timeout_seconds=2, pause_seconds=0.05)) for _ in ("un", "deux")]
    one, two = (Gateway(redis, name) for redis, name in zip(connections, ("un:8080", "deux:8080"), strict=True))
    for gateway in (one, two, one, two):
        await gateway.looks()
    for gateway in (one, two):
        gateway.told.clear()
    yield one, two
    for redis in connections:
        await redis.close()


async def test_each_change_is_told_once(pair: tuple[Gateway, Gateway]) -> None:
    """Would catch: a gateway left behind in silence, or a line at each round."""
    one, two = pair
    assert one.watch.picture == picture(one.says, [two.says])
    assert one.watch.picture.alike
    two.says = announced("deux:8080", NEWER)
    for gateway in (two, one, two, one):
        await gateway.looks()
    assert [told and told.charter for told in one.told] == [(two.says,)]
    assert [told and [other.charter for other in told.charter] for told in two.told] == [[CHARTER]]
    two.says = announced("deux:8080")
    for gateway in (two, one):
        await gateway.looks()
    assert [told and told.alike for told in one.told] == [False, True]


async def test_a_policy_that_one_of_them_lacks_is_a_difference(pair: tuple[Gateway, Gateway]) -> None:
    one, two = pair
    two.says = announced("deux:8080", policy=None)
    await two.looks()
    found = await one.looks()
    assert found is not None
    assert (found.charter, found.policy) == ((), (two.says,))


async def test_the_first_round_knows_nothing_yet(server: RedisServer) -> None:
    """Would catch: « everybody has the same », said by who has heard nobody."""
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=2))
    alone = Gateway(redis, "un:8080")
    assert await alone.looks() is None
    found = await alone.looks()
    assert found is not None
    assert found.seen == 1
    await redis.close()


async def test_a_redis_that_is_away_makes_it_unknown_once_announcements_have_ended(
    server: RedisServer, pair: tuple[Gateway, Gateway]
) -> None:
    one, two = pair
    server.kill()
    assert await one.looks() is not None
    one.now = 29.0
    assert await one.looks() is not None
    one.now = 31.0
    assert await one.looks() is None
    assert await one.looks() is None
    assert one.told == [None]
    server.start()
    for gateway in (one, two, one):
        await gateway.looks()
    assert one.watch.picture == picture(one.says, [two.says])


async def test_a_redis_that_comes_back_empty_is_believed_once_the_others_have_spoken_again(
    server: RedisServer, pair: tuple[Gateway, Gateway]
) -> None:
    """Would catch: gateways that differ, and each of which says for a while that it serves alone."""
    one, two = pair
    server.kill()
    server.start()
    assert await one.looks() is None
    await two.looks()
    assert await one.looks() == picture(one.says, [two.says])


async def test_whatever_goes_wrong_the_rounds_go_on(pair: tuple[Gateway, Gateway]) -> None:
    one, _ = pair

    async def fails() -> Announcement:
        raise OSError

    one.watch.own, one.now = fails, 100.0
    assert await one.looks() is None
