"""A gateway that tells the others on its Redis which charter and which outgoing policy it has in force."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress

from filters.outbound.errors import SnapshotMissingError
from gateway.api.access_log import Log
from gateway.api.context import Services
from gateway.outbound.desk.desk import Policies
from gateway.redis import RedisUnavailableError
from gateway.replicas.announcement import Announcement, InForce, Picture
from gateway.replicas.watch import SECONDS, ReplicaWatch
from gateway.rounds import beside


@asynccontextmanager
async def announcing(
    current: Callable[[], Services], port: int, log: Log, *, seconds: float = SECONDS
) -> AsyncIterator[ReplicaWatch | None]:
    """Announce what `current` services have in force as long as the block lasts; nothing without a Redis.

    Fails open: no request waits for it, and none is refused whatever the others have in force.
    """
    services, gateway = current(), f"{socket.gethostname()}:{port}"
    if services.replicas is None:
        yield None
        return

    async def own() -> Announcement:
        now = current()
        charter = InForce.of(now.charter.version, now.charter.digest)
        # Another policy is read from the disk, which may take a second.
        policy = await asyncio.to_thread(_policy, now.outbound.policies)
        return Announcement(gateway=gateway, charter=charter, policy=policy)

    watch = ReplicaWatch(services.replicas, own, lambda picture: _tell(log, picture), seconds=seconds)
    services.metrics.show_replicas(lambda: watch.picture)
    try:
        async with beside(watch.run(), "replicas"):
            yield watch
    finally:
        with suppress(RedisUnavailableError):
            await services.replicas.withdraw(watch.process)


def _policy(policies: Policies) -> InForce | None:
    try:
        policy = policies.current()
    except SnapshotMissingError:
        return None
    return InForce.of(policy.name, policy.version)


def _tell(log: Log, picture: Picture | None) -> None:
    """Write a change of the picture: names of machines, versions and digests, which quote no request."""
    if picture is None:
        log.info("replicas", result="unknown")
        return
    own = picture.own
    log.info(
        "replicas",
        result="alike" if picture.alike else "differing",
        seen=picture.seen,
        charter=_words(own.charter),
        policy=_words(own.policy),
        other_charters=_each((one.gateway, one.charter) for one in picture.charter),
        other_policies=_each((one.gateway, one.policy) for one in picture.policy),
    )


def _each(found: Iterable[tuple[str, InForce | None]]) -> list[str]:
    """Return each once: the processes of one gateway mostly say the same."""
    return list(dict.fromkeys(f"{gateway}: {_words(one) or 'none'}" for gateway, one in found))


def _words(one: InForce | None) -> str | None:
    return f"{one.version} {one.digest}" if one else None
