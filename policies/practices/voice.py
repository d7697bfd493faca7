"""The written voice at work: which practices the words of a text speak of, how plainly, and what takes them back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from policies.practices.families import FAMILIES
from policies.practices.signals.family import Family
from policies.practices.signals.pattern import Matcher, Seen
from policies.practices.signals.shared import SHARED

_ENDS = frozenset(".!?\n")
_SHARED = "shared"


class Level(IntEnum):
    """How much the words say."""

    NONE = 0
    TAKEN_BACK = 1
    """Asked for, in words that turn the sense."""
    HINTED = 2
    ASKED = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the words say of one practice; `signals` are names from a closed list."""

    practice: str
    level: Level
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A family with the names of its signals made ready to be compared."""

    practice: str
    asked: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    hinted: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    taken_back: tuple[tuple[str, frozenset[str]], ...]


class Voice:
    """Reads tokens. Keeps nothing of them."""

    def __init__(self, families: Sequence[Family] = FAMILIES) -> None:
        """Compile the signals of all families into one matcher."""
        self._families = tuple(map(_ready, families))
        named = {f"{family.practice}.{name}": words for family in families for name, words in family.signals.items()}
        self._matcher = Matcher({**named, **{f"{_SHARED}.{name}": words for name, words in SHARED.items()}})

    def listen(self, tokens: Sequence[str]) -> list[Evidence]:
        """Return what the words of a text say of each practice that they speak of; tokens as `features` gives them."""
        best: dict[str, Evidence] = {}
        for seen in _windows(tokens, list(self._matcher.find(tokens))):
            spoken_of = {name.partition(".")[0] for name in seen}
            for family in self._families:
                evidence = _judged(family, seen) if family.practice in spoken_of else None
                known = best.get(family.practice)
                if evidence and (known is None or evidence.level > known.level):
                    best[family.practice] = evidence
        return list(best.values())


def _ready(family: Family) -> _Heard:
    def whole(combinations: tuple[tuple[str, ...], ...]) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
        return tuple((frozenset(f"{family.practice}.{name}" for name in names), names) for names in combinations)

    turned = ((name, frozenset({f"{family.practice}.{name}", f"{_SHARED}.{name}"})) for name in family.taken_back)
    return _Heard(family.practice, whole(family.asked), whole(family.hinted), tuple(turned))


def _windows(tokens: Sequence[str], seen: Sequence[Seen]) -> Iterator[frozenset[str]]:
    """Yield the names of the signals in each two consecutive sentences."""
    if not seen:
        return
    sentence, number = [0] * (len(tokens) + 1), 0
    for place, token in enumerate(tokens):
        sentence[place] = number
        number += token in _ENDS
    names: dict[int, set[str]] = {}
    for each in seen:
        names.setdefault(sentence[each.start], set()).add(each.name)
    for number in sorted(names):
        yield frozenset(names[number] | names.get(number + 1, set()))


def _judged(family: _Heard, seen: frozenset[str]) -> Evidence | None:
    level = Level.ASKED
    spoken = next((names for whole, names in family.asked if whole <= seen), None)
    if spoken is None:
        level, spoken = Level.HINTED, next((names for whole, names in family.hinted if whole <= seen), None)
    if spoken is None:
        return None
    turned = tuple(name for name, either in family.taken_back if seen & either)
    return Evidence(family.practice, Level.TAKEN_BACK if turned else level, (*spoken, *turned))
