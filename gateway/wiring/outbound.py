"""What the gateway does about outgoing connections: the page and its forms, the report, and counting what waits."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from config.settings import Settings
from filters.outbound.catalogue import load_catalogue
from filters.outbound.errors import SnapshotMissingError
from filters.outbound.passes import Passes
from filters.outbound.snapshot import Watched
from gateway.audit.sql import SqlTrail
from gateway.database import Database
from gateway.metrics import Metrics
from gateway.outbound.counting import spool
from gateway.outbound.counting.periods import Calendar
from gateway.outbound.counting.pseudonyms import Keys
from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sql import SqlCounts
from gateway.outbound.counting.upkeep import Upkeep
from gateway.outbound.desk.desk import Desk, count_passes
from gateway.outbound.desk.pace import Pace
from gateway.outbound.desk.reports import Reports
from gateway.outbound.desk.sql import SqlRequests
from gateway.outbound.desk.tickets import Tickets
from gateway.outbound.judge import PASSES, SNAPSHOT
from gateway.rounds import beside
from gateway.secrets import hmac_key


@asynccontextmanager
async def outbound(settings: Settings, database: Database, trail: SqlTrail, metrics: Metrics) -> AsyncIterator[Desk]:
    """Yield the desk, which says that there is none until a policy was compiled; count what waits meanwhile."""
    folder, chosen = settings.outbound_folder, settings.outbound
    policies = Watched(folder / SNAPSHOT)
    calendar = Calendar(chosen.timezone)
    counts = SqlCounts(database, calendar, Rules.chosen(chosen))
    upkeep = Upkeep(counts, folder / spool.FOLDER, Keys(settings.outbound_keys_folder), metrics.count_outbound)
    desk = Desk(
        policies=policies,
        catalogue=load_catalogue,
        passes=Passes(folder / PASSES),
        requests=SqlRequests(database),
        tickets=Tickets(hmac_key(settings.journal_key_file)),
        pace=Pace(each=20, together=500),
        readers=frozenset(chosen.readers),
        granted=count_passes(metrics.registry),
        report=Reports(counts, trail, upkeep.take),
        calendar=calendar,
        kept_days=chosen.raw_days,
        pass_hours=chosen.pass_hours,
        notice=chosen.notice_url or "",
        now=lambda: dt.datetime.now(dt.UTC),
    )
    async with beside(_kept_up(policies, upkeep), "outbound"):
        yield desk


async def _kept_up(policies: Watched, upkeep: Upkeep) -> None:
    """Count, once a minute; the catalogue is read beforehand where people will be shown of it."""
    with suppress(SnapshotMissingError):
        await asyncio.to_thread(policies.current)
        await asyncio.to_thread(load_catalogue)
    await upkeep.run()
