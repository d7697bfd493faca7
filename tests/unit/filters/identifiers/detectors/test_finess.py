"""Finess: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.finess import Finess
from tests.fakes.findings import findings

FOUND = [
    ("FINESS 750712184", ["750712184"]),
    ("n° FINESS juridique : 750 712 184", ["750 712 184"]),
    ('<id root="1.2.250.1.71.4.2.2" extension="1750712184"/>', ["1750712184"]),
    ("Finess géographique 2A0000123", ["2A0000123"]),
    ("750712184 (FINESS)", ["750712184"]),
    ("CHU^^^^^FINESS&1.2.250.1.71.4.2.2&ISO^FINEJ^^^1750712184", ["1750712184"]),
]

KEPT = [
    "CIP 3400930000014",
    "(01)03400930000014(17)260131(10)LOT12345",
    "GTIN 08714729123456, lot 1234567890123",
    "500 mg x 3 par jour pendant 3 mois",
    "PA 12/8, FC 72, T 37,2 °C, SpO2 98 %",
    "Leucocytes 12 000, plaquettes 150 000, Hb 12,5 g/dL",
    "T2N0M0, Glasgow 15, EVA 3/10, OMS 2016",
    "vertèbres C4, L5-S1, acte HBQK002, diagnostic I10.9",
    "à 14h30, page 12 sur 34, version 3.8.0",
    "patient de 45 ans, 72 kg, 1,78 m",
    "appeler le 15, le 112 ou le 3114",
    "750712184",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak which hospital the patient is in."""
    assert findings(Finess(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Finess(), text) == []
