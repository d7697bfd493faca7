"""`ecluse demo`: one real note through the whole gateway, then the gateway itself.

It is the product that runs, with the configuration given: its server, its detectors, its charter, its journal. Only a
witness stands between the journey and the model, to show what left.
"""

import asyncio
import datetime as dt
import socket
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import openai
import typer
import uvicorn
from fastapi import FastAPI
from rich.console import Console
from rich.json import JSON
from rich.panel import Panel
from rich.text import Text
from typing_extensions import override

from config.errors import FaultsError
from config.loader import load_settings
from config.settings import Settings
from gateway.api.logs import configure
from gateway.app import create_app
from gateway.cli.check import verify
from gateway.cli.faults import show
from gateway.cli.serve import require_free
from gateway.conversation import Chunk, MaskedPrompt, Reply
from gateway.identity.sql import KeyKind, KeyRequest, SqlDirectory
from gateway.upstream.client import Upstream
from policies.facts import Route

USE, ROLE, SERVICE = "compte_rendu", "medecin", "demonstration"

ORDER = "Mets en forme ces notes en compte rendu de consultation, sans rien ajouter."

NOTE = """\
CONSULTATION DE CARDIOLOGIE du 12/11/2026 — CH de Valmoré
Vu ce jour M. LECARDINEC Jean-Baptiste, né le 03/04/1951, IPP 8012345679, adressé par le Dr Anne-Sophie Belhaj.
NIR 1 51 04 35 238 042 89. Habite 14 bis rue des Tanneurs, 35000 Rennes, tél 06 12 34 56 78 ; joignable aussi par sa
fille Mme Solène Lecardinec-Roux (solene.roux@exemple.fr).
Motif : douleur thoracique d'effort depuis le 29/10/2026. Antécédents : HTA, maladie de Basedow, phénomène de Raynaud.
Traitement : amlodipine 5 mg, bisoprolol 2,5 mg. TA 138/82, FC 64, Glasgow 15, signe de Homans négatif.
Troponine 8 ng/L, FEVG 58 %. Coronarographie prévue le 26/11/2026. M. Lecardinec sera revu par le Dr Belhaj."""
"""An invented note: nobody in it exists, nor does the town's hospital."""


class Witness(Upstream):
    """Lets everything through and remembers the last prompt that left, to show it."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self.seen: MaskedPrompt | None = None

    @override
    async def complete(self, prompt: MaskedPrompt, routes: tuple[Route, ...]) -> Reply:
        """Return what the model answers."""
        self.seen = prompt
        return await self._upstream.complete(prompt, routes)

    @override
    async def stream(self, prompt: MaskedPrompt, routes: tuple[Route, ...]) -> AsyncGenerator[Chunk, None]:
        """Yield what the model answers."""
        self.seen = prompt
        async with aclosing(self._upstream.stream(prompt, routes)) as chunks:
            async for chunk in chunks:
                yield chunk

    @property
    def left(self) -> str:
        """Return the texts that left, one message after the other."""
        messages = self.seen.prompt.messages if self.seen else ()
        return "\n\n".join(f"{message.role.upper()}  {message.content}" for message in messages)


class Silence:
    """An access log that says nothing: what the demonstration shows would be lost among its lines."""

    def info(self, event: str, **fields: object) -> None:
        """Write nothing."""


class OpeningServer(uvicorn.Server):
    """A server that says when it is open."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.opened = asyncio.Event()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open, then say so."""
        await super().startup(sockets)
        self.opened.set()


def demo(
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Fichier de configuration.")] = None,
    once: Annotated[bool, typer.Option("--once", help="S’arrête après la note au lieu de rester ouvert.")] = False,
    port: Annotated[int | None, typer.Option(help="Port d’écoute ; 0 pour laisser le système choisir.")] = None,
) -> None:
    """Joue une note de bout en bout et montre ce qui est tapé, ce qui part, ce qui revient et ce qui s’écrit."""
    console = Console()
    try:
        settings = load_settings(config)
    except FaultsError as error:
        show(error.faults)
        raise typer.Exit(1) from None
    if port is not None:
        settings = settings.model_copy(update={"server": settings.server.model_copy(update={"port": port})})
    require_free(settings.server.host, settings.server.port)
    with console.status("Vérification de la configuration et chargement des détecteurs…"):
        faults = verify(settings)
    if faults:
        show(faults)
        raise typer.Exit(1)
    try:
        asyncio.run(_play(settings, console, once=once))
    except KeyboardInterrupt:
        console.print("Passerelle fermée.")


