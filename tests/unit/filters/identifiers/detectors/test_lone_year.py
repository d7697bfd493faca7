"""Lone years: what makes them dates, and the figures that nothing makes one."""

import pytest

from filters.identifiers.detectors.date import Date
from tests.fakes.findings import findings

FOUND = [
    "en 2014",
    "depuis 2017",
    "AVC 2012",
    "greffe 2019-2020",
    "- 2009 : IDM",
    "appendicectomie (1998)",
    "2010 cholécystectomie",
]
KEPT = ["ESC 2021", "2019 g", "en 2000 mL", "HAS 2022-2023", "ISO 2015"]


@pytest.mark.parametrize("text", FOUND)
def test_is_found(text: str) -> None:
    """Would leak when something happened, though half of its date is missing."""
    assert findings(Date(), text)


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: a measure, a count or a guideline is no date."""
    assert findings(Date(), text) == []
