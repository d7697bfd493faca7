"""What one process says of itself, and how it looks next to what the others say."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

LONGEST: Final = 100
"""Characters of a name or a version; enough to know it again."""


def _shown(told: object) -> object:
    """Return what may be shown: Redis may hold anything, and this ends on a terminal and in a log."""
    if not isinstance(told, str):
        return told
    return "".join(each if each.isprintable() else " " for each in told[:LONGEST])


Shown = Annotated[str, BeforeValidator(_shown)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class InForce(BaseModel):
    """A charter or a policy."""

    model_config = ConfigDict(frozen=True)

    version: Shown
    """As its author calls it."""
    digest: Digest
    """Of what it says: two files of one version may differ."""

    @classmethod
    def of(cls, version: str, digest: str) -> "InForce":
        """Return it by its author's version and a longer digest."""
        return cls(version=version, digest=digest[:12])


class Announcement(BaseModel):
    """What a process that serves has in force. Keys of another version of Écluse are passed over."""

    model_config = ConfigDict(frozen=True)

    gateway: Shown
    """Machine and port, which the processes of one gateway share."""
    charter: InForce
    policy: InForce | None
    """Of outgoing connections; None where none was ever compiled."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One process among those that announce themselves."""

    own: Announcement
    seen: int
    """Processes, this one included."""
    charter: tuple[Announcement, ...]
    """Those with another charter."""
    policy: tuple[Announcement, ...]
    """Those with another policy, or with none where this one has one."""

    @property
    def alike(self) -> bool:
        """Return whether everybody has the same in force."""
        return not (self.charter or self.policy)


def picture(own: Announcement, others: Collection[Announcement]) -> Picture:
    """Return how `own` looks among the others; by digests, since a version can be forgotten in an edited file."""
    ordered = sorted(others, key=lambda one: one.gateway)
    return Picture(
        own,
        1 + len(others),
        tuple(one for one in ordered if one.charter.digest != own.charter.digest),
        tuple(one for one in ordered if _digest(one.policy) != _digest(own.policy)),
    )


def _digest(policy: InForce | None) -> str | None:
    return policy.digest if policy else None
