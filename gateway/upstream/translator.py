"""A masked prompt in the words of one provider, by litellm's own translation of it, without its way of sending.

What litellm computes for each call besides (costs, tokens, callbacks, objects of its own) is left out. It leans on
litellm's internals: its version is locked, and the tests compare what is sent on both roads.
"""

import contextlib
import json
import ssl
from typing import Any

import orjson
from yarl import URL

from gateway.conversation import MaskedPrompt
from gateway.errors import UpstreamRefusedError
from gateway.upstream import outgoing
from gateway.upstream.quiet_litellm import (
    NO_KEY,
    PASSED_ON,
    OpenAIGPTConfig,
    OpenAIUnknownModelConfig,
    ProviderConfigManager,
    get_default_headers,
    get_ssl_configuration,
    litellm,
    responses_api_bridge_check,
)
from gateway.upstream.target import FAST, Target
from gateway.upstream.transport import Connection


class Translator:
    """Writes the requests of one route."""

    def __init__(self, target: Target, config: OpenAIGPTConfig, address: str) -> None:
        """`config` is litellm's for this provider and model; `address` is the server's."""
        self._target, self._config = target, config
        key = target.api_key or NO_KEY
        # litellm's own completion of an address: Mistral's ends with /v1.
        self._model, provider, _, base = litellm.get_llm_provider(target.model, api_base=address, api_key=key)
        self._known = frozenset({*config.get_supported_openai_params(self._model), *PASSED_ON, "stream"})
        self._fixed = {"custom_llm_provider": provider, "api_base": base}
        url = config.get_complete_url(base, key, self._model, {}, self._fixed)
        headers = config.validate_environment(get_default_headers(), self._model, [], {}, self._fixed, key, base)
        self.connection = Connection(url, headers, target.timeout_seconds, _tls())

    def body(self, prompt: MaskedPrompt, *, stream: bool) -> bytes:
        """Return the body of a request.

        Raises `UpstreamRefusedError` where the provider does not know a parameter: it is never silently dropped.
        """
        asked = outgoing.arguments(prompt, media=self._target.media)
        with contextlib.suppress(Exception):  # what litellm says of an error may quote the request
            return self._translated(asked, stream)
        raise UpstreamRefusedError("a request that cannot be put in the words of the provider")

    def _translated(self, asked: dict[str, Any], stream: bool) -> bytes:  # noqa: FBT001 - as in the request
        messages = [_without_none(message) for message in asked.pop("messages")]
        if not asked.keys() <= self._known:
            raise ValueError("a parameter that the provider does not know")
        mapped = self._mapped(asked, stream)
        body = self._config.transform_request(self._model, messages, mapped, self._fixed, {})
        body |= body.pop("extra_body", None) or {}
        return _written(body)

    def _mapped(self, asked: dict[str, Any], stream: bool) -> dict[str, Any]:  # noqa: FBT001 - as in the request
        if stream:
            asked |= {"stream": True, "stream_options": {"include_usage": True}}
        passed = {name: asked[name] for name in PASSED_ON if name in asked}
        mapped: dict[str, Any] = self._config.map_openai_params(asked, {}, self._model, drop_params=False)
        return passed | mapped


def translator(target: Target) -> Translator | None:
    """Return what writes this route's requests; None where they are better left to the whole of litellm."""
    address = target.base_url or FAST.get(target.provider)
    if target.provider not in FAST or address is None or URL(address).user is not None:
        return None
    model = target.model.partition("/")[2]
    config = ProviderConfigManager.get_provider_chat_config(model, litellm.LlmProviders(target.provider))
    if not isinstance(config, OpenAIGPTConfig) or (target.provider == "openai" and not _is_plain(config, model)):
        return None
    return Translator(target, config, address)


def _is_plain(config: object, model: str) -> bool:
    """Return whether a model is reached by OpenAI's common shape: its newest and oldest ones have their own."""
    return (
        type(config) in {OpenAIGPTConfig, OpenAIUnknownModelConfig}
        and model not in litellm.open_ai_text_completion_models
        and not litellm.openAIGPTAudioConfig.is_model_gpt_audio_model(model=model)
        and responses_api_bridge_check(model, "openai")[0].get("mode") != "responses"
    )


def _tls() -> ssl.SSLContext | bool:
    """Return the certificates to trust: those of `SSL_CERT_FILE` or `SSL_VERIFY`, as on the other road."""
    told = get_ssl_configuration(None)
    return told if isinstance(told, ssl.SSLContext) else told is not False


def _without_none(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if value is not None}


def _written(body: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(body)
    except TypeError:
        # A tool's schema may hold a number of more than 64 bits.
        return json.dumps(body, ensure_ascii=False).encode()
