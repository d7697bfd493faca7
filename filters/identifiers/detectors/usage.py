"""How one text uses its words: whether it keeps its capitals for names, and which words it speaks of as things."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

THINGS = frozenset(["le", "la", "l'", "les", "un", "une", "du", "des", "au", "aux", "ce", "cet", "cette", "sous"])
"""Words after which a lone word is a thing, whatever its capitals: `l'Elisa`, `d'un Olivier`, `sous Jasmine`."""

POSSESSIVES = frozenset(["mon", "ma", "mes", "son", "sa", "ses", "notre", "nos", "leur", "leurs"])

_TITLES = lists.words("titles")
_GIVEN = lists.words("given_names")

_ENDS = frozenset(".!?")
_SENTENCES = 4
"""Sentences that it takes to judge how a text is typed."""
_CAREFUL = 0.9
_TWICE = 2
_OFTEN = 0.25


class Usage:
    """Works out, when asked, what a text says of its own words."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words

    @cached_property
    def careful(self) -> bool:
        """Whether sentences begin with capitals and go on in lower case: a name has its capital there as well."""
        first, capitals, lower, counted = True, 0, 0, 0
        for word in self._words:
            first = first or not _ENDS.isdisjoint(word.before) or "\n" in word.before
            if word.number or word.letter:
                first = False
                continue
            if first:
                counted += 1
                capitals += not word.lower
            else:
                lower += word.lower
            first = False
        rest = len(self._words) - counted
        return counted >= _SENTENCES and capitals >= _CAREFUL * counted and 2 * lower >= rest

    def is_thing(self, word: Word) -> bool:
        """Whether the text speaks of the word as a thing, again and again: `le konzo`, `du konzo`, `les konzo`.

        Only of a careful text: elsewhere people are spoken of so as well, `la kowandec est sortie`.
        """
        used = self._things[word.folded] if self.careful else 0
        return used >= _TWICE and used >= _OFTEN * self._all[word.folded]

    @cached_property
    def _all(self) -> Counter[str]:
        return Counter(word.folded for word in self._words)

    @cached_property
    def _things(self) -> Counter[str]:
        things: Counter[str] = Counter()
        for number in range(1, len(self._words)):
            word, article = self._words[number], self._words[number - 1]
            if word.capital:
                continue  # `le Kowandec` is somebody
            if article.folded in THINGS and word.before in {" ", ""} and not self._opens_name(number - 1):
                things[word.folded] += 1
        return things

    def _opens_name(self, number: int) -> bool:
        """Whether an article is part of a name: `Mme Le Bris`, `Anne le Goff`, `LE BRIS`."""
        article = self._words[number]
        if article.upper:
            return True
        before = self._words[number - 1] if number and article.before.strip(". ") == "" else None
        return before is not None and (before.folded in _TITLES or before.folded in _GIVEN)
