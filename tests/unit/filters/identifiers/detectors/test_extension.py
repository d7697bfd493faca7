"""Extensions: the short numbers of a hospital, and the figures that are none."""

import pytest

from filters.identifiers.detectors.phone import Phone
from tests.fakes.findings import findings

FOUND = [
    ("poste 4412", ["4412"]),
    ("bipper le 633", ["633"]),
    ("biomed 8412", ["8412"]),
    ("Dr Ferron au 2214", ["2214"]),
    ("Dr Ferron prévenu au 2015", ["2015"]),
    ("rappeler l'interne au 4471", ["4471"]),
    ("sécurité avertie 9311, prévenue", ["9311"]),
    ("poste quarante-deux douze", ["quarante-deux douze"]),
    ("rappelle-moi au trente-trois vingt", ["trente-trois vingt"]),
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
    "labo 2024, normal",
    "leucocytes au 2500",
    "plaquettes à 1500, PNN 800",
    "il est au 3e étage",
    "urgences 1200 passages",
    "bip 112",
    "appeler le 3114",
    "réa 1500 ml",
    "au deux tiers",
    "http://exemple.org/?ManNum=123456",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak the line of a carer, and with it the ward of the patient."""
    assert findings(Phone(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: an emergency number must be read, and a count of cells is no line."""
    assert findings(Phone(), text) == []
