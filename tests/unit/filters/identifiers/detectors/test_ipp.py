"""Ipp: what is found, and what must stay."""

import pytest

from filters.identifiers.detectors.ipp import Ipp
from tests.fakes.findings import findings

FOUND = [
    ("patient 80123456 en salle 2", ["80123456"]),
    ("IPP : 8102840", ["8102840"]),
    ("IPP du patient : 8 102 840", ["8 102 840"]),
    ("12301840 (IPP)", ["12301840"]),
    ("IPPN11232344", ["IPPN11232344"]),
    ('{"ipp": "A1234567"}', ["A1234567"]),
    ("ipp a1234567", ["a1234567"]),
    ("NIP 0001234567", ["0001234567"]),
    ("patient_id=99887766", ["99887766"]),
    ("numPatient : 99887766", ["99887766"]),
    ("PID|1||000003^^^HOP&1.2&ISO^PI||DURIEUX", ["000003"]),
    ("IPP\n8102840", ["8102840"]),
    ("8012345 (n° IPP)", ["8012345"]),
    ("IPP 8012345 / 8034567", ["8012345", "8034567"]),
    ("IPPP : 8012345", ["8012345"]),
    ("n° patient 8012345", ["8012345"]),
    ("IPP 80.123.456", ["80.123.456"]),
    ("patient ipp8012345 vu", ["ipp8012345"]),
    ("nip55120993", ["nip55120993"]),
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
    "8102840123",
    "IPP non communiqué, vu le 12/03/2020",
    "patient 3 : 4500 leucocytes",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_is_found(text: str, expected: list[str]) -> None:
    """Would leak the number under which the hospital knows the patient."""
    assert findings(Ipp(), text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_stays(text: str) -> None:
    """Over-masking is a clinical bug: none of these names anybody."""
    assert findings(Ipp(), text) == []


def test_the_hospitals_own_patterns_need_no_label() -> None:
    """A site whose numbers have a build of their own would leak them wherever the label is missing."""
    site = Ipp(site_patterns=[r"\b8\d{9}\b"])
    assert findings(site, "vu ce jour 8102840123") == ["8102840123"]
