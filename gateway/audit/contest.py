"""A refusal of the charter that its caller holds to be wrong. Nothing in it is free text: it could name a patient."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from policies.facts import Caller

CONTEST_DAYS: Final = 30
"""How long a refusal may be contested."""


class Reason(StrEnum):
    """Why a refusal is held to be wrong."""

    ALLOWED_USE = "usage_permis"
    """What was asked is an approved use."""
    NOT_CONCERNED = "pas_concerne"
    """The request was not about what the refusal says."""
    FICTITIOUS = "exercice_fictif"
    """An invented case, for teaching."""
    REVIEWED = "relu_par_humain"
    """A professional decides and reviews."""
    OTHER = "autre"


class Outcome(StrEnum):
    """What the hospital's contact answers."""

    UPHELD = "upheld"
    """The refusal was right."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Contest:
    """A contested refusal; `outcome` is None until somebody has settled it."""

    refusal: str
    """The output id of the refused request."""
    code: str
    """Of the refusal: a reason code, or a forbidden practice."""
    article: str
    reason: Reason
    refused_at: dt.datetime
    contested_at: dt.datetime
    outcome: Outcome | None = None


class Contests(Protocol):
    """Takes contests. Fails closed: what cannot be written raises `AuditUnavailableError`."""

    async def contest(self, caller: Caller, refusal: str, reason: Reason) -> Contest:
        """Record that a caller contests a refusal of theirs, once and within `CONTEST_DAYS`.

        Raises `ContestedAlreadyError`; and `RefusalAbsentError` alike for no such refusal, somebody else's and one too
        old, so that nobody learns which ids exist.
        """
        ...
