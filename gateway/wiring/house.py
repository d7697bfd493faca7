"""The gateway, part by part, started in order and stopped in the reverse one."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from config.errors import FaultsError
from config.routes import RouteSettings
from config.settings import Settings
from filters.answers.scanner import Scanner
from filters.identifiers.errors import UnknownLabelError
from filters.identifiers.masker import Masker
from gateway.api.context import Services, local_date
from gateway.api.problems import CODES
from gateway.api.readiness import Readiness
from gateway.audit.sql.contests import SqlContests
from gateway.audit.sql.trail import SqlTrail
from gateway.database import Database
from gateway.governance.approvals import Governance
from gateway.governance.sql import SqlApprovals
from gateway.governance.watch import first
from gateway.identity.sql import SqlDirectory
from gateway.masking.cache import SpanCache
from gateway.masking.stage import Masking
from gateway.metrics import Metrics
from gateway.people.desk import Desk
from gateway.people.directory import PeopleDirectory
from gateway.people.office import Office
from gateway.people.sql import SqlRegister
from gateway.pipeline import Pipeline
from gateway.provenance.signed import SignedProvenance
from gateway.provenance.sql import SqlOutputs
from gateway.reading.cache import RecognitionCache
from gateway.reading.stage import Reading
from gateway.redis import Redis
from gateway.replicas.redis import Announcements
from gateway.secrets import hmac_key, signing_key
from gateway.systems.guard import Guard
from gateway.systems.redis import RedisStates
from gateway.systems.sql import SqlStates
from gateway.systems.store import Seal
from gateway.systems.switchboard import Switchboard, switchboard
from gateway.upstream import provider
from gateway.upstream.demo import DemoModel
from gateway.upstream.router import Patience, Road, RoutedUpstream
from gateway.upstream.target import Target
from gateway.usage.report import usage_report
from gateway.wiring.outbound import outbound
from gateway.wiring.quota import quota
from gateway.wiring.together import Together
from gateway.workers.pool import ANALYSIS, WorkerPool
from policies.charter import Charter
from policies.facts import Tier
from policies.loader import routes_of
from policies.practices import secrets
from policies.rule import Code

DEMO_MODEL = "demo/extractif"
"""The model name of the embedded model."""


@asynccontextmanager
async def build(settings: Settings, together: Together | None = None) -> AsyncIterator[Services]:
    """Start everything, and stop it in the reverse order.

    Raises where any part cannot work: a gateway that cannot mask, record or sign does not open.
    """
    async with AsyncExitStack() as stack:
        database = await _database(settings.database_url, stack)
        trail = await stack.enter_async_context(_trail(settings, database))
        charter, governance = await _charter(settings, database, trail)
        identities = await _identities(settings, database, stack)
        people = _people(settings, charter, identities)
        keys = SqlDirectory(identities)
        workers = await _workers(settings, together, stack)
        masking = await _masking(workers, settings, charter)
        upstream = RoutedUpstream({route.id: _road(route) for route in settings.routes})
        stack.push_async_callback(upstream.close)
        outputs, key = SqlOutputs(database), signing_key(settings.provenance_key_file)
        metrics = _metrics(charter, settings, together)
        trail.subscribe(metrics.observe)
        redis = await _redis(settings, trail, stack)
        systems = await _systems(settings, redis, trail, metrics, stack)
        pipeline = Pipeline(
            reading=Reading(workers, RecognitionCache(settings.masking.cache_entries)),
            charter=charter,
            trail=trail,
            quota=await stack.enter_async_context(quota(settings.quota, redis, trail, metrics)),
            masking=masking,
            upstream=upstream,
            provenance=SignedProvenance(key, outputs, settings.provenance.hospital),
            answers=Scanner(settings.answers.hosts, secrets.within),
            systems=Guard(systems.board),
        )
        yield Services(
            pipeline=pipeline,
            charter=charter,
            directory=PeopleDirectory(keys, people.register) if charter.people.asks else keys,
            masking=masking,
            metrics=metrics,
            outputs=outputs,
            public_key=key.public_key(),
            routes=frozenset(upstream.routes),
            limits=settings.limits,
            body_limit=settings.server.body_limit_bytes,
            usage=lambda month, by, names: usage_report(trail, month, by=by, names=names),
            people=people,
            governance=governance,
            contests=SqlContests(trail),
            outbound=await stack.enter_async_context(outbound(settings, database, trail, metrics)),
            systems=systems,
            replicas=Announcements(redis) if redis else None,
            readiness=_readiness(masking, database, systems, redis),
        )


async def _charter(settings: Settings, database: Database, trail: SqlTrail) -> tuple[Charter, Governance]:
    """Return the charter to begin with: the file's, or under the two-person rule the last one that was approved."""
    routes = routes_of(settings.routes)
    rule = settings.charter
    approvals = SqlApprovals(database, hmac_key(settings.journal_key_file)) if rule.two_person else None
    draft, active = await first(rule.file, [route.id for route in routes], approvals, trail)
    if active is None:
        raise FaultsError(draft.faults)
    return Charter(active.text, routes), Governance(active, trail, approvals)


