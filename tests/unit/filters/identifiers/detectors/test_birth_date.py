"""BirthDate: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.birth_date import BirthDate
from tests.fakes.findings import findings

FOUND = [
    ("née kermarrec le 2.2.32", ["2.2.32"]),
    ("né le 3 4 41", ["3 4 41"]),
    ("né le 12/03/1950, vu le 14/05/2020", ["12/03/1950"]),
    ("Née en 1950", ["1950"]),
    ("DDN : 12/03/50", ["12/03/50"]),
    ("DDN 120350", ["120350"]),
    ("Date de naissance (JJ/MM/AAAA) :\n 12/03/1950", ["12/03/1950"]),
    ('{"birthDate": "1950-03-12"}', ["1950-03-12"]),
    ('"date_naissance": "12031950"', ["12031950"]),
    ("dateNaissance: 12 mars 1950", ["12 mars 1950"]),
    ('<birthTime value="19500312"/>', ["19500312"]),
    ("PID|1||X||DURIEUX^LEA||19500312|F", ["19500312"]),
    ("née DURIEUX le 12/03/1950", ["12/03/1950"]),
    ("né(e) le : lun 2 janvier 1967", ["lun 2 janvier 1967"]),
    ("né à Lyon le 3 mars 1950", ["3 mars 1950"]),
    ("né le deux janvier mille neuf cent soixante dix huit", ["deux janvier mille neuf cent soixante dix huit"]),
    ("nee le 12 03 1950", ["12 03 1950"]),
    ("né en mars 1950", ["mars 1950"]),
    ("né en 52, marié", ["52"]),
    ("née en 1934", ["1934"]),
    ("D.D.N. 03/04/1951", ["03/04/1951"]),
    ("naiss. 3/4/51", ["3/4/51"]),
    ("née le douze zéro trois cinquante et un", ["douze zéro trois cinquante et un"]),
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
    "il ne vient plus depuis le 12/03/2019",
    "née Durieux, vue le 14/05/2020",
    "poids de naissance : 2010 g",
    "vu le 12/03/2020",
    "Renaissance 1950",
    "naissance d'un garçon, Apgar 9/10/10",
    "né en 38 SA",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak a birth date, or have the model told a wrong age."""
    assert findings(BirthDate(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(BirthDate(), text) == []
