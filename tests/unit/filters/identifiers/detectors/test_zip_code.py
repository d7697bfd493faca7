"""ZipCode: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.zip_code import ZipCode
from tests.fakes.findings import findings

FOUND = [
    ("12 rue des Lilas, 69003 Lyon", ["69003", "Lyon"]),
    ("75 013 PARIS CEDEX 12", ["75 013", "PARIS CEDEX 12"]),
    ("20200 Bastia", ["20200", "Bastia"]),
    ("code postal : 69003", ["69003"]),
    ('"postalCode": "69003"', ["69003"]),
    ("adresse : 3 rue X, 63570 sainte édouard", ["63570", "sainte édouard"]),
    ("83600 Les Adrets-de-l'Estérel", ["83600", "Les Adrets-de-l'Estérel"]),
    ("12 LE BOURG^^LYON^69003^FRA", ["LYON", "69003"]),
    ('"ville": "Lyon"', ["Lyon"]),
    ("rue de l'Église\n75013 Paris", ["75013", "Paris"]),
    ("à 2B 065 Corte", ["2B 065", "Corte"]),
    ("CP / Ville : 97232 LE LAMENTIN", ["97232", "LE LAMENTIN"]),
    ("Institut X, 92350 Le Plessis-Robinson", ["92350", "Le Plessis-Robinson"]),
    ("Lyon (69003)", ["69003"]),
    ("44000 nantes", ["44000", "nantes"]),
    ("chemin des palmes 97354 remire montjoly tel 0694", ["97354", "remire montjoly"]),
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
    "12000 leucocytes",
    "15000 Plaquettes",
    "plaquettes : 15000 Hb 12",
    "Lovenox 12000 UI",
    "99999 Inconnue",
    "12000 le matin",
    "12000 le 12 mars",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak the town of the patient."""
    assert findings(ZipCode(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(ZipCode(), text) == []
