"""Finding a known patient in the texts of a request."""

from collections.abc import Iterator, Sequence

from filters.identifiers.entity import Label, Span
from filters.identifiers.known.forms import forms
from filters.identifiers.known.name_forms import name_forms
from filters.identifiers.known.names import NameSearch
from filters.identifiers.known.patient import KnownPatient
from filters.identifiers.known.reading import Reading, read
from filters.identifiers.overlaps import settle
from filters.identifiers.text import Text

DETECTOR = "known"


class Finder:
    """Finds every written form of one patient's identity. It lives as long as the request."""

    def __init__(self, patient: KnownPatient) -> None:
        self._names = name_forms(patient.names)
        self._forms = tuple(forms(patient))

    def find(self, texts: Sequence[Text]) -> list[list[Span]]:
        """Return the spans of each text, which do not overlap; each is certain."""
        reading = read(texts)
        spans: list[list[Span]] = [[] for _ in texts]
        for start, end, label in self._found(reading):
            index, first, last = reading.original(start, end)
            spans[index].append(Span(first, last, label, 1.0, DETECTOR))
        return [settle(found) for found in spans]

    def _found(self, reading: Reading) -> Iterator[tuple[int, int, Label]]:
        if self._names.words:
            yield from NameSearch(self._names, reading).find()
        for form in self._forms:
            for start, end in form.find(reading):
                yield start, end, form.label
