"""Network: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.network import Network
from tests.fakes.findings import findings

FOUND = [
    ("adresse IP 10.12.3.4", ["10.12.3.4"]),
    ("00:1A:2B:3C:4D:5E", ["00:1A:2B:3C:4D:5E"]),
    ("patient 123e4567-e89b-12d3-a456-426614174000", ["123e4567-e89b-12d3-a456-426614174000"]),
    ("https://dpi.example.org/vue?ipp=123456&x=1", ["https://dpi.example.org/vue?ipp=123456&x=1"]),
    ("1.2.840.113619.2.55.3.604688119.971.1234567890.123", ["1.2.840.113619.2.55.3.604688119.971.1234567890.123"]),
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
    "version 10.12.3.4",
    "OID 1.2.250.1.213.1.4.8",
    "https://www.example.org/recommandations?page=2",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak the machine or the link that leads to one person."""
    assert findings(Network(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Network(), text) == []
