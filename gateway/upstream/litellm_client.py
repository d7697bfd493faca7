"""The general road: models behind any provider's API, litellm translating, sending and reading.

The fast road goes beside it, for what speaks OpenAI's own format; both have the same behaviour.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from copy import copy
from typing import Any, Final

import httpx
import openai
from typing_extensions import override

from gateway.conversation import Chunk, MaskedPrompt, Reply
from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError
from gateway.upstream import incoming, outgoing
from gateway.upstream.events import events
from gateway.upstream.quiet_litellm import (
    NO_KEY,
    PASSED_ON,
    AsyncHTTPHandler,
    BaseModelResponseIterator,
    litellm,
)
from gateway.upstream.reception import Measure, of_status
from gateway.upstream.target import OPENAI_SHAPED, Target

_OPENAI_ADDRESS: Final = "https://api.openai.com/v1"

_SDK: Final = frozenset({"openai", "openai_like"})
"""Providers that litellm reaches with OpenAI's own library."""


class LitellmModel:
    """One model behind an API. Connections are kept between requests; redirects are not followed.

    Fails in our words: what a provider says of an error may quote the request, so it goes nowhere.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._http = AsyncHTTPHandler(
            timeout=target.timeout_seconds, follow_redirects=False, event_hooks={"response": [_receive]}
        )
        self._arguments = self._fixed_arguments()

    async def complete(self, prompt: MaskedPrompt) -> Reply:
        """Return the whole answer."""
        asked = outgoing.arguments(prompt, media=self._target.media)
        try:
            received = await litellm.acompletion(**asked, **self._arguments)
            return incoming.reply(received, self._target.route, prompt.prompt.parameters.n)
        except Exception as failure:  # noqa: BLE001 - litellm raises what providers' libraries raise
            problem = _in_our_words(failure)
        raise problem  # outside of the handler: neither cause nor context keeps the provider's words

    async def stream(self, prompt: MaskedPrompt) -> AsyncGenerator[Chunk, None]:
        """Yield the answer in pieces; one that stops before its end is an error, never a short answer."""
        asked = outgoing.arguments(prompt, media=self._target.media)
        reader = incoming.ChunkReader(self._target.route, prompt.prompt.parameters.n)
        received, problem = None, None
        try:
            received = await litellm.acompletion(
                **asked, **self._arguments, stream=True, stream_options={"include_usage": True}
            )
            async with aclosing(self._chunks(received)) as chunks:
                async for chunk in chunks:
                    yield reader.read(chunk)
            yield reader.end()
        except Exception as failure:  # noqa: BLE001 - litellm raises what providers' libraries raise
            problem = _in_our_words(failure)
        finally:
            if received is not None:
                await received.aclose()
        if problem is not None:
            raise problem

    async def close(self) -> None:
        """Close the connections kept."""
        await self._http.close()

    async def _chunks(self, received: Any) -> AsyncGenerator[Any, None]:  # noqa: ANN401 - an object of litellm
        """Yield chunks as the server sent them, where its provider's shape is known, then `incoming.DONE`.

        litellm's own reading says how one choice ended only, and says `stop` of an answer that was cut.
        """
        if self._target.provider in OPENAI_SHAPED:
            received = await received.fetch_stream()
        if not isinstance(received, BaseModelResponseIterator) or received.http_response is None:
            async for chunk in received:
                yield chunk
            return
        async with aclosing(events(received.http_response.aiter_bytes())) as told:
            async for event in told:
                yield incoming.DONE if event is None else event

    def _fixed_arguments(self) -> Mapping[str, Any]:
        target = self._target
        fixed = {
            # litellm knows no `openai_like` where it completes chats, and calls it otherwise.
            "model": target.model.replace("openai_like/", "custom_openai/", 1),
            "base_url": target.base_url,
            "api_key": target.api_key or NO_KEY,
            "api_version": target.api_version,
            "timeout": target.timeout_seconds,
            "max_retries": 0,
            "num_retries": 0,
            "no-log": True,
            "client": self._client(),
            "allowed_openai_params": list(PASSED_ON) if target.provider in OPENAI_SHAPED else None,
        }
        return {name: value for name, value in fixed.items() if value is not None}

    def _client(self) -> object:
        """Return what litellm sends with: ours in each case, since its own follows redirects to any address."""
        target = self._target
        common = {
            "api_key": target.api_key or NO_KEY,
            "http_client": self._http.client,
            "timeout": target.timeout_seconds,
            "max_retries": 0,
        }
        if target.provider in _SDK:
            return openai.AsyncOpenAI(base_url=target.base_url or _OPENAI_ADDRESS, **common)
        if target.provider == "azure":
            return openai.AsyncAzureOpenAI(
                azure_endpoint=target.base_url or "", api_version=target.api_version, **common
            )
        return self._http


def _in_our_words(failure: Exception) -> UpstreamError:
    """Return our error for any exception of litellm or of the libraries under it; nothing of its text is kept."""
    if isinstance(failure, UpstreamError):
        return failure
    if (known := _known_problem(failure)) is not None:
        return known
    if isinstance(failure, litellm.Timeout | TimeoutError):
        return UpstreamTimeoutError("no answer in time")
    status = getattr(failure, "status_code", None)
    told = of_status(status) if isinstance(status, int) else None
    return told or UpstreamRefusedError("request refused or answer unusable")


def _known_problem(failure: BaseException) -> UpstreamError | None:
    """Return what we raised, or what broke on the wire, if that is at the bottom of it: litellm calls most a 500."""
    seen: BaseException | None = failure
    while seen is not None:
        if isinstance(seen, UpstreamError):
            return copy(seen)
        if isinstance(seen, httpx.TimeoutException):
            return UpstreamTimeoutError("no answer in time")
        if isinstance(seen, httpx.TransportError):
            return UpstreamOverloadedError()
        seen = seen.__cause__ or seen.__context__
    return None


async def _receive(response: httpx.Response) -> None:
    """Refuse an answer by its status, before litellm reads what it says, or bound it."""
    if (refused := of_status(response.status_code, response.headers.get("Retry-After"))) is not None:
        raise refused
    if isinstance(response.stream, httpx.AsyncByteStream):
        streamed = response.headers.get("Content-Type", "").startswith("text/event-stream")
        response.stream = _Bounded(response.stream, Measure(streamed=streamed))


class _Bounded(httpx.AsyncByteStream):
    """The bytes of an answer, as long as they are not too many."""

    def __init__(self, stream: httpx.AsyncByteStream, measure: Measure) -> None:
        self._stream, self._measure = stream, measure

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._measure.add(len(piece))
            yield piece

    @override
    async def aclose(self) -> None:
        await self._stream.aclose()