async def _play(settings: Settings, console: Console, *, once: bool) -> None:
    # The gateway stays open and may be given real texts: what libraries log is cut here as it is in `serve`.
    configure(settings.logging.model_copy(update={"level": "warning"}))
    app = create_app(settings, log=Silence())
    server = OpeningServer(
        uvicorn.Config(app, host=settings.server.host, port=settings.server.port, log_config=None, access_log=False)
    )
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(server.serve())
        with console.status("Ouverture de la passerelle…"):
            await asyncio.wait({serving, tasks.create_task(server.opened.wait())}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            server.opened.set()
            raise typer.Exit(1)
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        address = f"http://{host}:{port}"
        key = await _journey(app, address, console)
        if once:
            server.should_exit = True
        else:
            _invite(console, address, key)


async def _journey(app: FastAPI, address: str, console: Console) -> str:
    """Send the note as a report-drafting tool would, show each step, and return the key that was made for it."""
    services = app.state.services
    witness = Witness(services.pipeline.upstream)
    app.state.services = replace(services, pipeline=replace(services.pipeline, upstream=witness))
    directory = services.directory
    if not isinstance(directory, SqlDirectory):
        raise TypeError("the demonstration makes its own key, which needs the register of keys")
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    key = (await directory.create(KeyRequest(ROLE, SERVICE, KeyKind.CLINICIAN, expires=tomorrow))).reveal()
    lines: list[Any] = []
    services.pipeline.trail.subscribe(lines.append)
    client = openai.AsyncOpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0)
    with console.status("La note traverse l’écluse…"):
        answer = await client.chat.completions.create(
            model=USE, messages=[{"role": "system", "content": ORDER}, {"role": "user", "content": NOTE}]
        )
    marks = (answer.model_extra or {})["ecluse"]
    _show(console, "1. Ce qui a été tapé", f"{ORDER}\n\n{NOTE}", "white")
    _show(console, "2. Ce qui est parti vers le modèle", witness.left, "yellow")
    _show(console, "3. Ce qui est revenu, identifiants remis, marqué", answer.choices[0].message.content or "", "green")
    console.print(Panel(JSON.from_data(marks), title="Marques lisibles par machine (objet `ecluse`)", style="green"))
    shown = {name: getattr(lines[0], name) for name in ("output_id", "caller", "role", "service", "use", "decision")}
    shown |= {name: getattr(lines[0], name) for name in ("article", "charter", "route", "tier", "review", "ending")}
    shown |= {"masked": dict(lines[0].masked), "duration_ms": lines[0].duration_ms}
    console.print(Panel(JSON.from_data(shown), title="4. La ligne du journal, sans donnée patient", style="cyan"))
    return key


def _show(console: Console, title: str, text: str, colour: str) -> None:
    # As plain text: placeholders in square brackets would be read as rich's own mark-up.
    console.print(Panel(Text(text), title=title, style=colour))


def _invite(console: Console, address: str, key: str) -> None:
    body = (
        f'{{"model": "{USE}", "messages": [{{"role": "user", "content": "Mme Odile Ferrand, 82 ans, vue ce jour."}}]}}'
    )
    console.print(
        Text(
            f"\nLa passerelle est ouverte : {address}/v1   (Ctrl-C pour la fermer)\n"
            f"Clé de démonstration, valable jusqu’à demain : {key}\n\n"
            f"curl {address}/v1/chat/completions \\\n"
            f"  -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' \\\n"
            f"  -d '{body}'\n\n"
            f"Charte : {address}/v1/charter   Interface : {address}/docs\n"
        )
    )
