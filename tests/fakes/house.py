"""The whole gateway on a port of the loopback, in front of a recording upstream."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from openai import AsyncOpenAI
from typing_extensions import override

from config.masking import MaskingWork
from config.quota import Allowance
from config.routes import Hds, RouteSettings, System
from config.settings import Settings
from gateway.api.context import Services
from gateway.app import create_app
from gateway.cli.demo import OpeningServer
from gateway.database import Database
from gateway.identity.sql import KeyRequest, SqlDirectory
from tests.fakes.lines import Lines

SYSTEM = System(name="Modèle d'essai", version="1.0", supplier="Fournisseur inventé")


@dataclass
class House:
    """A gateway that listens, and what a test needs to talk to it and to look inside."""

    url: str
    """Ends with `/v1`."""
    settings: Settings
    app: FastAPI
    keys: Mapping[str, str]
    """A key for each role."""
    lines: Lines

    @property
    def services(self) -> Services:
        """Return what the wiring has built."""
        services: Services = self.app.state.services
        return services

    def openai(self, role: str = "medecin", **options: Any) -> AsyncOpenAI:
        """Return the official client, which tries nothing twice."""
        return AsyncOpenAI(**({"base_url": self.url, "api_key": self.keys[role], "max_retries": 0} | options))

    def http(self, role: str | None = "medecin") -> httpx.AsyncClient:
        """Return a plain client."""
        headers = {"Authorization": f"Bearer {self.keys[role]}"} if role else {}
        return httpx.AsyncClient(base_url=self.url.removesuffix("/v1"), headers=headers, timeout=60)


def route(url: str, **fields: Any) -> RouteSettings:
    """Return a route to an OpenAI-compatible server at `url`."""
    made: dict[str, Any] = {
        "id": "modele",
        "model": "hosted_vllm/essai",
        "base_url": url,
        "tier": "D1",
        "country": "FR",
        "system": SYSTEM,
        "timeout_seconds": 120.0,
        "retries": 0,
    }
    return RouteSettings(**(made | fields))


def settings_for(folder: Path, upstream: str, **sections: Any) -> Settings:
    """Return the configuration of a small house; `sections` replace what stands here."""
    certified = route(
        upstream, id="certifie", tier="D2", hds=Hds(certificate="HDS-ESSAI", expires=dt.date(2099, 12, 31))
    )
    made: dict[str, Any] = {
        "data_dir": folder,
        "routes": (route(upstream), certified),
        "masking": MaskingWork(workers=1, timeout_seconds=60.0),
        "quota": Allowance(requests_per_minute=10_000, tokens_per_minute=10_000_000),
    }
    return Settings(**(made | sections))


@contextlib.asynccontextmanager
async def open_house(settings: Settings, certificate: Path | None = None) -> AsyncIterator[House]:
    """Make a key for each role, open the gateway on a free port, and close it at the end.

    `certificate` is a PEM with its key, for a house that speaks TLS itself.
    """
    keys = await _keys(settings)
    lines = Lines()
    app = create_app(settings, lines)
    server = _Server(
        uvicorn.Config(app, "127.0.0.1", 0, lifespan="on", log_config=None, access_log=False, ssl_certfile=certificate)
    )
    serving = asyncio.get_running_loop().create_task(server.serve())
    opened = asyncio.get_running_loop().create_task(server.opened.wait())
    await asyncio.wait({serving, opened}, return_when=asyncio.FIRST_COMPLETED)
    opened.cancel()
    if not server.started:
        await serving
        raise RuntimeError("the gateway did not open")
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield House(f"http{'s' if certificate else ''}://127.0.0.1:{port}/v1", settings, app, keys, lines)
    finally:
        server.should_exit = True
        await serving


class _Server(OpeningServer):
    """Leaves the signals to pytest."""

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _keys(settings: Settings) -> dict[str, str]:
    database = Database(settings.identity_database_url)
    await database.start()
    directory = SqlDirectory(database)
    roles = ("medecin", "dpo", "etudiant", "secretaire_medicale", "dsi")
    keys = {role: (await directory.create(KeyRequest(role, "cardiologie"))).reveal() for role in roles}
    await database.close()
    return keys
