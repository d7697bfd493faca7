"""The fast road: a model whose server speaks OpenAI's own format, litellm translating and aiohttp carrying.

What has come at once leaves as one chunk: a gateway that is late catches up instead of paying for each piece.
"""

from collections.abc import AsyncGenerator

from gateway.conversation import Chunk, MaskedPrompt, Reply
from gateway.upstream import incoming
from gateway.upstream.events import EventReader, parsed
from gateway.upstream.model import Model
from gateway.upstream.translator import Translator
from gateway.upstream.transport import Transport


class DirectModel:
    """One model behind an API of OpenAI's format. Connections are kept between requests; redirects are not followed."""

    def __init__(self, route: str, translator: Translator, general: Model) -> None:
        """`general` is the road for what this one does not carry: attachments. It is closed with this object."""
        self._route, self._translator, self._general = route, translator, general
        self._transport = Transport(translator.connection)

    async def complete(self, prompt: MaskedPrompt) -> Reply:
        """Return the whole answer."""
        if prompt.prompt.has_media:
            return await self._general.complete(prompt)
        pieces = []
        async with await self._transport.ask(self._translator.body(prompt, stream=False), streamed=False) as answer:
            while piece := await answer.read():
                pieces.append(piece)
        return incoming.reply(parsed(b"".join(pieces)), self._route, prompt.prompt.parameters.n)

    def stream(self, prompt: MaskedPrompt) -> AsyncGenerator[Chunk, None]:
        """Yield the answer in pieces; one that stops before its end is an error, never a short answer."""
        return self._general.stream(prompt) if prompt.prompt.has_media else self._stream(prompt)

    async def close(self) -> None:
        """Close the connections kept."""
        await self._transport.close()
        await self._general.close()

    async def _stream(self, prompt: MaskedPrompt) -> AsyncGenerator[Chunk, None]:
        reader, events = incoming.ChunkReader(self._route, prompt.prompt.parameters.n), EventReader()
        async with await self._transport.ask(self._translator.body(prompt, stream=True), streamed=True) as answer:
            while piece := await answer.read():
                # A comment is no sign of life: a server that only says that it is there would hold a request for ever.
                if told := events.feed(piece):
                    yield reader.read(*told)
                if events.done:
                    await answer.linger()
                    break
        rest = events.finish()
        yield reader.read(*rest, *((incoming.DONE,) if events.done else ()))
        yield reader.end()
