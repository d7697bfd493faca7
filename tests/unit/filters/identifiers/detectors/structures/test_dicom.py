"""Dicom: headers printed by the usual tools."""

import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(0010,0010) PN [LONG^ROSE]   #  10, 1 PatientName", "(0010,0010) PN [[NOM:LONG]^[PRENOM:ROSE]]"),
        ("(0010, 0010) Patient's Name    PN: 'MASSE^Luc'", "PN: '[NOM:MASSE]^[PRENOM:Luc]'"),
        ("(0010,0020) LO [8001245]", "[IPP:8001245]"),
        ("(0010,1010) AS [095Y]", "0[AGE_SUP_89:95]Y"),
        ("(0008,0020) DA [20260312]", "[DATE:20260312]"),
        ("PatientName: PETIT^JEAN", "PatientName: [NOM:PETIT]^[PRENOM:JEAN]"),
        ("AccessionNumber: A26-778", "AccessionNumber: [ID:A26-778]"),
    ],
)
def test_elements_that_identify_are_masked(text: str, expected: str) -> None:
    """The header of an image names the patient in words that no sentence holds."""
    assert expected in marked(text)


@pytest.mark.parametrize("text", ["(0008,0060) CS [CT]   #   2, 1 Modality", "(0008,0016) UI =CTImageStorage"])
def test_codes_stay(text: str) -> None:
    assert marked(text) == text
