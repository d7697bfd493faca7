"""Plate: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.plate import Plate
from tests.fakes.findings import findings

FOUND = [
    ("plaque ab-123-cd, voiture ef456gh", ["ab-123-cd", "ef456gh"]),
    ("AB-123-CD", ["AB-123-CD"]),
    ("véhicule immatriculé AJ-76-MZ", ["AJ-76-MZ"]),
    ("plaque AB 123 CD", ["AB 123 CD"]),
    ("voiture 1234 AB 75", ["1234 AB 75"]),
]

KEPT = [
    "ambulance ce jour, lit 123 au bout",
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
    "HLA DR 15",
    "1234 AB 75",
    "ON-123-OU",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak whose car it is."""
    assert findings(Plate(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Plate(), text) == []
