"""Hl7: every identifying field of a message, and nothing of its codes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.identifiers.detectors.structures.hl7 import Hl7
from tests.fakes.detection import marked

MSH = "MSH|^~\\&|DPI|CHX|RIS|CHX|202603170812||ADT^A01^ADT_A05|778120|P|2.5"


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        (
            (
                "PID|1||8001245^^^HEXA&1.2.250.1.999&ISO^PI~186059935021780^^^ASIP&1.2.250.1.213.1.4.8&ISO^INS||"
                "LONG^ROSE^ROSE MARIE^^MME^^L||19860509|F|||8 RUE BASSE^^LENS^^62300^FRA^H||^PRN^PH^^^^^^^^^0321987645"
            ),
            (
                "PID|1||[IPP:8001245]^^^HEXA&1.2.250.1.999&ISO^PI~[SECU:186059935021780]^^^ASIP&1.2.250.1.213.1.4.8&ISO^INS||"
                "[NOM:LONG]^[PRENOM:ROSE]^[PRENOM:ROSE MARIE]^^MME^^L||[DATE_NAISSANCE:19860509]|F|||"
                "[ADRESSE:8 RUE BASSE]^^[VILLE:LENS]^^[ZIP:62300]^FRA^H||^PRN^PH^^^^^^^^^[TEL:0321987645]"
            ),
        ),
        (
            "PV1|1|I|UHCD^03^1||||10101234564^PETIT^JEAN^^^DR||||||||||||260514^^^HEXA^AN",
            "PV1|1|I|UHCD^03^1||||[RPPS:10101234564]^[NOM:PETIT]^[PRENOM:JEAN]^^^DR||||||||||||[NDA:260514]^^^HEXA^AN",
        ),
        (
            "NK1|1|MASSE^Luc|SPO^Conjoint|3 rue A^^ARRAS|0601020304",
            "NK1|1|[NOM:MASSE]^[PRENOM:Luc]|SPO^Conjoint|[ADRESSE:3 rue A]^^[VILLE:ARRAS]|[TEL:0601020304]",
        ),
        ("ZBE|45678^HEXA|20260514||INSERT|N", "ZBE|[ID:45678]^HEXA|[DATE:20260514]||INSERT|N"),
        (
            "OBX|1|NM|718-7^Hemoglobine^LN||12.4|g/dL|12-16||||F|||20260317",
            "OBX|1|NM|718-7^Hemoglobine^LN||12.4|g/dL|12-16||||F|||[DATE:20260317]",
        ),
    ],
)
def test_a_segment_alone_is_masked_by_its_fields(segment: str, expected: str) -> None:
    """Would leak the patient's names that are words, numbers without a label, a relative, a doctor."""
    assert marked(segment) == expected


def test_codes_of_a_message_stay() -> None:
    """Over-masking is a bug too: `ADT^A01` was taken for a person."""
    assert marked(MSH) == MSH.replace("202603170812", "[DATE:202603170812]")


@pytest.mark.parametrize("site", ["CLINIQUE DU HAUT PRE", "CH_BORD_DE_MER", "340099999"])
def test_a_facility_that_is_named_is_masked(site: str) -> None:
    """Would leak which hospital wrote, as it does in any letter head."""
    message = MSH.replace("|DPI|CHX", f"|DPI|{site}^1.2.250.1.9^ISO")
    assert f"|DPI|[HOPITAL:{site}]^1.2.250.1.9^ISO|RIS|CHX|" in marked(message)


def test_the_number_of_a_facility_is_masked_behind_its_code() -> None:
    """Would leak the number that the national register gives to the hospital, as one code among others."""
    message = MSH.replace("|DPI|CHX", "|DPI|CHX^340099999^N")
    assert "|DPI|CHX^[HOPITAL:340099999]^N|RIS|CHX|" in marked(message)


@pytest.mark.parametrize("glue", ["\r", "\n", "\r\n", " "])
def test_segments_are_parted_in_every_way(glue: str) -> None:
    """A chat window turns the line ends of a message into spaces; the names after the first segment would leave."""
    text = glue.join((MSH, "EVN||20260317", "PID|||A12345^^^X^PI||MARTINEAU^PAUL", "PV1|1|O"))
    assert "[IPP:A12345]^^^X^PI||[NOM:MARTINEAU]^[PRENOM:PAUL]" in marked(text)


def test_other_signs_are_those_that_the_header_declares() -> None:
    """A system with its own separators would send everything unmasked."""
    text = "MSH#$!\\&#A#B#C#D#20260317\rPID###A12345$$$X$PI##LONG$ROSE"
    assert marked(text).endswith("PID###[IPP:A12345]$$$X$PI##[NOM:LONG]$[PRENOM:ROSE]")


def test_free_text_goes_on_to_the_other_recognisers() -> None:
    """A veto over a report inside a message would let every name of it leave."""
    text = "OBX|1|FT|18748-4^Compte rendu^LN||Vue par le Dr Kowalczyk, maladie de Crohn||||||F"
    assert marked(text) == text.replace("Kowalczyk", "[NOM:Kowalczyk]")


def test_a_number_in_a_place_of_codes_is_masked_all_the_same() -> None:
    """One separator too few moves the stay's number to the patient's type; it would leave."""
    assert "[NDA:260514877]" in marked("PV1|1|I|UHCD^03^1||||||||||||||||260514877|X")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="PIDMSHOBX1|^~\\& \rA&", max_size=120))
def test_fields_lie_in_the_text(tail: str) -> None:
    """A field beyond the text would stop the masking of the whole request."""
    text = "PID|1|" + tail
    found = list(Hl7().fields(text))
    assert all(0 <= field.start < field.end <= len(text) for field in found)
    labelled = {n for field in found if field.label for n in range(field.start, field.end)}
    assert all(labelled.isdisjoint(range(field.start, field.end)) for field in found if not field.label)
