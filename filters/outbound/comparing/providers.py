"""Where a model answers whose route gives no address: its provider's own host, by the model's name. Pure."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_AWS: Final = (
    "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1",
    "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2",
    "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1",
    "us-west-1", "us-west-2",
)  # fmt: skip
_GOOGLE: Final = (
    "europe-central2", "europe-north1", "europe-southwest1", "europe-west1", "europe-west2", "europe-west3",
    "europe-west4", "europe-west6", "europe-west8", "europe-west9",
    "us-central1", "us-east1", "us-east4", "us-east5", "us-south1",
    "us-west1", "us-west4",
)  # fmt: skip
_REGION: Final = re.compile(r"[a-z]{2}(?:-[a-z]+)+-[0-9]")

_BEDROCK: Final = "bedrock-runtime.{}.amazonaws.com"
_VERTEX: Final = (
    "aiplatform.googleapis.com",
    "oauth2.googleapis.com",
    *(f"{location}-aiplatform.googleapis.com" for location in _GOOGLE),
)

_HOSTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "anthropic": ("api.anthropic.com",),
        "cerebras": ("api.cerebras.ai",),
        "codestral": ("codestral.mistral.ai",),
        "cohere": ("api.cohere.ai", "api.cohere.com"),
        "cohere_chat": ("api.cohere.ai", "api.cohere.com"),
        "deepinfra": ("api.deepinfra.com",),
        "deepseek": ("api.deepseek.com",),
        "fireworks_ai": ("api.fireworks.ai",),
        "gemini": ("generativelanguage.googleapis.com",),
        "groq": ("api.groq.com",),
        "huggingface": ("router.huggingface.co",),
        "mistral": ("api.mistral.ai",),
        "nebius": ("api.studio.nebius.ai",),
        "openai": ("api.openai.com",),
        "openrouter": ("openrouter.ai",),
        "ovhcloud": ("oai.endpoints.kepler.ai.cloud.ovh.net",),
        "perplexity": ("api.perplexity.ai",),
        "scaleway": ("api.scaleway.ai",),
        "together_ai": ("api.together.ai", "api.together.xyz"),
        "vertex_ai": _VERTEX,
        "vertex_ai_beta": _VERTEX,
        "xai": ("api.x.ai",),
    }
)
"""By the prefix that litellm gives their models."""

LOCAL: Final = frozenset({"demo", "ollama", "ollama_chat"})
"""Prefixes of models that answer on the gateway's own machine."""


def hosts_of(model: str) -> tuple[str, ...]:
    """Return the hosts that a call to `model`, as litellm names it, may go to; none for a provider that is not known.

    Bedrock and Vertex have a host for each region, which credentials may give as well: those of every region of
    Bedrock, and of Vertex in Europe and the United States, are returned, unless the model's name says one.
    """
    provider, _, rest = model.partition("/")
    if provider != "bedrock":
        return _HOSTS.get(provider, ())
    named = [part for part in re.split(r"[/:]", rest) if _REGION.fullmatch(part)]
    return tuple(_BEDROCK.format(region) for region in named or _AWS)
