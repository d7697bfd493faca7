"""What a key, a service and a use may spend, and have in progress at once."""

from typing import Annotated

from pydantic import Field, StringConstraints

from config.section import Section

PerMinute = Annotated[int, Field(ge=1)]
AtOnce = Annotated[int, Field(ge=1)]
ServiceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
"""As keys name a service."""
UseName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
"""As the charter names a use."""


class Ceiling(Section):
    """What all keys together may spend under one name; what is not written is not limited."""

    requests_per_minute: PerMinute | None = None
    tokens_per_minute: PerMinute | None = None
    concurrent_requests: AtOnce | None = None


class Allowance(Section):
    """Section `quota`."""

    requests_per_minute: PerMinute = 60
    """Of a key that has no allowance of its own."""
    tokens_per_minute: PerMinute = 100_000
    concurrent_requests: AtOnce | None = None
    """Of each key. None, since one key may be a whole ward's chat, of which no number is known to be too many."""
    services: dict[ServiceName, Ceiling] = Field(default_factory=dict)
    uses: dict[UseName, Ceiling] = Field(default_factory=dict)
