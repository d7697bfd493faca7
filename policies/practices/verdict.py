"""What both voices together make of a passage: forbidden where they agree, doubtful where one stands alone.

The numbers were chosen on the development half of `bench/charter` and on documents of that of `bench/masking`, which
ask for nothing; never on the halves kept back.
"""

from policies.practices.chances import Floats
from policies.practices.voice import Evidence, Level

_JUDGE = 0.6
"""Weight of the judge beside the sieve, which errs elsewhere."""
_JUDGE_OF_USES = 0.5
"""The same for uses, which both have learnt once more by themselves: together they name four in five of the hard
examples that were held out, the sieve alone three in four, the judge seven in ten."""

_FORBIDDEN = {Level.NONE: 0.55, Level.TAKEN_BACK: 0.65, Level.HINTED: 0.55, Level.ASKED: 0.35}
"""What the learned voice has to say for a refusal, by what the written one says."""
_DOUBTFUL = {Level.NONE: 0.45, Level.TAKEN_BACK: 0.5, Level.HINTED: 0.45, Level.ASKED: 0.2}
"""The same, for asking."""

_FORBIDDEN_AMONG_OTHERS = {Level.NONE: 0.8, Level.TAKEN_BACK: 0.85, Level.HINTED: 0.65, Level.ASKED: 0.4}
_DOUBTFUL_AMONG_OTHERS = {Level.NONE: 0.6, Level.TAKEN_BACK: 0.7, Level.HINTED: 0.55, Level.ASKED: 0.25}
"""The same for a passage of a longer text: each of many may be misread, and one is enough to stop the text."""

_VAGUE, _SURE_THOUGH_VAGUE = 0.4, 0.9

_FAVOUR = {Level.NONE: 0.0, Level.TAKEN_BACK: 0.0, Level.HINTED: 0.1, Level.ASKED: 0.25}


def blended(judge: Floats, sieve: Floats) -> Floats:
    """Return the chances of practices that both learned networks give together."""
    return _JUDGE * judge + (1 - _JUDGE) * sieve


def blended_uses(judge: Floats, sieve: Floats) -> Floats:
    """Return the chances of uses that both give together."""
    return _JUDGE_OF_USES * judge + (1 - _JUDGE_OF_USES) * sieve


def forbidden(certainty: float, level: Level, *, alone: bool = True, vague: float = 0.0) -> bool:
    """Return whether the charter is broken; `alone` where the passage is the whole text.

    `vague`: how likely it is that it says nothing of what it wants. Whoever writes so is asked, unless the words tell.
    """
    if vague >= _VAGUE and level is not Level.ASKED and certainty < _SURE_THOUGH_VAGUE:
        return False
    return certainty >= (_FORBIDDEN if alone else _FORBIDDEN_AMONG_OTHERS)[level]


def doubtful(certainty: float, level: Level, *, alone: bool = True) -> bool:
    """Return whether the person has to be asked, at least; `alone` as above."""
    return certainty >= (_DOUBTFUL if alone else _DOUBTFUL_AMONG_OTHERS)[level]


def favour(evidence: Evidence | None) -> float:
    """Return how much the words speak for a practice's name among those that are likely."""
    return _FAVOUR[evidence.level if evidence else Level.NONE]
