"""One identifier per file, and the one ordered list of them."""

from presidio_analyzer import EntityRecognizer

from filters.identifiers.detectors.hospital import Hospital
from filters.identifiers.detectors.organisation import Organisation
from filters.identifiers.detectors.person_label import PersonLabel
from filters.identifiers.detectors.person_model import PersonModel
from filters.identifiers.detectors.person_pair import PersonPair
from filters.identifiers.detectors.person_title import PersonTitle
from filters.identifiers.detectors.place import Place


def recognizers() -> list[EntityRecognizer]:
    """Return every recogniser, in the order in which they are asked; overlaps are settled afterwards, not by order."""
    return [
        # names, places, organisations
        PersonTitle(),
        PersonLabel(),
        PersonPair(),
        PersonModel(),
        Place(),
        Hospital(),
        Organisation(),
        # numbers, contacts, dates
    ]
