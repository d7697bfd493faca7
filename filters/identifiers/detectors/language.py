"""The language engine: a text read once for all recognisers, its words weighed and its tokens marked by the tagger.

If the vocabulary or the weights are missing or broken, DetectorUnavailableError: nothing is sent, nothing is ever
downloaded.
"""

from collections.abc import Iterable, Iterator

from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from typing_extensions import override

from filters.identifiers.detectors import vocabulary
from filters.identifiers.detectors.knowledge import Asked
from filters.identifiers.detectors.page import Page
from filters.identifiers.detectors.usage import Usage
from filters.identifiers.errors import DetectorUnavailableError
from filters.identifiers.lexicon.lists import words as listed
from filters.identifiers.lexicon.words import Word, read
from filters.identifiers.tagger.model import Marked, Tagger


class Reading(NlpArtifacts):  # type: ignore[misc]  # Presidio ships no types
    """A text read once for all recognisers: its words, and what the tagger says of its tokens."""

    def __init__(self, page: Page, words: tuple[Word, ...], facts: Asked, marked: Marked) -> None:
        lemmas, starts = [word.folded for word in words], [word.start for word in words]
        super().__init__([], [word.text for word in words], starts, lemmas, None, "fr")
        self.keywords = lemmas
        self.page = page
        self.words = words
        self.starts = starts
        self.facts = facts
        self.marked = marked
        self.usage = Usage(words)


class Language(NlpEngine):  # type: ignore[misc]  # Presidio ships no types
    """A Presidio language engine; made once per process, read by every recogniser."""

    def __init__(self, model: str = vocabulary.MODEL) -> None:
        self._model = model
        self._tagger: Tagger | None = None
        self.load()

    @override
    def load(self) -> None:
        """Load the vocabulary and the weights, or raise DetectorUnavailableError."""
        self.knowledge = vocabulary.load(self._model).knowledge
        self._tagger = Tagger(self.knowledge)

    @override
    def is_loaded(self) -> bool:
        """Whether texts can be read."""
        return self._tagger is not None

    @override
    def process_text(self, text: str, language: str) -> Reading:
        """Return the reading of `text`."""
        if self._tagger is None:
            raise DetectorUnavailableError(f"the language model {self._model} is not loaded")
        facts = self.knowledge.asked()
        return Reading(Page(text), read(text), facts, self._tagger.mark(text, facts))

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
        return word.lower() in listed("never_names")

    @override
    def is_punct(self, word: str, language: str) -> bool:
        """Whether the word holds no letter and no digit."""
        return not any(character.isalnum() for character in word)

    @override
    def get_supported_entities(self) -> list[str]:
        """Return nothing: the tagger is a recogniser like the others."""
        return []

    @override
    def get_supported_languages(self) -> list[str]:
        """Return French, the only language of this engine."""
        return ["fr"]
