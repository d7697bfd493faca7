"""Serial: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.serial import Serial
from tests.fakes.findings import findings

FOUND = [
    ("ORC|RE||||CM||||20230605|||12345678^LONG^ROSE", ["12345678"]),
    ("carte Vitale 80250000012345678901", ["80250000012345678901"]),
    ("ALD n° 12345678", ["12345678"]),
    ("n° adhérent : 00123456", ["00123456"]),
    ('<id extension="12345678" root="1.2.3"/>', ["12345678"]),
    ('{"reference": "Patient/123456"}', ["123456"]),
    ("Réf : DH/SA", ["DH/SA"]),
    ("Déclaration n° AB26-00412", ["AB26-00412"]),
    ("contrôle anapath (n° 26H04412)", ["26H04412"]),
    ("Tracé n°26-EEG-0412", ["26-EEG-0412"]),
    ("mat. 114412", ["114412"]),
    ("badge V-3344", ["V-3344"]),
    ("PV 2026/004412", ["2026/004412"]),
    ("ticket INC0044120", ["INC0044120"]),
    ("chèque n° 0044120", ["0044120"]),
    ("Réf. labo : B2026.004412", ["B2026.004412"]),
    ("N/Réf : 2026-4412-KL", ["2026-4412-KL"]),
    ("sinistre 26A044120", ["26A044120"]),
    ("n° allocataire : 4 412 001", ["4 412 001"]),
    ("n° étudiant 22004412", ["22004412"]),
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
    "ALD 30 exonérante",
    "mutuelle à jour",
    "réf. fabricant",
    "n° de série SN-88A44120",
    "pompe n° 88441200",
    "implant réf. 12345678, lot 44120K",
    "décret n° 2016-994",
    "prothèse n° 44120",
    "cas n° 1204",
    "chambre n° 1204",
    "cure n° 4",
    "Réf : 44120, lot 12",
    "incident 2024",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak a number that an insurer or a hospital resolves to a person."""
    assert findings(Serial(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Serial(), text) == []
