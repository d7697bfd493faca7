"""Address: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.address import Address
from tests.fakes.findings import findings

FOUND = [
    ("15, rue Tessier, 83250 Boutin", ["15, rue Tessier"]),
    ("44 rue charles, 63570 sainte édouard", ["44 rue charles"]),
    ("avenue Luce Millet, 15916 Bourg", ["avenue Luce Millet"]),
    ("12 bis rue du docteur calmette à Lyon", ["12 bis rue du docteur calmette"]),
    ("12 AV. DU 8 MAI 1945 75013 PARIS", ["12 AV. DU 8 MAI 1945"]),
    ("3 cours Gambetta", ["3 cours Gambetta"]),
    ("BP 123", ["BP 123"]),
    ("CS 12345", ["CS 12345"]),
    ("lieu-dit Le Bourg", ["lieu-dit Le Bourg"]),
    ("Adresse : Le Bourg, 24000 Périgueux", ["Le Bourg"]),
    ("PID|1||X||DURIEUX^LEA||19500312|F|||LE BOURG^^LYON^69003", ["LE BOURG"]),
    ("Résidence Les Lilas, appt 12, bât B", ["Résidence Les Lilas, appt 12, bât B"]),
    ("habite rue des lilas", ["rue des lilas"]),
    ("5 place de l'Église", ["5 place de l'Église"]),
    ("12 rue des Acacias\nTél 01", ["12 rue des Acacias"]),
    ('"streetAddressLine": "Les Granges"', ["Les Granges"]),
    ("lot 14 chemin des palmes", ["lot 14 chemin des palmes"]),
    ("17 Grand'Rue, 88000 Épinal", ["17 Grand'Rue"]),
    ("12 bis Grande Rue", ["12 bis Grande Rue"]),
    ("ZA du Moulin", ["ZA du Moulin"]),
    ("habite douze rue des lilas", ["douze rue des lilas"]),
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
    "3 cours de FOLFOX",
    "1 passage aux urgences",
    "2 voies veineuses périphériques",
    "mise en route de la CEC",
    "accident de la voie publique",
    "trouvé dans la rue depuis 3 mois",
    "3 allées et venues",
    "mise en place de la sonde",
    "1 mail envoyé au médecin",
    "Adresse : inconnue",
    "dans la rue",
    "TP53 muté",
    "grande rue",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak where the patient lives."""
    assert findings(Address(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Address(), text) == []
