"""The fitted encoder, run by ONNX Runtime on one thread, from the package's own files."""

import json
from collections.abc import Sequence

import numpy as np

from policies.practices.chances import Chances
from policies.practices.judge.pieces import Cutter, filled
from policies.practices.weights import Released, session

WEIGHTS, VOCABULARY, CLASSES = "judge.onnx", "vocabulary.json", "classes.json"
_TOGETHER = 8
"""Passages judged at a time: a batch is filled up to its longest."""


class Judge:
    """Judges passages. Keeps nothing of them."""

    practices: tuple[str, ...]
    """What each column of `Chances.practices` stands for; the first is none, an empty string."""
    uses: tuple[str, ...]

    def __init__(self) -> None:
        """Load the weights; RecognitionUnavailableError unless they are the ones that were released."""
        files = Released("policies.practices.judge")
        named = json.loads(files.read(CLASSES))
        self.practices, self.uses = tuple(named["practices"]), tuple(named["uses"])
        self._cutter = Cutter([(piece, score) for piece, score in json.loads(files.read(VOCABULARY))])
        self._session = session(files.read(WEIGHTS))

    def judge(self, passages: Sequence[str]) -> Chances:
        """Return the chances of each passage, in order."""
        practices = np.zeros((len(passages), len(self.practices)), np.float32)
        uses = np.zeros((len(passages), len(self.uses)), np.float32)
        cuts = self._cutter.cut(passages)
        order = sorted(range(len(cuts)), key=lambda place: len(cuts[place]))
        for at in range(0, len(order), _TOGETHER):
            group = order[at : at + _TOGETHER]
            pieces = filled([cuts[place] for place in group])
            found = self._session.run(["practices", "uses"], {"numbers": pieces.numbers, "mask": pieces.mask})
            practices[group], uses[group] = found
        return Chances(practices, uses)
