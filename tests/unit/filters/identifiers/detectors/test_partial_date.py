"""Partial dates: what makes them dates, and the figures that nothing makes one."""

import pytest

from filters.identifiers.detectors.date import Date
from tests.fakes.findings import findings

FOUND = [
    "le 12/03",
    "du 11 au 20 février",
    "le 17 vers midi",
    "mercredi 3.",
    "03/2024",
    "2024-03",
    "(03/24)",
    "à partir du 16-3",
    "le 9 dernier",
]
KEPT = ["12/8 le matin", "le 3 sur 10", "J3 à J5", "2-3 fois", "page 12/34", "le 12e jour", "5-3 = 2"]


@pytest.mark.parametrize("text", FOUND)
def test_is_found(text: str) -> None:
    """Would leak when something happened, though half of its date is missing."""
    assert findings(Date(), text)


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: a measure, a count or a guideline is no date."""
    assert findings(Date(), text) == []
