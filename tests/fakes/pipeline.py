"""A pipeline that does as a script says, for tests of what stands before it; and the services around it."""

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.limits import Limits
from gateway.api.context import Services
from gateway.api.problems import CODES
from gateway.api.readiness import Readiness
from gateway.conversation import Choice, ChoiceDelta, Chunk, Reply, Usage
from gateway.errors import UnknownCallerError
from gateway.metrics import Metrics
from gateway.pipeline import Answer, Request, StreamEnd, StreamEvent, StreamStart
from gateway.provenance.marks import Marks, Opening
from gateway.quota.allowances import Allowances
from gateway.quota.counting import CountingQuota
from gateway.quota.memory import MemoryBuckets
from policies.decision import Allowed, Duties, Review
from policies.facts import AiSystem, Caller, Route, Tier

DOCTOR = Caller("abcd1234", "medecin", "cardiologie")
ROUTE = Route("demo", Tier.D1, "FR", AiSystem("Écluse démo", "0.1.0", "Projet Écluse"))
ALLOWED = Allowed("compte_rendu", (ROUTE,), Duties(Tier.D1, frozenset({"NOM"}), Review.R2, None), "2026.1")
OPENING = Opening("out-1", ALLOWED)
HEADERS = {"Ecluse-Output": "out-1"}
BODY = {"output_id": "out-1", "state": "draft"}
USAGE = Usage(3, 4)

START = StreamStart(OPENING, HEADERS)
END = StreamEnd(Chunk("demo", (ChoiceDelta(0, finish_reason="stop"),)), USAGE, Marks(HEADERS, BODY))


def said(text: str, index: int = 0) -> Chunk:
    """Return a piece of a choice."""
    return Chunk("demo", (ChoiceDelta(index, text),))


def counting() -> CountingQuota:
    """Return quotas that limit nothing."""
    return CountingQuota(Allowances(), MemoryBuckets())


@dataclass
class Waits:
    """A step at which the pipeline waits for ever, until its caller is gone."""


Step = StreamEvent | Exception | Waits


@dataclass
class ScriptedPipeline:
    """Plays its steps; `asked` keeps what came, `waiting` and `closed` tell how far it got."""

    steps: Sequence[Step] = ()
    reply: Reply = field(default_factory=lambda: Reply((Choice(0, "Bonjour"),), USAGE, "demo"))
    asked: list[Request] = field(default_factory=list)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    recorded: list[str] = field(default_factory=list)
    quota: CountingQuota = field(default_factory=counting)

    async def answer(self, _caller: Caller, request: Request) -> Answer:
        """Return the reply after the steps."""
        self.asked.append(request)
        try:
            for step in self.steps:
                await self._play(step)
        finally:
            await self._close()
        return Answer(OPENING, self.reply, Marks(HEADERS, BODY))

    async def stream(self, _caller: Caller, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """Yield the steps that are events."""
        self.asked.append(request)
        try:
            for step in self.steps:
                if isinstance(step, Exception | Waits):
                    await self._play(step)
                else:
                    yield step
        finally:
            await self._close()

    async def _play(self, step: Step) -> None:
        if isinstance(step, Exception):
            raise step
        if isinstance(step, Waits):
            self.waiting.set()
            await asyncio.Event().wait()

    async def _close(self) -> None:
        # As the journal does: closing takes time, and must not be cut short.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self.recorded.append("closed")
        self.closed.set()


@dataclass
class OneKey:
    """Knows one caller."""

    known: Caller = DOCTOR

    async def caller(self, credential: str) -> Caller:
        """Return it for the key `good`."""
        if credential != "good":
            raise UnknownCallerError
        return self.known


@dataclass
class NoCharter:
    """A charter without uses, with a contact."""

    contact: str = "dpo@hopital.example"
    uses: tuple[str, ...] = ("compte_rendu", "traduction")


def services(pipeline: ScriptedPipeline, **others: Any) -> Services:
    """Return services around `pipeline`; `others` replace what stands here."""
    made: dict[str, Any] = {
        "pipeline": pipeline,
        "charter": NoCharter(),
        "directory": OneKey(),
        "masking": None,
        "metrics": Metrics((), (), problems=CODES),
        "outputs": None,
        "public_key": Ed25519PrivateKey.generate().public_key(),
        "routes": ("demo",),
        "limits": Limits(),
        "body_limit": 100_000,
        "usage": None,
        "people": None,
        "outbound": None,
        "systems": None,
        "contests": None,
        "readiness": Readiness({}),
        "today": lambda: dt.date(2026, 11, 23),
    }
    return Services(**(made | others))
