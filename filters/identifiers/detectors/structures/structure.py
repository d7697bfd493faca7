"""What recognisers of pasted structures share: they know each field, so they also know what is no identifier.

A structure answers in two ways. A field with a label is masked, whatever it looks like. A field that the standard
keeps for codes is PLAIN: the guesses of other recognisers are dropped there (`ADT^A01` is nobody's name).
The veto fails towards masking: it never covers free text, nor a field that the format's table does not list; it cuts
nothing that a structure labelled, that a hospital's own recogniser found, or that is proved by its own writing.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from presidio_analyzer import LocalRecognizer, RecognizerResult
from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import TITLES, Names
from filters.identifiers.entity import Label

PLAIN = "PLAIN"
"""The entity of a stretch that is certainly no identifier; it is no label, and leaves the analyzer with nothing."""

_SURE = 0.995
"""More than any guess, less than what the caller knows of the patient."""


@dataclass(frozen=True, slots=True)
class Field:
    """Characters `start` to `end` of a structure; without a label they are certainly no identifier."""

    start: int
    end: int
    label: Label | None


class Structure(LocalRecognizer):  # type: ignore[misc]  # Presidio ships no types
    """A recogniser of one format. A PERSONNE field is a person in free writing: titles are left, its parts told."""

    def __init__(self) -> None:
        super().__init__(supported_entities=list(Label), supported_language="fr", name=type(self).__name__)

    @override
    def load(self) -> None:
        """Nothing to load: formats are tables in code."""

    @override
    def analyze(self, text: str, entities: list[str], nlp_artifacts: object = None) -> list[RecognizerResult]:
        """Return the fields among the labels asked for, all of them if none is named, and what is PLAIN."""
        names = Names(nlp_artifacts) if isinstance(nlp_artifacts, Reading) else None
        return [
            self._result(part)
            for field in self.fields(text)
            for part in (_parts(field, names) if names and field.label is Label.PERSONNE else (field,))
            if part.label is None or not entities or part.label in entities
        ]

    @abstractmethod
    def fields(self, text: str) -> Iterator[Field]:
        """Yield the fields of every structure of this format in the text; labelled ones do not overlap PLAIN ones."""

    def _result(self, field: Field) -> RecognizerResult:
        return RecognizerResult(
            str(field.label or PLAIN),
            field.start,
            field.end,
            _SURE,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )


def _parts(field: Field, names: Names) -> Iterator[Field]:
    """Yield the titles, first names and surnames of a person in free writing; the whole field if it has no words."""
    words = [names.words[index] for index in names.within(field.start, field.end)]
    while words and words[0].folded in TITLES and len(words) > 1:
        yield Field(words[0].start, words[0].end, None)
        words = words[1:]
    if not words:
        yield field
        return
    if any(word.number for word in words):
        yield Field(words[0].start, field.end, Label.PERSONNE)
        return
    for span in names.spans(words, _SURE, "", names.single(words)):
        yield Field(span.start, span.end, span.label)


def plain_around(start: int, end: int, kept: Iterable[Field]) -> Iterator[Field]:
    """Yield the labelled fields of `kept`, and what lies around all of `kept` between `start` and `end` as PLAIN.

    A field of `kept` without a label is one that the structure says nothing about: free text.
    """
    at = start
    for field in sorted(kept, key=lambda field: field.start):
        if at < (limit := min(field.start, end)):
            yield Field(at, limit, None)
        if field.label is not None:
            yield field
        at = max(at, field.end)
    if at < end:
        yield Field(at, end, None)
