"""What the pipeline asks of a model."""

from collections.abc import AsyncGenerator
from typing import Protocol

from gateway.conversation import Chunk, MaskedPrompt, Reply
from policies.facts import Route


class Upstream(Protocol):
    """A way to sanctioned models. Takes nothing but a `MaskedPrompt`, so unmasked text is a type error.

    Each method raises `UpstreamError` or one of its kinds, in our words; it tries `routes` in order (retries inside a
    route first) and says in the answer which one gave it. A stream that has yielded its first chunk never changes
    route. Closing the iterator, or cancelling the call, closes the connection to the model.
    """

    async def complete(self, prompt: MaskedPrompt, routes: tuple[Route, ...]) -> Reply:
        """Return the whole answer."""
        ...

    def stream(self, prompt: MaskedPrompt, routes: tuple[Route, ...]) -> AsyncGenerator[Chunk, None]:
        """Yield the answer in pieces, as they come."""
        ...
