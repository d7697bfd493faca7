"""Reads a text and says what it asks for: two voices, and the person is asked where they differ.

The sieve, which is fast, clears the passages that are plainly innocent. What it holds back is read by the learned voice
(`judge`) and weighed with the written one (`voice`), which names the act, the object and the marker that it sees.
Secrets are found by their form alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from policies.facts import VAGUE, Likely, Recognised, Recognition
from policies.practices import verdict
from policies.practices.disguise import Splitter, hidden, uncoded
from policies.practices.emergency import vital
from policies.practices.folding import fold
from policies.practices.injection import orders
from policies.practices.judge.model import Judge
from policies.practices.passages import passages
from policies.practices.secrets import secrets
from policies.practices.sieve.features import tokens
from policies.practices.sieve.model import Sieve
from policies.practices.voice import Evidence, Level, Voice
from policies.practices.whole import whole

_SUSPECT = 0.01
"""What the sieve has to make of a passage for the judge to read it; low, since what it clears nobody reads again."""

_SHORT = 300
"""Characters of a text that is probably a request, or a part of one."""

_SUSPECT_IF_SHORT = 0.001
"""The same for such a text: low enough that on the bench's development half no decision on a forbidden request changed
where the judge had read every one before, and that two in five short notes in a long conversation pass unread."""

_LEAST = 0.005
"""Uses that are less likely are not told."""
_DEEPEST = 2
"""How often a hidden text may hide another."""

_SECRETS = "secrets_acces"
_BYPASS = "contournement"


@dataclass(frozen=True, slots=True)
class _Passage:
    """What both voices make of a passage."""

    practices: Sequence[float]
    uses: Sequence[float]
    evidence: dict[str, Evidence]


class Recogniser:
    """Reads texts. Keeps nothing of them; RecognitionUnavailableError where it cannot be loaded."""

    def __init__(self) -> None:
        """Load the sieve and both voices."""
        self._sieve, self._judge, self._voice = Sieve(), Judge(), Voice()
        self._splitter = Splitter(self._sieve.ranks)

    def recognise(self, text: str) -> Recognition:
        """Return what `text` asks for, and what is hidden in it."""
        return self._read(text, _DEEPEST)

    def _read(self, text: str, depth: int) -> Recognition:
        shown = list(passages(uncoded(text)))
        words = [tokens(fold(passage)) for passage in shown]
        read = self._heard(text, shown, words)
        found = _judged(self._judge.practices, self._judge.uses.index(VAGUE), read)
        mine = Recognition(
            (*_by_form(text), *(each for each, sure in found if sure)),
            tuple(each for each, sure in found if not sure),
            self._uses(read),
            emergency=any(map(vital, words)),
        )
        inner = list(self._hidden(text, depth))
        return whole([mine, *inner], [mine]) if inner else mine

    def _heard(self, text: str, shown: Sequence[str], words: Sequence[Sequence[str]]) -> list[_Passage]:
        """Return what is made of each passage; both voices read those that are suspect."""
        sifted = self._sieve.judge(words)
        practices, uses = sifted.practices.copy(), sifted.uses.copy()
        least = _SUSPECT_IF_SHORT if len(text) <= _SHORT else _SUSPECT
        suspect = [place for place in range(len(shown)) if practices[place, 0] <= 1 - least]
        evidence: dict[int, dict[str, Evidence]] = {}
        if suspect:
            judged = self._judge.judge([shown[place] for place in suspect])
            practices[suspect] = verdict.blended(judged.practices, sifted.practices[suspect])
            uses[suspect] = verdict.blended_uses(judged.uses, sifted.uses[suspect])
            evidence = {place: {each.practice: each for each in self._voice.listen(words[place])} for place in suspect}
        return [
            _Passage(*row, evidence.get(place, {}))
            for place, row in enumerate(zip(practices.tolist(), uses.tolist(), strict=True))
        ]

    def _hidden(self, text: str, depth: int) -> Iterator[Recognition]:
        for each in chain(hidden(text, self._splitter.split), orders(text)):
            # Text wrapped deeper than anybody wraps it by accident is not read on: it is meant to pass unread.
            read = self._read(each.text, depth - 1) if depth else Recognition()
            bypass = (Recognised(_BYPASS, 1.0, ("hidden",)),) if each.deliberate or not depth else ()
            yield Recognition((*read.forbidden, *bypass), read.doubtful, read.uses, emergency=read.emergency)

    def _uses(self, read: Sequence[_Passage]) -> tuple[Likely, ...]:
        """Return how likely each use is; of a long text its ends speak, where people ask."""
        if not read:
            return ()
        chances = np.maximum(read[0].uses, read[-1].uses)
        chances /= chances.sum()
        return tuple(
            Likely(self._judge.uses[place], float(chances[place]))
            for place in np.argsort(-chances)
            if chances[place] >= _LEAST
        )


def _judged(practices: Sequence[str], vague: int, read: Sequence[_Passage]) -> list[tuple[Recognised, bool]]:
    """Return each practice that is to be refused or asked about, and which of the two.

    A passage counts by how sure it is that anything is forbidden; its likeliest practice gives the name.
    """
    judged: dict[str, tuple[Recognised, bool]] = {}
    alone = len(read) == 1
    for passage in read:
        chances = dict(zip(practices, passage.practices, strict=True))
        certainty = 1 - chances.pop("")
        name = max(chances, key=lambda practice: chances[practice] + verdict.favour(passage.evidence.get(practice)))
        spoken = passage.evidence.get(name)
        level = max((each.level for each in passage.evidence.values()), default=Level.NONE)
        if not verdict.doubtful(certainty, level, alone=alone):
            continue
        found = (
            Recognised(name, certainty, spoken.signals if spoken else ()),
            verdict.forbidden(certainty, level, alone=alone, vague=passage.uses[vague]),
        )
        # Surely forbidden in one passage is not undone by a likelier doubt in another, where words say less.
        judged[name] = max(judged.get(name, found), found, key=lambda each: (each[1], each[0].certainty))
    return sorted(judged.values(), key=lambda each: -each[0].certainty)


def _by_form(text: str) -> tuple[Recognised, ...]:
    kinds = tuple(sorted(set(secrets(text))))
    return (Recognised(_SECRETS, 1.0, kinds),) if kinds else ()
