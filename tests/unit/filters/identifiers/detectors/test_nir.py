"""Nir: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.nir import Nir
from tests.fakes.findings import best, findings

FOUND = [
    ("NIR 1 85 05 78 006 084 36", ["1 85 05 78 006 084 36"]),
    ("n° de sécu : 185057800608436, vu ce jour", ["185057800608436"]),
    ("numeroSecu: 2850578006084", ["2850578006084"]),
    ('{"nir": "185057800608400"}', ["185057800608400"]),
    ("INS\xa0: 1.85.05.78.006.084 clé 36", ["1.85.05.78.006.084 clé 36"]),
    ("assurée 2 85 05 78 006 084 (23)", ["2 85 05 78 006 084 (23)"]),
    ("1 8 5 0 5 7 8 0 0 6 0 8 4 3 6", ["1 8 5 0 5 7 8 0 0 6 0 8 4 3 6"]),
    ("1\xa085\xa005\xa078\xa0006\xa0084\xa036", ["1\xa085\xa005\xa078\xa0006\xa0084\xa036"]),
    ("né en Corse, 1 85 05 2A 006 084 12 ans", ["1 85 05 2A 006 084"]),
    ("scan : 28505780O6084", ["28505780O6084"]),
    ("N° SS\n1850578006084", ["1850578006084"]),
    ("matricule 7 85 05 99 006 084 12", ["7 85 05 99 006 084 12"]),
    ("NSS 1234567890123 75", ["1234567890123 75"]),
    ("immatriculation 3850599006084", ["3850599006084"]),
    ("INS-C 12345678901234567890 12", ["12345678901234567890 12"]),
    ("PID|1||279035121518989^^^ASIP&1.2.250.1.213.1.4.10&ISO^INS", ["279035121518989"]),
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
    "EAN 3400930000014",
    "13 chiffres : 3400930000014",
    "ordre 1234567890123456789",
    "OID 1.2.250.1.213.1.4.8",
    "table 2 1 0 0 1 1 2 0 1 2 1 1 0 2 1 3 2",
    "horodatage 1700000000000",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak the number that follows a patient all their life."""
    assert findings(Nir(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Nir(), text) == []


def test_the_right_key_makes_it_surer_and_a_wrong_one_does_not_hide_it() -> None:
    """In real headers most keys are wrong: a key that gates would leak three numbers in four."""
    right, wrong = best(Nir(), "279035121518989"), best(Nir(), "279035121518900")
    assert right.score > wrong.score >= 0.5
