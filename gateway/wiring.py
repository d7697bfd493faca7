"""Builds each long-lived object once; the only place that picks implementations."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from config.routes import RouteSettings
from config.settings import Settings
from filters.identifiers.errors import UnknownLabelError
from filters.identifiers.masker import Masker
from gateway.api.context import Services, local_date
from gateway.api.problems import CODES
from gateway.api.readiness import Readiness
from gateway.audit.sql.trail import SqlTrail
from gateway.database import Database
from gateway.identity.sql import SqlDirectory
from gateway.masking.cache import SpanCache
from gateway.masking.pool import DetectorPool
from gateway.masking.stage import Masking
from gateway.metrics import Metrics
from gateway.pipeline import Pipeline
from gateway.provenance.signed import SignedProvenance
from gateway.provenance.sql import SqlOutputs
from gateway.quota.memory import MemoryQuota
from gateway.secrets import hmac_key, signing_key
from gateway.upstream.demo import DemoModel
from gateway.upstream.litellm_client import LitellmModel, Target
from gateway.upstream.router import Patience, Road, RoutedUpstream
from gateway.usage.names import names_of
from gateway.usage.report import usage_report
from policies.charter import Charter
from policies.facts import Tier
from policies.loader import load_charter, routes_of
from policies.rule import Code

DEMO_MODEL = "demo/extractif"
"""The model name of the embedded model."""


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[Services]:
    """Start everything, and stop it in the reverse order.

    Raises where any part cannot work: a gateway that cannot mask, record or sign does not open.
    """
    async with AsyncExitStack() as stack:
        charter = load_charter(settings.charter.file, routes_of(settings.routes))
        database = await _database(settings.database_url, stack)
        keys = await _identities(settings, database, stack)
        trail = await stack.enter_async_context(_trail(settings, database))
        masking = await _masking(settings, charter, stack)
        upstream = RoutedUpstream({route.id: _road(route) for route in settings.routes})
        stack.push_async_callback(upstream.close)
        outputs, key = SqlOutputs(database), signing_key(settings.provenance_key_file)
        metrics = _metrics(charter, settings)
        trail.subscribe(metrics.observe)
        pipeline = Pipeline(
            charter=charter,
            trail=trail,
            quota=MemoryQuota(settings.quota.requests_per_minute, settings.quota.tokens_per_minute),
            masking=masking,
            upstream=upstream,
            provenance=SignedProvenance(key, outputs, settings.provenance.hospital),
        )
        yield Services(
            pipeline=pipeline,
            charter=charter,
            directory=keys,
            masking=masking,
            metrics=metrics,
            outputs=outputs,
            public_key=key.public_key(),
            routes=frozenset(upstream.routes),
            limits=settings.limits,
            body_limit=settings.server.body_limit_bytes,
            usage=lambda month, by: usage_report(trail, month, by=by, names=names_of(charter)),
            readiness=Readiness({"masking": masking.canary, "journal": database.check_writable}),
        )


async def _database(url: str, stack: AsyncExitStack) -> Database:
    database = Database(url)
    stack.push_async_callback(database.close)
    await database.start()
    return database


async def _identities(settings: Settings, journal: Database, stack: AsyncExitStack) -> SqlDirectory:
    shared = settings.identity_database_url == settings.database_url
    return SqlDirectory(journal if shared else await _database(settings.identity_database_url, stack))


def _metrics(charter: Charter, settings: Settings) -> Metrics:
    return Metrics(
        charter.uses,
        [route.id for route in settings.routes],
        codes=[code.value for code in Code],
        articles=charter.articles,
        problems=CODES,
    )


def _trail(settings: Settings, database: Database) -> SqlTrail:
    return SqlTrail(
        database,
        hmac_key(settings.journal_key_file),
        signing_key(settings.journal_signing_key_file),
        heads=settings.data_dir / "heads",
        checkpoint_every=settings.journal.checkpoint_every,
        checkpoint_seconds=settings.journal.checkpoint_seconds,
    )


async def _masking(settings: Settings, charter: Charter, stack: AsyncExitStack) -> Masking:
    """Start the detectors, and check that they find every label that the charter may ask to mask."""
    work = settings.masking
    pool = DetectorPool(
        workers=work.workers,
        queue=work.queue,
        timeout_seconds=work.timeout_seconds,
        recycle_after=work.recycle_after,
        arguments=(work.recognizers,),
    )
    masking = Masking(pool, SpanCache(work.cache_entries), Masker(local_date))
    stack.push_async_callback(masking.close)
    await masking.start()
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
    return Road(LitellmModel(target), patience)
