"""Models behind a provider's API, through litellm; the only file that imports it.

Importing this file takes about two seconds: it is done once, at start, by whoever builds routes that need it. litellm
is kept to translation and transport: it reaches no network by itself, calls nobody back, stores and logs nothing.
"""

import logging
import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Final

# Read by litellm while it is being imported: without these it fetches price lists and other tables from the Internet,
# and reads a `.env` file of the current directory.
os.environ |= {
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_AUTOROUTER_PRESETS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_LOCAL_POLICY_TEMPLATES": "True",
}

import httpx
import litellm
import openai
from litellm.llms.base_llm.base_model_iterator import BaseModelResponseIterator
from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler

from gateway.conversation import Chunk, MaskedPrompt, Reply
from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError
from gateway.upstream import incoming, outgoing
from gateway.upstream.events import events

litellm.suppress_debug_info = True
litellm.drop_params = False  # a parameter that the model does not know is refused, never silently dropped
litellm.modify_params = False
litellm.route_all_chat_openai_to_responses = False
litellm.turn_off_message_logging = True
litellm.redact_messages_in_exceptions = True
litellm.disable_streaming_logging = True
litellm.disable_token_counter = True
litellm.disable_hf_tokenizer_download = True
litellm.cache = None
litellm.num_retries = 0
litellm.callbacks = []
litellm.input_callback = []
litellm.success_callback = []
litellm.failure_callback = []
litellm.service_callback = []

for _name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "httpx", "httpcore"):
    # Their messages quote requests, answers and errors. A level, since `disabled` leaves the loggers below as they are.
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

_OPENAI_SHAPED: Final = frozenset({"hosted_vllm", "openai", "openai_like", "mistral", "azure"})
"""Providers whose streamed chunks are read as they come.

litellm's own reading of a stream says how one choice ended only, and says `stop` of an answer that was cut.
"""

_NO_KEY: Final = "none"
"""Sent where a route has no key, so that litellm looks for none in the environment."""

_OPENAI_ADDRESS: Final = "https://api.openai.com/v1"

_PASSED_ON: Final = ("n", "parallel_tool_calls", "reasoning_effort")
"""Parameters that an OpenAI-shaped server is asked even where litellm does not know that it takes them."""

_TIMEOUTS: Final = frozenset({408, 504})
_OVERLOADS: Final = frozenset({425, 429, 502, 503, 529})
"""Not 500: a server that breaks on a request breaks on it again."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a route leads, from the configuration only."""

    route: str
    """Id of the route, told in each answer."""
    model: str
    """As litellm names it, provider first: `hosted_vllm/mistral-small`."""
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    api_version: str | None = None
    timeout_seconds: float = 120.0
    media: bool = False
    """Whether attachments may be sent: on a D2 route only."""

    @property
    def provider(self) -> str:
        """Return the provider, as litellm names it."""
        return self.model.partition("/")[0]


class LitellmModel:
    """One model behind an API. Connections are kept between requests; redirects are not followed.

    Fails in our words: what a provider says of an error may quote the request, so it goes nowhere.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._http = AsyncHTTPHandler(timeout=target.timeout_seconds, follow_redirects=False)
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
        """Yield chunks as the server sent them, where its provider's shape is known, then `incoming.DONE`."""
        if self._target.provider in _OPENAI_SHAPED:
            received = await received.fetch_stream()
        if not isinstance(received, BaseModelResponseIterator) or received.http_response is None:
            async for chunk in received:
                yield chunk
            return
        async with aclosing(events(received.http_response.aiter_bytes())) as told:
            async for event in told:
                yield incoming.DONE if event is None else received.chunk_parser(event)

    def _fixed_arguments(self) -> Mapping[str, Any]:
        target = self._target
        fixed = {
            "model": target.model,
            "base_url": target.base_url,
            "api_key": target.api_key or _NO_KEY,
            "api_version": target.api_version,
            "timeout": target.timeout_seconds,
            "max_retries": 0,
            "num_retries": 0,
            "no-log": True,
            "client": self._client(),
            "allowed_openai_params": list(_PASSED_ON) if target.provider in _OPENAI_SHAPED else None,
        }
        return {name: value for name, value in fixed.items() if value is not None}

    def _client(self) -> object:
        """Return what litellm sends with: ours in each case, since its own follows redirects to any address."""
        target = self._target
        common = {
            "api_key": target.api_key or _NO_KEY,
            "http_client": self._http.client,
            "timeout": target.timeout_seconds,
            "max_retries": 0,
        }
        if target.provider == "openai":
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
    if (transport := _transport_problem(failure)) is not None:
        return transport
    status = getattr(failure, "status_code", None)
    if isinstance(failure, litellm.Timeout | TimeoutError) or status in _TIMEOUTS:
        return UpstreamTimeoutError("no answer in time")
    if status in _OVERLOADS:
        return UpstreamOverloadedError()
    return UpstreamRefusedError("request refused or answer unusable")


def _transport_problem(failure: BaseException) -> UpstreamError | None:
    """Return what went wrong on the wire, if that is at the bottom of it: litellm calls most of it a 500."""
    seen: BaseException | None = failure
    while seen is not None:
        if isinstance(seen, httpx.TimeoutException):
            return UpstreamTimeoutError("no answer in time")
        if isinstance(seen, httpx.TransportError):
            return UpstreamOverloadedError()
        seen = seen.__cause__ or seen.__context__
    return None