async def _database(url: str, stack: AsyncExitStack) -> Database:
    database = Database(url)
    stack.push_async_callback(database.close)
    await database.start()
    return database


async def _identities(settings: Settings, journal: Database, stack: AsyncExitStack) -> Database:
    shared = settings.identity_database_url == settings.database_url
    return journal if shared else await _database(settings.identity_database_url, stack)


def _people(settings: Settings, charter: Charter, database: Database) -> Office:
    desk = Desk(charter, {route.system.name for route in settings.routes}, local_date)
    return Office(SqlRegister(database), desk, frozenset(settings.people.administrators))


async def _redis(settings: Settings, trail: SqlTrail, stack: AsyncExitStack) -> Redis | None:
    """Return Redis where there is one; raises where other gateways use it with another journal key."""
    if not settings.shared.configured:
        return None
    redis = Redis(settings.shared)
    stack.push_async_callback(redis.close)
    await redis.require_one_key(trail.keyed_hash("shared", "redis"))
    return redis


def _readiness(masking: Masking, database: Database, systems: Switchboard, redis: Redis | None) -> Readiness:
    """Return the checks of what the gateway cannot do without, and of what it can for a while."""
    shared = {"redis": redis.check} if redis else {}
    return Readiness(
        {"masking": masking.canary, "journal": database.check_writable}, {"systems": systems.spread.check, **shared}
    )


async def _systems(
    settings: Settings,
    redis: Redis | None,
    trail: SqlTrail,
    metrics: Metrics,
    stack: AsyncExitStack,
) -> Switchboard:
    """Return the kill switch, which knows by then what was stopped before this gateway opened."""
    seal = Seal(hmac_key(settings.journal_key_file))
    news = RedisStates(redis, seal) if redis else None
    routes = routes_of(settings.routes)
    made = switchboard(trail, SqlStates(trail.database, seal), news, routes, settings.systems.operators)
    await made.spread.start()
    # What was stopped before this gateway opened is no news: another has counted it.
    made.board.subscribe(metrics.count_switches)
    metrics.show_stops(made.board.count)
    await stack.enter_async_context(made.spread.running())
    return made


def _metrics(charter: Charter, settings: Settings, together: Together | None) -> Metrics:
    metrics = Metrics(
        charter.uses,
        [route.id for route in settings.routes],
        codes=[*(code.value for code in Code), *charter.practices],
        articles=charter.articles,
        problems=CODES,
        tallies=together.tallies if together else None,
    )
    metrics.show_certificates({route.id: route.hds.expires for route in settings.routes if route.hds})
    return metrics


def _trail(settings: Settings, database: Database) -> SqlTrail:
    return SqlTrail(
        database,
        hmac_key(settings.journal_key_file),
        signing_key(settings.journal_signing_key_file),
        heads=settings.data_dir / "heads",
        checkpoint_every=settings.journal.checkpoint_every,
        checkpoint_seconds=settings.journal.checkpoint_seconds,
    )


async def _workers(settings: Settings, together: Together | None, stack: AsyncExitStack) -> WorkerPool:
    work = settings.masking
    pool = WorkerPool(
        ANALYSIS,
        workers=work.workers,
        queue=work.queue,
        timeout_seconds=work.timeout_seconds,
        recycle_after=work.recycle_after,
        arguments=(work.recognizers,),
        nursery=together.nursery if together else None,
    )
    stack.push_async_callback(pool.close)
    await pool.start()
    return pool


async def _masking(workers: WorkerPool, settings: Settings, charter: Charter) -> Masking:
    """Return the stage, once the detectors are known to find every label that the charter may ask to mask."""
    masking = Masking(workers, SpanCache(settings.masking.cache_entries), Masker(local_date))
    if missing := sorted(charter.must_mask - {str(label) for label in masking.labels}):
        raise UnknownLabelError(f"no detector finds {', '.join(missing)}")
    await masking.canary()
    return masking


def _road(route: RouteSettings) -> Road:
    patience = Patience(total_seconds=route.timeout_seconds, retries=route.retries)
    if route.model == DEMO_MODEL:
        return Road(DemoModel(route.id), patience)
    key = route.api_key()
    target = Target(
        route=route.id,
        model=route.model,
        base_url=route.base_url,
        api_key=key.get_secret_value() if key else None,
        api_version=route.api_version,
        timeout_seconds=route.timeout_seconds,
        media=route.tier == Tier.D2,
    )
    return Road(provider.model(target), patience)
