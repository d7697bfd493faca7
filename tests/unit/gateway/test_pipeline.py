"""The journey's own order, where a stage does something that its protocol forbids."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from typing import Any, cast

import pytest

from filters.identifiers.masker import Masked
from filters.identifiers.vault import Vault
from gateway.conversation import Chunk, Message, Prompt, Role, Usage
from gateway.errors import UpstreamRefusedError
from gateway.pipeline import Pipeline, Request
from gateway.quota.memory import MemoryQuota
from policies.facts import Facts
from tests.fakes.pipeline import ALLOWED, DOCTOR


class Stages:
    """Every stage at once: all of them pass, and the model says nothing at all."""

    output_id = "out-1"

    def __init__(self) -> None:
        self.endings: list[str] = []

    def decide(self, *_: object) -> "Stages":
        """Allow."""
        return self

    def require_allowed(self) -> object:
        """Allow."""
        return ALLOWED

    @asynccontextmanager
    async def record(self, *_: object, **__: object) -> AsyncIterator["Stages"]:
        """Keep how the record ends."""
        try:
            yield self
        except Exception as error:
            self.endings.append(type(error).__name__)
            raise
        self.endings.append("answered")

    def stage(self, _: str) -> AbstractContextManager[None]:
        """Measure nothing."""
        return nullcontext()

    def masked(self, _: Mapping[str, int]) -> None:
        """Note nothing."""

    def replied(self, _: str, __: Usage) -> None:
        """Note nothing."""

    async def mask(self, texts: Any, *_: object) -> Masked:
        """Mask nothing."""
        return Masked(tuple(text.value for text in texts), None, {}, ((),) * len(texts), Vault(()))

    async def stream(self, *_: object) -> AsyncGenerator[Chunk, None]:
        """Say nothing."""
        chunks: tuple[Chunk, ...] = ()
        for chunk in chunks:
            yield chunk

    def notice(self, *_: object) -> str:
        """Append nothing."""
        return ""


async def test_a_model_that_says_nothing_at_all_is_a_failure() -> None:
    """The bug caught: a request recorded as answered whose caller was told of an error."""
    stages = cast("Any", Stages())
    pipeline = Pipeline(stages, stages, MemoryQuota(), stages, stages, stages)
    asked = Request(Prompt((Message(Role.USER, "Bonjour"),)), cast("Facts", None))
    with pytest.raises(UpstreamRefusedError):
        await anext(pipeline.stream(DOCTOR, asked))
    assert stages.endings == ["UpstreamRefusedError"]
