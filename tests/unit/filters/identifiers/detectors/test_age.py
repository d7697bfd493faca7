"""Age: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.age import Age
from tests.fakes.findings import findings

FOUND = [
    ("âgé de 93 ans", ["93"]),
    ("patiente de 102 ans", ["102"]),
    ("Age : 91", ["91"]),
    ('{"age": 95}', ["95"]),
    ("93ans", ["93"]),
    ("quatre-vingt-douze ans", ["quatre-vingt-douze"]),
    ("nonagénaire", ["nonagénaire"]),
    ("91 ANS, chute", ["91"]),
    ("94a, démence", ["94"]),
    ("Pte 93A", ["93"]),
    ("H/92", ["92"]),
    ("entre 90 et 95 ans", ["90", "95"]),
    ("90-95 ans", ["90", "95"]),
    ("elle a 94, encore vive", ["94"]),
    ("décédée à 93.", ["93"]),
    ("dans sa 93e année", ["93"]),
    ("nonante-deux ans", ["nonante-deux"]),
    ("QUATRE-VINGT-DOUZE ANS", ["QUATRE-VINGT-DOUZE"]),
    ("âgée de quatre-vingt-onze", ["quatre-vingt-onze"]),
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
    "89 ans",
    "depuis 95 ans",
    "sat 93 %",
    "93 kg",
    "quatre-vingts ans",
    "90 mois",
    "il a 98 de sat",
    "F94.1, F92",
    "le 94 a été fait",
    "quatre-vingt-douze mille",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak an age that so few reach that it names its owner."""
    assert findings(Age(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Age(), text) == []
