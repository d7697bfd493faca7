"""What a request took of its quota, settled however it ends."""

import asyncio
from types import TracebackType
from typing import Final, Self

from gateway.conversation import Chunk, Prompt, Reply, Usage
from gateway.errors import UpstreamTimeoutError
from gateway.quota.counting import CHARACTERS, expected
from gateway.quota.quota import Quota
from policies.facts import Caller

_WORKED: Final = (UpstreamTimeoutError, asyncio.CancelledError, GeneratorExit)
"""Endings before which a model may have worked, though nothing came of it: it was late, or its caller has left."""


class Bill:
    """Entered once `Quota.spend` has taken the prompt's tokens; settles them as it is left.

    They are given back where no model has worked: masking failed, a route refused or was down, something was stopped.
    What a model has not counted, since its answer was cut or its server never counts, is told from its length: else
    whoever leaves just before the end would never pay. The request is in progress until then, under the name of its
    `slot`, and no longer.
    """

    def __init__(self, quota: Quota, caller: Caller, use: str, prompt: Prompt, slot: str) -> None:
        self._quota, self._caller, self._use, self._prompt, self._slot = quota, caller, use, prompt, slot
        self.usage = Usage()
        """As the model counts; nothing until it does."""
        self._characters = 0

    def replied(self, reply: Reply) -> None:
        """Note a whole answer."""
        self.usage = reply.usage
        for choice in reply.choices:
            self._characters += len(choice.text or "") + len(choice.refusal or "")
            self._characters += sum(len(call.arguments) for call in choice.tool_calls)

    def add(self, chunk: Chunk) -> None:
        """Note a piece of an answer."""
        self.usage = chunk.usage or self.usage
        for delta in chunk.deltas:
            self._characters += len(delta.text or "") + len(delta.refusal or "")
            self._characters += sum(len(call.arguments or "") for call in delta.tool_calls)

    async def __aenter__(self) -> Self:
        """Begin with nothing counted."""
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Settle."""
        await self._quota.settle(self._caller, self._taken(error), self._use, self._prompt, self._slot)

    def _taken(self, error: BaseException | None) -> Usage:
        if self.usage.total_tokens:
            return self.usage
        if error is None or self._characters or isinstance(error, _WORKED):
            return Usage(expected(self._prompt), self._characters // CHARACTERS)
        return Usage()
