"""Phone: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.phone import Phone
from tests.fakes.findings import findings

FOUND = [
    (
        "zéro six douze trente quatre cinquante-six soixante dix huit",
        ["zéro six douze trente quatre cinquante-six soixante dix huit"],
    ),
    ("bip 2345, rappellera", ["2345"]),
    ("Tél : 01 42 34 56 78", ["01 42 34 56 78"]),
    ("06.12.34.56.78", ["06.12.34.56.78"]),
    ("0612345678", ["0612345678"]),
    ("06-12-34-56-78", ["06-12-34-56-78"]),
    ("01 2345 6789", ["01 2345 6789"]),
    ("01-23-4567-89", ["01-23-4567-89"]),
    ("0 1 4 2 3 4 5 6 7 8", ["0 1 4 2 3 4 5 6 7 8"]),
    ("0 1 - 4 2 - 3 4 - 5 6 - 7 8", ["0 1 - 4 2 - 3 4 - 5 6 - 7 8"]),
    ("O1 42 34 56 78", ["O1 42 34 56 78"]),
    ("+33 (0)1 42 34 56 78", ["+33 (0)1 42 34 56 78"]),
    ("0033142345678", ["0033142345678"]),
    ("(33) 6 12 34 56 78", ["(33) 6 12 34 56 78"]),
    ("+262 692 12 34 56", ["+262 692 12 34 56"]),
    ("+32 2 123 45 67", ["+32 2 123 45 67"]),
    ("port 6 12 34 56 78", ["6 12 34 56 78"]),
    ("poste 73389", ["73389"]),
    ("DECT : 4512", ["4512"]),
    ("bip 23 45", ["23 45"]),
    ("joignable au 73389 ou 23 34", ["73389", "23 34"]),
    ("01 42 34 56 78 ou 79", ["01 42 34 56 78", "79"]),
    ('{"telecom": "tel:0612345678"}', ["0612345678"]),
    ("06\xa012\xa034\xa056\xa078", ["06\xa012\xa034\xa056\xa078"]),
    ("bip 412", ["412"]),
    ("tel int 4412", ["4412"]),
    ("zéro six douze trente-quatre 56 78", ["zéro six douze trente-quatre 56 78"]),
    (
        "plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit",
        ["plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit"],
    ),
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
    "tel 15",
    "Tél. : 3114",
    "appeler le 18 ou le 119",
    "poste 17",
    "numéro vert 3919, 116117",
    "0,12 0,15 0,18 0,20 0,50",
    "0.12 0.15 0.18 0.20 0.5",
    "réf 0123456789",
    "lot 0612345678",
    "0612345678901",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak a line that leads to the patient or to a carer."""
    assert findings(Phone(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Phone(), text) == []
