"""What the charter needs to know in order to decide: the caller, the route, the request."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Standing:
    """What the register of people knows of a person."""

    trainings: Mapping[str, dt.date] = field(default_factory=dict)
    """The last day of each, by code."""
    signed: Mapping[str, dt.date] = field(default_factory=dict)
    """When each version of the charter was signed."""
    habilitations: Mapping[str, dt.date] = field(default_factory=dict)
    """The last day of each, by use or by the name of an AI system."""


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
    person: str | None = None
    """Whose credential it is, as the register of people names them; None: nobody's. Never in the journal."""
    standing: Standing | None = field(default=None, hash=False)
    """None: the person is not known, or the charter does not ask."""


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
class Recognised:
    """A forbidden practice as the texts of a request show it."""

    practice: str
    certainty: float
    signals: tuple[str, ...] = ()
    """Names of the signals that spoke, from a closed list; never a word of the text."""


VAGUE = "imprecis"
"""In the place of a use: the text does not say what is wanted, such as a document and nothing else."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A use that the texts of a request fit, and how likely it is that they do."""

    use: str
    chance: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was recognised in the texts of a request. Empty: they were read, and nothing was found."""

    forbidden: tuple[Recognised, ...] = ()
    """Recognised beyond doubt, the most certain first."""
    doubtful: tuple[Recognised, ...] = ()
    """One voice speaks and the other does not: the person is asked."""
    uses: tuple[Likely, ...] = ()
    """The most likely first; an id that the charter does not list stands for a request outside of its catalogue."""
    emergency: bool = False
    """Whether somebody's life seems to be at stake now."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a request says of itself; of its texts, what was recognised in them only."""

    declared_use: str | None
    requested_route: str | None
    today: dt.date
    has_media: bool = False
    """Whether an image, a sound or a file is attached: only a D2 route may take one, since it cannot be masked."""
    recognition: Recognition | None = None
    """None: the texts could not be read, and nothing is allowed."""
