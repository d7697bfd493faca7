"""Where a route leads: what the configuration says of one model, and nothing from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

FAST: Final[Mapping[str, str | None]] = {
    "hosted_vllm": None,
    "openai": None,
    "openai_like": None,
    "mistral": "https://api.mistral.ai/v1",
}
"""Providers that take the fast road, and the address of those that have one."""

OPENAI_SHAPED: Final = frozenset({*FAST, "azure"})
"""Providers that answer in OpenAI's own shape, whichever road leads to them."""


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
