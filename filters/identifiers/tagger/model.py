"""The trained network, run by ONNX Runtime on one thread; loaded once in each worker, from the package's own files.

Fails closed: weights that are missing, altered or unreadable are DetectorUnavailableError, and nothing is sent.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np
import onnxruntime as ort

from filters.identifiers.entity import Label
from filters.identifiers.errors import DetectorUnavailableError
from filters.identifiers.tagger.features import Facts, Floats, Known, Reader
from filters.identifiers.tagger.tokens import Tokens, tokens

TAGS: tuple[Label | None, ...] = (None, *sorted(Label))
"""What each column of the network's answer stands for; the first is no identifier."""

_WEIGHTS = "tagger.onnx"
_HASH = "tagger.sha256"

_SLOW = ["SkipLayerNormFusion"]
"""ONNX Runtime joins a sum and the normalisation after it in a step that takes longer than the two, without vectors."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text's tokens, and for each how likely it is to be of each tag; rows sum to one."""

    tokens: Tokens
    chances: Floats

    def most(self, start: int, end: int) -> float:
        """Return how likely it is, at the most, that a token between two offsets is part of an identifier."""
        first, last = bisect_left(self.tokens.starts, start), bisect_left(self.tokens.starts, end)
        return 1.0 - float(self.chances[first:last, 0].min(initial=1.0))

    def starts_of(self, least: float) -> list[int]:
        """Return where the tokens start that are that likely, or more, to be part of an identifier."""
        return [self.tokens.starts[place] for place in np.flatnonzero(1.0 - self.chances[:, 0].astype(float) >= least)]


class Tagger:
    """Marks the tokens of texts. Keeps nothing of them."""

    def __init__(self, known: Known) -> None:
        """Load the weights; `known` is what the lists, the dictionary and the vectors know of words."""
        self._reader = Reader(known)
        try:
            folder = resources.files("filters.identifiers.tagger").joinpath("data")
            weights = folder.joinpath(_WEIGHTS).read_bytes()
            expected = folder.joinpath(_HASH).read_text(encoding="ascii").strip()
        except OSError:
            raise DetectorUnavailableError("the weights of the tagger are missing") from None
        if hashlib.sha256(weights).hexdigest() != expected:
            raise DetectorUnavailableError("the weights of the tagger are not the ones that were released")
        self._session = _session(weights)

    def mark(self, text: str, facts: Mapping[str, Facts] | None = None) -> Marked:
        """Return the tokens of `text` with their chances; `facts` of its words, where others ask for them too."""
        found = tokens(text)
        if not found:
            return Marked(found, np.zeros((0, len(TAGS)), np.float32))
        read = self._reader.read(found, facts)
        inputs = {
            "rows": read.rows,
            "words": read.words,
            "shapes": read.shapes,
            "grams": read.grams,
            "flags": read.flags,
        }
        (chances,) = self._session.run(["tags"], inputs)
        return Marked(found, chances)


def _session(weights: bytes) -> "ort.InferenceSession":
    options = ort.SessionOptions()
    # A process per processor does the work; more threads in each would only wait for one another.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW)
    except Exception:  # noqa: BLE001 (whatever is wrong with the file, nothing can be masked)
        raise DetectorUnavailableError("the weights of the tagger cannot be read") from None
    if session.get_outputs()[0].shape[-1] != len(TAGS):
        raise DetectorUnavailableError("the weights of the tagger were made for other labels")
    return session
