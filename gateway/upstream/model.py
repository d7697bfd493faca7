"""What a route points at: one model, reached in one way."""

from collections.abc import AsyncGenerator
from typing import Protocol

from gateway.conversation import Chunk, MaskedPrompt, Reply


class Model(Protocol):
    """One model. Raises `UpstreamError` or one of its kinds, in our words, and nothing else; never tries again.

    Closing the iterator of `stream`, or cancelling a call, closes the connection to the model's server.
    """

    async def complete(self, prompt: MaskedPrompt) -> Reply:
        """Return the whole answer."""
        ...

    def stream(self, prompt: MaskedPrompt) -> AsyncGenerator[Chunk, None]:
        """Yield the answer in pieces. A chunk without deltas nor usage says only that the model is alive."""
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
