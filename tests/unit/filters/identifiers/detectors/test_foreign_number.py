"""Numbers of people insured or living abroad."""

import pytest

from filters.identifiers.detectors.foreign_number import ForeignNumber

FOUND = [
    ("Touriste, SSN 912-45-6789, tombée au ski", "SECU", "912-45-6789"),
    ("call him at 415-555-0142 please", "TEL", "415-555-0142"),
    ("tél. (212) 555-0199", "TEL", "(212) 555-0199"),
    ("NISS 85.07.30-033.28, assurée à Mouscron", "SECU", "85.07.30-033.28"),
    ("AVS 756.9217.0769.85", "SECU", "756.9217.0769.85"),
    ("DNI 12345678Z", "SECU", "12345678Z"),
    ("codice fiscale RSSMRA85T10A562S", "SECU", "RSSMRA85T10A562S"),
]
UNTOUCHED = [
    "séance du 12-04-2026",
    "réf. 1234-56-78901",
    "lot 912-45-67890 du kit",
    "TA 120-80-60 sur trois prises",
]


@pytest.mark.parametrize(("text", "label", "expected"), FOUND)
def test_found(text: str, label: str, expected: str) -> None:
    """A visitor's number leaving in clear because it is not French."""
    found = [(result.entity_type, text[result.start : result.end]) for result in ForeignNumber().analyze(text, [])]
    assert found == [(label, expected)]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_untouched(text: str) -> None:
    assert ForeignNumber().analyze(text, []) == []
