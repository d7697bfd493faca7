"""Nda: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.nda import Nda
from tests.fakes.findings import findings

FOUND = [
    ("ORC|RE|DEM2300456|||CM", ["DEM2300456"]),
    ("visite V20240012", ["V20240012"]),
    ("NDA 123456789", ["123456789"]),
    ("IEP: 99a99999", ["99a99999"]),
    ("n° dossier 9999a999999", ["9999a999999"]),
    ("Dossier N° 2023/001234", ["2023/001234"]),
    ("dossier_id = HFME_81044_810", ["HFME_81044_810"]),
    ("ddoc_8199_8910", ["ddoc_8199_8910"]),
    ("numéro de séjour : 20231234", ["20231234"]),
    ("N° venue 123456789", ["123456789"]),
    ("séjour 123456789", ["123456789"]),
    ("n° d'accession : 24000006", ["24000006"]),
    ("N° de prélèvement : 12 345 678", ["12 345 678"]),
    ("PV1|1|I|||||||||||||||||897406", ["897406"]),
    ('"encounterId": "VN000897406"', ["VN000897406"]),
    ("iep: b12345", ["b12345"]),
    ("N° de demande 24/00123", ["24/00123"]),
    ("hospit n° 2604411", ["2604411"]),
    ("n° adm 26044112", ["26044112"]),
    ("épisode 26044112", ["26044112"]),
    ("séj. 26044112", ["26044112"]),
    ("IEP26044112", ["IEP26044112"]),
    ("dossier 26-0441-2", ["26-0441-2"]),
    ("mission n° 26-04-0512", ["26-04-0512"]),
    ("M MOREL PAUL *03.12.1991* 2604411 ORTHO", ["2604411"]),
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
    "examen du 12/03/2020",
    "dossier médical complet, posologie 5000 UI",
    "séjour de 12 jours",
    "examen 2019 normal",
    "demande d'avis",
    "passage à 1500 ml",
    "séjour 2024",
    "dossier du 12-03-2024",
    "dossier anti-vitamine",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak the number of a stay, which the hospital resolves to a patient."""
    assert findings(Nda(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Nda(), text) == []
