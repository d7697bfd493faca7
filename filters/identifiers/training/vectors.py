"""The static vectors of the French model, as features: of length one, with a row of nothing on top."""

import numpy as np

from filters.identifiers.detectors.knowledge import Vectors
from filters.identifiers.tagger.features import Floats


def table(vectors: Vectors) -> Floats:
    """Return one row for each vector, after row 0, which stands for a word without one."""
    lengths = np.maximum(np.linalg.norm(vectors.table, axis=1, keepdims=True), 1e-6)
    return np.vstack([np.zeros((1, vectors.table.shape[1])), vectors.table / lengths]).astype(np.float32)
