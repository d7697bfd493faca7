"""What a network answers for passages; the sieve and the judge answer alike."""

from dataclasses import dataclass

import numpy as np

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each passage (a row) is each practice and each use; rows sum to one."""

    practices: Floats
    """The first column is no practice at all."""
    uses: Floats
