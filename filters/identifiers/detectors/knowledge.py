"""What is known of a word by itself: whether French has it, and whether its vector resembles those of names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from filters.identifiers.detectors.facts import Facts, looked_up
from filters.identifiers.lexicon.folding import fold
from filters.identifiers.lexicon.lists import words as listed

_PURE = 0.5
"""A first name that resembles names this much is one, even if the dictionary has it (jean, bernard)."""

_EVERY = 25
"""One dictionary word in so many serves as a counter-example when names are learnt from the vectors."""

_MOST_KEPT = 20_000
"""Words of the dictionary whose facts are kept; the frequent ones come first by themselves."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of a model: rows of a table, found by the hash of a word."""

    table: "np.ndarray[tuple[int, int], np.dtype[np.float32]]"
    rows: Mapping[int, int]
    hashed: Callable[[str], int]


class Knowledge:
    """Answers about words; keeps scores and the dictionary with its facts, not the vectors, nor any other word."""

    def __init__(
        self,
        vectors: Vectors,
        lemmas: Sequence[Mapping[int | str, list[str]]],
        index: Iterable[Iterable[str]],
        names: Iterable[str],
    ) -> None:
        """`lemmas` and `index` are the lemmatiser's; `names` are the strings for which the hashes in it may stand."""
        self._rows, self._hashed = vectors.rows, vectors.hashed
        indexed = [word for entries in index for word in entries]
        self._scores = self._learn(vectors.table, sorted(indexed)[::_EVERY])
        self._french = self._dictionary(lemmas, indexed, names)
        self._kept: dict[str, Facts] = {}

    def asked(self) -> "Asked":
        """Return the facts of words, to be asked while one text is read."""
        return Asked(self)

    def facts(self, word: str) -> Facts:
        """Return the facts of a word; kept for the dictionary's words that nobody bears: they identify nobody."""
        known = self._kept.get(word)
        if known is None:
            row, nameness = self._of_vector(word)
            known = looked_up(word, row, nameness, in_dictionary=self.is_french(word))
            if known.in_dictionary and not known.borne and len(self._kept) < _MOST_KEPT:
                self._kept[word] = known
        return known

    def is_french(self, word: str) -> bool:
        """Whether French has the word, accents or not, other than as a first name."""
        return fold(word) in self._french

    def nameness(self, word: str) -> float | None:
        """Return how much the word resembles names: about 1 for names, -1 for other words, None if it has no vector."""
        return self._of_vector(word)[1]

    def _of_vector(self, word: str) -> tuple[int, float | None]:
        """Return the row of the word, as written or in other cases, -1 for none; and how much it resembles names."""
        rows = [
            row for form in dict.fromkeys((word, word.lower(), word.title())) if (row := self._row(form)) is not None
        ]
        return (rows[0], float(max(self._scores[row] for row in rows))) if rows else (-1, None)

    def _dictionary(
        self, tables: Sequence[Mapping[int | str, list[str]]], index: list[str], names: Iterable[str]
    ) -> frozenset[str]:
        """Return the words of French without accents, as they are typed, save first names that are hardly words."""
        keys = {key if isinstance(key, int) else self._hashed(key) for table in tables for key in table}
        words = {name for name in names if self._hashed(name) in keys}
        words.update(index, *(found for table in tables for found in table.values()))
        unlikely = {name for name in listed("given_names") if (self.nameness(name) or 0.0) > _PURE}
        # Folded all at once: it is one pass over one string, not two hundred thousand calls.
        return frozenset(fold("\n".join(words)).split("\n")) - (unlikely - listed("name_words"))

    def _row(self, form: str) -> int | None:
        row = self._rows.get(self._hashed(form))
        return row if row is not None and row >= 0 else None

    def _learn(
        self, data: "np.ndarray[tuple[int, int], np.dtype[np.float32]]", others: list[str]
    ) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        """Fit a ridge regression on the vectors of listed names against those of other words, and score every row."""
        lists = (listed("given_names") | listed("surnames"), listed("drugs") | listed("clinical") | frozenset(others))
        names, rest = ([row for word in sorted(words) if (row := self._usual_row(word)) is not None] for words in lists)
        table = data / np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-6)
        features = np.vstack([table[names], table[rest]])
        weights = np.r_[np.full(len(names), 1.0 / len(names)), np.full(len(rest), 1.0 / len(rest))][:, None]
        target = np.r_[np.ones(len(names)), -np.ones(len(rest))]
        weighted = features * weights
        gram = features.T @ weighted + 0.005 * np.eye(features.shape[1])
        scores: np.ndarray[tuple[int], np.dtype[np.float32]] = table @ np.linalg.solve(gram, weighted.T @ target)
        return scores

    def _usual_row(self, word: str) -> int | None:
        title = self._row(word.title())
        return title if title is not None else self._row(word)


class Asked(dict[str, Facts]):
    """The facts of the words of one text, each looked up once; forgotten with the text."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__()
        self._knowledge = knowledge

    def __missing__(self, word: str) -> Facts:
        """Look up a word that was not asked before."""
        facts = self[word] = self._knowledge.facts(word)
        return facts
