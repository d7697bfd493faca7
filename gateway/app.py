"""create_app(settings): lifespan, routes, problem handlers; nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from config.settings import Settings
from gateway import __version__
from gateway.announcing import announcing
from gateway.api import (
    charter,
    chat,
    docs,
    failures,
    health,
    masking,
    models,
    outbound,
    outbound_public,
    outputs,
    people,
    refusals,
    systems,
    usage,
)
from gateway.api.access_log import AccessLog, Log
from gateway.api.connection import CallerGoneError
from gateway.api.documentation import document
from gateway.api.logs import access_log
from gateway.errors import GatewayError
from gateway.reload import watching
from gateway.wiring import Together, build
from policies.decision import RefusedError


def create_app(settings: Settings, log: Log | None = None, together: Together | None = None) -> FastAPI:
    """Return the gateway as an ASGI application; `log` takes the access log's lines, standard output by default.

    `together` is what it shares with other processes that serve the same address.

    Its lifespan loads the models and opens the journal before the first request, and lets what is written down reach
    the disk after the last one.
    """
    app_log = log or access_log(settings.logging)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with build(settings, together) as services:
            app.state.services = services
            app_log.info("systems", **systems.reach(shared=settings.shared.configured))
            async with (
                watching(app.state, settings, app_log),
                announcing(lambda: app.state.services, settings.server.port, app_log),
            ):
                yield

    app = FastAPI(
        title="Écluse", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.openapi = document(app)  # type: ignore[method-assign]  # FastAPI's documented way
    for module in (chat, refusals, models, masking, outputs, charter, people, usage):
        app.include_router(module.router)
    for module in (outbound, outbound_public, systems, health, docs):
        app.include_router(module.router)
    for kind in (GatewayError, RefusedError, CallerGoneError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, failures.answer)
    app.add_middleware(AccessLog, log=app_log)
    return app
