"""People without a title: a listed first name beside a surname, NOM Prénom in capitals, a name alone in its text."""

from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import LONGEST, PARTICLES, Names, Trust
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

_ALONE = 4
"""Words of the longest text that is read as nothing but a name."""


class PersonPair(WordRecognizer):
    """Finds NOM, PRENOM and PERSONNE by how words of a name look side by side."""

    labels: ClassVar = (Label.NOM, Label.PRENOM, Label.PERSONNE)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield runs of words that read as a name."""
        names = Names(reading)
        index = 0
        while index < len(names.words):
            run = self._run(names, index)
            if run:
                score = self._weigh(names, index, run)
                if score:
                    single = Label.PRENOM if names.is_given(run[0]) else Label.PERSONNE
                    yield from names.spans(run, score, self.name, single)
            index += max(1, len(run))
        yield from self._lines(names, text)

    @staticmethod
    def _run(names: Names, index: int) -> list[Word]:
        """Return the words from `index` that could make a name without any title; a comma may part NOM, Prénom."""
        run = names.read(index, Trust.NONE)
        after = index + len(run)
        if run and after < len(names.words) and names.words[after].before in {", ", ","} and len(run) < LONGEST:
            more = names.read(after, Trust.NONE)
            if len(more) == 1 and (names.is_given(more[0]) != names.is_given(run[-1])) and run[0].lower == more[0].lower:
                run = run + more
        return run

    def _weigh(self, names: Names, index: int, run: list[Word]) -> float:
        """Return how sure it is that the run is a person; 0 for no."""
        if any(names.is_eponymous(index + offset) for offset in range(len(run))):
            return 0.0
        words = [word for word in run if word.folded not in PARTICLES and not word.letter]
        given = [word for word in words if names.is_given(word)]
        cities = all(word.folded in lists.words("cities") for word in words)
        if cities:
            return 0.0
        if len(words) == 1:
            return self._weigh_single(names, words[0])
        if given:
            others = [word for word in words if not names.is_given(word)]
            return 0.8 if not others or max(map(names.likeness, others)) > 0 else 0.0
        mixed = any(word.upper for word in words) and any(word.capital for word in words)
        strange = all(not names.is_french(word) for word in words)
        likeness = sum(map(names.likeness, words)) / len(words)
        if mixed and strange and likeness > 0:
            return 0.7
        return 0.6 if likeness > 0.45 and strange else 0.0

    @staticmethod
    def _weigh_single(names: Names, word: Word) -> float:
        """Weigh a word alone in a sentence: a capital, no dictionary entry, and every sign of a name."""
        if not word.capital or names.is_french(word):
            return 0.0
        return 0.55 if names.is_given(word) and (names.reading.knowledge.nameness(word.text) or 0.0) > 0.3 else 0.0

    def _lines(self, names: Names, text: str) -> Iterator[Span]:
        """Yield names that are a whole text: what stands in a field, a cell or a search box."""
        words = [word for word in names.words if not word.number]
        if not 0 < len(words) <= _ALONE or len(words) < len(names.words) or "\n" in text.strip():
            return
        if any(names.is_excluded(word) or names.is_eponymous(index) for index, word in enumerate(words)):
            return
        if any(names.is_french(word) and not names.is_given(word) and not names.is_surname(word) for word in words):
            return
        if any(lists.ends_clinically(word.folded) and names.likeness(word) <= _UNSURE for word in words):
            return
        if min(map(names.likeness, words)) > -_UNSURE:
            single = Label.PRENOM if names.is_given(words[0]) and not names.is_surname(words[0]) else Label.NOM
            yield from names.spans(words, 0.55, self.name, single)


_UNSURE = 0.3
