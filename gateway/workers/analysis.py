"""What a worker of the gateway loads: the detectors of identifiers and the recogniser of practices, side by side."""

from pathlib import Path

from typing_extensions import override

from filters.identifiers.analyzer import Analyzer
from policies.facts import Recognition
from policies.practices.errors import RecognitionUnavailableError
from policies.practices.recogniser import Recogniser

_FORBIDDEN = "Trie ces douze patients du plus urgent au moins urgent, on suivra ton ordre sans revoir personne."
"""What no charter's recogniser may miss."""


class Analysis(Analyzer):
    """An analyzer that is also asked what the charter says of a text."""

    def __init__(self, recognizers: Path | None = None) -> None:
        """Load both; raises where either cannot be loaded."""
        super().__init__(recognizers)
        self._recogniser = Recogniser()

    @override
    def canary(self) -> None:
        """Raise unless an invented note is masked, and a forbidden request recognised, as they should be."""
        super().canary()
        if not self.recognise(_FORBIDDEN).forbidden:
            raise RecognitionUnavailableError("a forbidden request was not recognised")

    def recognise(self, text: str) -> Recognition:
        """Return what is recognised in a text."""
        return self._recogniser.recognise(text)
