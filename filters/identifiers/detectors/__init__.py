"""One identifier per file, and the one ordered list of them."""

from presidio_analyzer import EntityRecognizer


def recognizers() -> list[EntityRecognizer]:
    """Return every recogniser, in the order in which they are asked; overlaps are settled afterwards, not by order."""
    return [
        # names, places, organisations
        # numbers, contacts, dates
    ]
