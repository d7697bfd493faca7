"""Opening the application in this process, on sockets or an address, and knowing why where it does not open."""

import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from config.settings import Settings
from gateway.serving.protocol import BoundedProtocol
from gateway.serving.server import Patience, Server


def parts(app: FastAPI, settings: Settings) -> tuple[uvicorn.Config, FastAPI, Patience]:
    """Return what a server is made of, which serves the application as the configuration says."""
    config = uvicorn.Config(
        app,
        host=settings.server.host,
        port=settings.server.port,
        lifespan="on",
        http=BoundedProtocol,
        ws="none",  # an upgrade's path would be logged, and there is nothing to upgrade to
        log_config=None,
        access_log=False,
        server_header=False,
    )
    return config, app, Patience.chosen(settings.server)


def serve(app: FastAPI, serving: Server, sockets: Sequence[socket.socket] | None = None) -> Exception | None:
    """Serve until told to stop; return what kept the gateway from opening, if anything did."""
    failures: list[Exception] = []
    starts = app.router.lifespan_context

    @asynccontextmanager
    async def noting(running: FastAPI) -> AsyncIterator[None]:
        try:
            async with starts(running):
                yield
        except Exception as error:
            failures.append(error)
            raise

    app.router.lifespan_context = noting
    try:
        serving.run(list(sockets) if sockets is not None else None)
    except SystemExit:
        # uvicorn's word for a lifespan that failed, or an address that is taken: it says no more than that.
        config = serving.config
        return failures[0] if failures else OSError(f"l’adresse {config.host}:{config.port} ne peut pas être ouverte.")
    return None
