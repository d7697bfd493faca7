"""What a search for a known patient finds, in words."""

from filters.identifiers.known.finder import Finder
from filters.identifiers.known.patient import KnownPatient
from filters.identifiers.text import Text


def shown(patient: KnownPatient, text: str) -> str:
    """Return the text with what is found between chevrons: `Mme ‹Kerbrat›`."""
    (spans,) = Finder(patient).find([Text(text)])
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], "‹", text[span.start : span.end], "›"]
        at = span.end
    return "".join([*pieces, text[at:]])


def labels(patient: KnownPatient, text: str) -> list[str]:
    """Return the labels of what is found, in order."""
    (spans,) = Finder(patient).find([Text(text)])
    return [span.label.value for span in spans]
