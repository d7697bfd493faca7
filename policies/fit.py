"""Which approved use a request fits, as far as its texts tell: what may be inferred, and what has gone astray."""

from collections.abc import Mapping

from policies.decision import Review
from policies.facts import VAGUE, Recognition
from policies.rule import Use

CERTAIN = 0.9
"""From here on a request is held to be of one use and no other."""

_PLAIN = 0.85
"""What uses that may be inferred have to make up together, for the likeliest of them to be taken without asking."""

_EVADED = 0.65
_BESIDE = 0.1
"""How likely more demanding uses have to be together, and the declared one at the most beside them, for a declaration
to be refused: they differ among themselves less than they do from what was declared.
"""

_CLOSED = 0.55
"""How likely uses that are open to nobody have to be, whatever is left to the declared one: whoever asks for two things
at once, one of them allowed, has declared that one."""

_ELSEWHERE = 0.9
_NOWHERE = 0.01
"""How likely a single other use has to be, and the declared one at the most, for a declaration to be refused although
the other asks no more of people: its data, its notice and its roles are still not those that were declared.

These numbers were chosen on the development half of `bench/charter`, and on examples that were held out.
"""

_SILENT = 0.2
"""How likely that is where a declaration stands: who chose a use and pastes a text has said what is wanted."""

_BURDENS = (Review.R0, Review.R1, Review.R2)


def likeliest(read: Recognition, at_least: float = 0.0) -> str | None:
    """Return the use that the request most likely fits; None where none is likely enough."""
    best = read.uses[0] if read.uses else None
    return best.use if best is not None and best.chance >= at_least else None


def inferred(read: Recognition, uses: Mapping[str, Use]) -> Use | None:
    """Return the use that a request plainly fits, of those that may be inferred; None where it has to be asked."""
    plain = sum(likely.chance for likely in read.uses if likely.use in uses and uses[likely.use].inferable)
    best = uses.get(likeliest(read) or "")
    return best if best is not None and best.inferable and plain >= _PLAIN else None


def evades(read: Recognition, declared: Use, uses: Mapping[str, Use]) -> bool:
    """Return whether the request is not what was declared: something that asks more of people, or plainly another use.

    A use that the charter does not list stands for a request outside of its catalogue, except one too vague to tell.
    """
    declared_chance = sum(likely.chance for likely in read.uses if likely.use == declared.id)
    others = [likely for likely in read.uses if likely.use not in {declared.id, VAGUE}]
    demanding = sum(one.chance for one in others if one.use not in uses or asks_more(uses[one.use], declared))
    closed = sum(one.chance for one in others if one.use not in uses or not uses[one.use].enabled)
    elsewhere = max((one.chance for one in others if one.use not in uses or not uses[one.use].ancillary), default=0.0)
    silent = sum(likely.chance for likely in read.uses if likely.use == VAGUE)
    if elsewhere >= _ELSEWHERE and declared_chance <= _NOWHERE:
        return True
    return silent < _SILENT and (closed >= _CLOSED or (demanding >= _EVADED and declared_chance <= _BESIDE * demanding))


def asks_more(other: Use, declared: Use) -> bool:
    """Return whether `other` asks more of people than `declared`, so that declaring the latter would evade duties."""
    if not other.enabled:
        return True
    return (_BURDENS.index(other.review), other.tier.rank) > (_BURDENS.index(declared.review), declared.tier.rank)
