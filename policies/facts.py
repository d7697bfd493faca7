"""What the charter needs to know in order to decide: the caller, the route, the request."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """Which data a use or a route may carry."""

    D0 = "D0"
    """No patient data."""
    D1 = "D1"
    """Masked patient data."""
    D2 = "D2"
    """Identified patient data, on a certified host (HDS) in the EEA only."""

    @property
    def rank(self) -> int:
        """Return 0, 1 or 2, for comparing."""
        return int(self.value[1])


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. `key_id` names the credential and is never a person's name."""

    key_id: str
    role: str
    service: str
    uses: frozenset[str] | None = None
    """Uses that this credential is limited to; None: every use that the charter opens to the role."""
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    tool: bool = True
    """Whether a program asks by itself; False for a person's clinical chat, which a failing counter must not stop."""


@dataclass(frozen=True, slots=True)
class AiSystem:
    """The AI system behind a route, as the cartography names it."""

    name: str
    version: str
    supplier: str


@dataclass(frozen=True, slots=True)
class Route:
    """A sanctioned model and where it runs, as far as the charter cares."""

    id: str
    tier: Tier
    country: str
    """ISO 3166-1 alpha-2."""
    system: AiSystem
    hds_certificate: str | None = None
    hds_expires: dt.date | None = None
    fallbacks: tuple[str, ...] = ()
    expires: dt.date | None = None
    """Last day on which this route may be used; None: no end."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a request says of itself; texts are not here, since catalogue rules do not read them."""

    declared_use: str | None
    requested_route: str | None
    today: dt.date
    has_media: bool = False
    """Whether an image, a sound or a file is attached: only a D2 route may take one, since it cannot be masked."""
