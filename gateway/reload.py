"""The charter replaced while requests go on: each keeps the services, and so the charter, with which it began."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Protocol

from config.settings import Settings
from gateway.api.access_log import Log
from gateway.api.context import Services
from gateway.governance.approvals import Pending
from gateway.governance.watch import SECONDS, CharterWatch, Told
from gateway.people.desk import Desk
from gateway.people.directory import PeopleDirectory
from gateway.rounds import beside
from policies.charter import Charter
from policies.facts import Route
from policies.loader import routes_of
from policies.rule import CharterText, Code

_DEAF = (NotImplementedError, RuntimeError, ValueError)
"""What a loop raises that hears no signals, outside of the main thread or of Unix; the file is still looked at."""


class Holder(Protocol):
    """What each request takes its services from, once: the state of the application."""

    services: Services


def under(services: Services, text: CharterText, routes: Sequence[Route]) -> Services:
    """Return the same services under another charter; raises ValueError where masking does not cover it."""
    charter = Charter(text, routes)
    if missing := sorted(charter.must_mask - {str(label) for label in services.masking.labels}):
        raise ValueError(f"Aucun détecteur ne trouve {', '.join(missing)}, que la charte demande de masquer.")
    keys = services.directory.keys if isinstance(services.directory, PeopleDirectory) else services.directory
    people, systems = services.people, {route.system.name for route in routes}
    return replace(
        services,
        charter=charter,
        pipeline=replace(services.pipeline, charter=charter),
        directory=PeopleDirectory(keys, people.register) if charter.people.asks else keys,
        people=replace(people, desk=Desk(charter, systems, people.desk.today)),
    )


def measure(services: Services) -> None:
    """Have the metrics name the charter in force, its uses and its reasons."""
    charter = services.charter
    codes = [*(code.value for code in Code), *charter.practices]
    services.metrics.govern(charter.version, charter.uses, codes, charter.articles)


@dataclass(slots=True)
class _Change:
    """Puts a new charter in the place of the old one."""

    holder: Holder
    routes: Sequence[Route]
    log: Log

    def prepare(self, text: CharterText) -> Callable[[], None]:
        """Return what lets every request from now on begin under this charter."""
        under(self.holder.services, text, self.routes)

        def serve() -> None:
            self.holder.services = under(self.holder.services, text, self.routes)
            measure(self.holder.services)

        return serve

    def wait(self, pending: Pending | None) -> None:
        """Let `/v1/charter` say what waits."""
        services = self.holder.services
        self.holder.services = replace(services, governance=replace(services.governance, pending=pending))

    def tell(self, told: Told) -> None:
        """Write and count what became of a changed file; its faults quote the charter, never a request."""
        self.holder.services.metrics.count_reload(told.result)
        faults = [str(fault) for fault in told.faults]
        self.log.info("charter", result=told.result.value, version=told.version, faults=faults)


@asynccontextmanager
async def watching(
    holder: Holder, settings: Settings, log: Log, *, seconds: float = SECONDS
) -> AsyncIterator[CharterWatch | None]:
    """Look at the charter's file as long as the gateway runs, at once on SIGHUP."""
    services, routes = holder.services, routes_of(settings.routes)
    measure(services)
    active = services.governance.active
    if active is None:
        yield None
        return
    change = _Change(holder, routes, log)
    watch = CharterWatch(
        settings.charter.file,
        [route.id for route in routes],
        active,
        change.prepare,
        change.wait,
        change.tell,
        services.governance.approvals,
        services.governance.journal,
        seconds=seconds,
    )
    loop = asyncio.get_running_loop()
    with suppress(*_DEAF):
        loop.add_signal_handler(signal.SIGHUP, watch.woken.set)
    try:
        async with beside(watch.run(), "charter"):
            yield watch
    finally:
        with suppress(*_DEAF):
            loop.remove_signal_handler(signal.SIGHUP)
