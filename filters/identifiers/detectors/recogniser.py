"""What recognisers of names and places share: they read words, not characters, and answer in Presidio's form."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from presidio_analyzer import LocalRecognizer, RecognizerResult
from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.entity import Label, Span
from filters.identifiers.errors import DetectorUnavailableError


class WordRecognizer(LocalRecognizer):  # type: ignore[misc]  # Presidio ships no types
    """A recogniser that works on the reading of a text; without one it raises, it never silently finds nothing."""

    labels: ClassVar[tuple[Label, ...]]

    def __init__(self) -> None:
        super().__init__(supported_entities=list(self.labels), supported_language="fr", name=type(self).__name__)

    @override
    def load(self) -> None:
        """Nothing to load: the language engine is shared."""

    @override
    def analyze(self, text: str, entities: list[str], nlp_artifacts: object = None) -> list[RecognizerResult]:
        """Return what is found among the labels asked for; all of them if none is named."""
        if not isinstance(nlp_artifacts, Reading):
            raise DetectorUnavailableError("the text was not read by the language engine")
        return [
            RecognizerResult(
                str(span.label),
                span.start,
                span.end,
                span.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                },
            )
            for span in self.find(text, nlp_artifacts)
            if not entities or span.label in entities
        ]

    @abstractmethod
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield what this recogniser believes, with its score."""
