"""Date: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.date import Date
from tests.fakes.findings import findings

FOUND = [
    ("AVC 2012, IDM 2008, PTG droite 2015", ["2012", "2008", "2015"]),
    ("appendicectomie 1985 ; cancer du sein (2010)", ["1985", "2010"]),
    ("vu le 12/03/2020 à 14h30", ["12/03/2020"]),
    ("12-03-20", ["12-03-20"]),
    ("12.3.2020", ["12.3.2020"]),
    ("12|03|2020", ["12|03|2020"]),
    ("8/07/76", ["8/07/76"]),
    ("13.6.10", ["13.6.10"]),
    ("2 2 / 2 / 2 0 6 6", ["2 2 / 2 / 2 0 6 6"]),
    ("0 7 0 8 1 9 8 3", ["0 7 0 8 1 9 8 3"]),
    ("23022018", ["23022018"]),
    ("20180223", ["20180223"]),
    ("2018-02-23T10:00:00Z", ["2018-02-23"]),
    ("20180223103000", ["20180223103000"]),
    ("dec1993", ["dec1993"]),
    ("05nov", ["05nov"]),
    ("05nov2018", ["05nov2018"]),
    ("le 3 mars", ["3 mars"]),
    ("mars 2019", ["mars 2019"]),
    ("SAM 20 FÉVR 2083", ["SAM 20 FÉVR 2083"]),
    ("Jeu, 17 Avr 2098", ["Jeu, 17 Avr 2098"]),
    ("1er août 2016", ["1er août 2016"]),
    ("deux janvier mille neuf cent soixante dix huit", ["deux janvier mille neuf cent soixante dix huit"]),
    ("en 2014", ["2014"]),
    ("de 2014 à 2016", ["2014", "2016"]),
    ("- 2014 : AVC", ["2014"]),
    ("appendicectomie (1998)", ["1998"]),
    ("03/2019", ["03/2019"]),
    ("du 12/03 au 15/03", ["12/03", "15/03"]),
    ("du 3 au 5 mars 2019", ["3", "5 mars 2019"]),
    ("de janvier à mars 2019", ["janvier", "mars 2019"]),
    ("12 03 2020", ["12 03 2020"]),
    ("le12/03/2020", ["12/03/2020"]),
]

KEPT = [
    "ESC 2021, GOLD 2023, recommandations HAS 2022, norme ISO 2015",
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
    "classification OMS 2016",
    "FIGO 2018, RECIST 1.1",
    "fracture du 1/3 distal",
    "TA 12/8",
    "score 7/10 et 9/10",
    "2.1.10 Matériel",
    "v10.2.15",
    "en 2000 mL",
    "il pèse 2019 g",
    "Apgar 10/10/10",
    "30 sec, 25 MeV",
    "14:30:00",
    "45/99/2020",
    "12345678",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak when the patient was seen, which with a place is enough to find them."""
    assert findings(Date(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Date(), text) == []
