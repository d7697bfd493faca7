"""Examples made into passages: carelessly typed, and in the company of other text."""

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.facts import VAGUE
from policies.practices.passages import LONGEST
from policies.practices.training.examples import NOTHING, Example
from policies.practices.training.noise import misspelt, shortened

ACCOMPANIED = 0.3
"""Share of the examples that other text stands beside, unless said otherwise."""
_ABOVE = 0.6
"""Company more often stands above: people paste first and ask then."""
_DOCUMENT = 0.6
_TOGETHER = 0.5
_SHOUTED = 0.03
_UNACCENTED = 0.3
_MISSPELT = 0.25
_SHORTENED = 0.12
_LEAST_ROOM = 40
_EXERCISE = "formation"
"""The use whose company would turn a forbidden request into an exercise."""


@dataclass(frozen=True, slots=True)
class Classes:
    """What a network's two answers stand for, in order; the first practice is none."""

    practices: tuple[str, ...]
    uses: tuple[str, ...]


def classes(examples: Sequence[Example]) -> Classes:
    """Return the practices and uses that the examples name."""
    practices = sorted({example.practice for example in examples} - {NOTHING})
    return Classes((NOTHING, *practices), tuple(sorted({example.use for example in examples} - {NOTHING})))


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, the number of its practice, and that of its use; -1 where no use is said."""

    text: str
    practice: int
    use: int


class Composer:
    """Makes passages of examples, other ones at each round."""

    def __init__(
        self,
        examples: Sequence[Example],
        documents: Sequence[str],
        classes: Classes,
        seed: int,
        accompanied: float = ACCOMPANIED,
    ) -> None:
        self._examples, self._documents, self._classes = examples, documents, classes
        self._accompanied = accompanied
        self._allowed = [one for one in examples if not one.practice and one.use != _EXERCISE]
        self._rng = random.Random(seed)

    def passages(self) -> Iterator[Passage]:
        """Yield each example once, some of them in company or carelessly typed, and each document alone."""
        for example in self._examples:
            if len(example.text) > LONGEST and example.practice:
                continue
            practice = self._classes.practices.index(example.practice)
            use = self._classes.uses.index(example.use) if example.use else -1
            text = self._careless(example.text)
            company = self._company(example, LONGEST - len(text)) if self._rng.random() < self._accompanied else None
            if company:
                use = use if company[1] else -1
                text = f"{company[0]}\n{text}" if self._rng.random() < _ABOVE else f"{text}\n{company[0]}"
            yield Passage(self._cut(text), practice, use)
        vague = self._classes.uses.index(VAGUE)
        for text in self._documents:
            yield Passage(self._cut(self._careless(self._pasted(text))), 0, vague)

    def _pasted(self, text: str) -> str:
        """Return a document, half of the time with others after it until a passage is full or nearly so."""
        rng = self._rng
        if rng.random() < _TOGETHER:
            wanted, link = rng.randint(0, 2 * LONGEST), rng.choice(("\n", "\n\n", " ", "\n- "))
            while len(text) < wanted:
                text = f"{text}{link}{rng.choice(self._documents)}"
        return text

    def _careless(self, text: str) -> str:
        rng = self._rng
        if rng.random() < _SHOUTED:
            text = text.upper()
        if rng.random() < _UNACCENTED:
            text = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
        if rng.random() < _SHORTENED:
            text = shortened(text, rng)
        if rng.random() < _MISSPELT:
            text = misspelt(text, rng, rng.choice((0.01, 0.02, 0.05)))
        return text

    def _company(self, example: Example, room: int) -> tuple[str, bool] | None:
        """Return innocent text that fits, and whether the example's use still holds beside it."""
        if room < _LEAST_ROOM:
            return None
        if self._documents and self._rng.random() < _DOCUMENT:
            text = self._pasted(self._rng.choice(self._documents))
            start = self._rng.randrange(max(1, len(text) - room + 1))
            return text[start : start + self._rng.randint(_LEAST_ROOM, room)], True
        other = self._rng.choice(self._allowed)
        if other.family == example.family or len(other.text) > room:
            return None
        return other.text, other.use == example.use

    def _cut(self, text: str) -> str:
        start = self._rng.randrange(max(1, len(text) - LONGEST + 1))
        return text[start : start + LONGEST]
