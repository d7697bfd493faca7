"""Datamatrix: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.datamatrix import Datamatrix
from tests.fakes.findings import findings

FOUND = [
    (
        "IS010000000000000000000000\nS1279035121518989S2LEA ROSE\nS3DURIEUXS4FS518-06-1985S613201",
        ["279035121518989", "LEA ROSE", "DURIEUX", "18-06-1985", "13201"],
    ),
    (
        (
            "IS010000000000000000000000S1279035121518989S21.2.250.1.213.1.4.8\x1d"
            "S3LEA ROSE\x1dS4DURIEUX\x1dS5FS618-06-1985S713201"
        ),
        ["279035121518989", "LEA ROSE", "DURIEUX", "18-06-1985", "13201"],
    ),
    (
        "lu : S1279035121518989S21.2.250.1.213.1.4.8 S3LEA S5FS618-06-1985S713201S4DURIEUX",
        ["279035121518989", "LEA", "18-06-1985", "13201", "DURIEUX"],
    ),
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
    "vertèbres S1 et S2",
    "S1 S2 réguliers, pas de B3",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak the five traits of a patient's identity at once."""
    assert findings(Datamatrix(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Datamatrix(), text) == []
