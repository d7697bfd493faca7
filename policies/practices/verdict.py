"""What both voices together make of a passage: forbidden where they agree, doubtful where one stands alone.

The numbers were chosen on the development half of `bench/charter`, never on the half kept back.
"""

from policies.practices.sieve.features import Floats
from policies.practices.voice import Evidence, Level

_JUDGE = 0.6
"""Weight of the judge beside the sieve, which errs elsewhere."""

_FORBIDDEN = {Level.NONE: 0.6, Level.TAKEN_BACK: 0.7, Level.HINTED: 0.5, Level.ASKED: 0.25}
"""What the learned voice has to say for a refusal, by what the written one says."""
_DOUBTFUL = {Level.NONE: 0.45, Level.TAKEN_BACK: 0.5, Level.HINTED: 0.4, Level.ASKED: 0.15}
"""The same, for asking."""

_FAVOUR = {Level.NONE: 0.0, Level.TAKEN_BACK: 0.0, Level.HINTED: 0.1, Level.ASKED: 0.25}


def blended(judge: Floats, sieve: Floats) -> Floats:
    """Return the chances that both learned networks give together."""
    return _JUDGE * judge + (1 - _JUDGE) * sieve


def forbidden(certainty: float, level: Level) -> bool:
    """Return whether the charter is broken."""
    return certainty >= _FORBIDDEN[level]


def doubtful(certainty: float, level: Level) -> bool:
    """Return whether the person has to be asked, at least."""
    return certainty >= _DOUBTFUL[level]


def favour(evidence: Evidence | None) -> float:
    """Return how much the words speak for a practice's name among those that are likely."""
    return _FAVOUR[evidence.level if evidence else Level.NONE]
