"""What a worker of the gateway loads: the detectors of identifiers and the recogniser of practices, side by side."""

from pathlib import Path

from filters.identifiers.analyzer import Analyzer
from policies.facts import Recognition
from policies.practices.recogniser import Recogniser


class Analysis(Analyzer):
    """An analyzer that is also asked what the charter says of a text."""

    def __init__(self, recognizers: Path | None = None) -> None:
        """Load both; raises where either cannot be loaded."""
        super().__init__(recognizers)
        self._recogniser = Recogniser()

    def recognise(self, text: str) -> Recognition:
        """Return what is recognised in a text."""
        return self._recogniser.recognise(text)
