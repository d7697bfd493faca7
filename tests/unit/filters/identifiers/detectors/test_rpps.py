"""Rpps: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.rpps import Rpps
from tests.fakes.findings import findings

FOUND = [
    ("RPPS 10000023084", ["10000023084"]),
    ("N° RPPS : 10 00 00 23 08 4", ["10 00 00 23 08 4"]),
    ("10003879623", ["10003879623"]),
    ('<id root="1.2.250.1.71.4.2.1" extension="810000023085"/>', ["810000023085"]),
    ("810000023085^MARTEL^ANNE^^^^^^ASIP-SANTE-PS&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS", ["810000023085"]),
    ('{"numeroRpps": "10101010101"}', ["10101010101"]),
    ("médecin traitant : 10012345678", ["10012345678"]),
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
    "12345678901",
    "code 10012345678",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak which professional wrote."""
    assert findings(Rpps(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Rpps(), text) == []
