"""Known numbers in any grouping, and the figures of a note that are none of them."""

import pytest

from filters.identifiers.known.number import is_nir
from filters.identifiers.known.patient import KnownAddress, KnownNumber, KnownPatient
from tests.fakes.known import labels, shown

FILED = KnownPatient(
    numbers=(KnownNumber("0080123456"), KnownNumber("1 51 03 35 238 042 89")), phones=("+33612345678",)
)


@pytest.mark.parametrize(
    "written",
    [
        *("0080123456", "80123456", "80 123 456", "8 0 1 2 3 4 5 6", "80.12.34.56", "8O123456"),
        *("151033523804289", "1510335238042", "1 51 03 35 238 042 89", "1 51 03 35 238 042"),
        "1-51-03-35-238-042 (clé 89",
        *("06 12 34 56 78", "+33 (0)6 12 34 56 78", "0033 6.12.34.56.78", "0612345678", "33612345678"),
        "(0)6-12-34-56-78",
    ],
)
def test_any_grouping_is_found(written: str) -> None:
    """The leak caught: a number whose spaces are not those of the identity."""
    assert shown(FILED, f"Vu, {written} ; à revoir") == f"Vu, ‹{written}› ; à revoir"


def test_a_line_end_inside_a_number() -> None:
    assert shown(FILED, "06 12 34\n56 78") == "‹06 12 34\n56 78›"


@pytest.mark.parametrize("before", ["IPP ", "IPP : ", "n° ", "dossier n° : ", "Dossier ***", "NIP:xxxx"])
def test_a_number_cut_short_needs_a_label(before: str) -> None:
    assert shown(FILED, f"{before}123456.") == f"{before}‹123456›."
    assert shown(FILED, "123456 plaquettes") == "123456 plaquettes"


def test_labels() -> None:
    assert labels(FILED, "0080123456, 151033523804289, 0612345678") == ["IPP", "SECU", "TEL"]
    passport = KnownNumber("12AB34567", "http://hl7.org/fhir/sid/passport-FRA")
    assert labels(KnownPatient(numbers=(passport,)), "12AB 34567") == ["ID"]
    nia = KnownNumber("912345678901234", "urn:oid:1.2.250.1.213.1.4.9")
    assert labels(KnownPatient(numbers=(nia,)), "912345678901234") == ["SECU"]


@pytest.mark.parametrize("value", ["1234", "0012"])
def test_a_short_number_needs_a_label(value: str) -> None:
    """Catches every `1951` or `12 mg` of a note masked as the number of a file."""
    patient = KnownPatient(numbers=(KnownNumber(value),))
    assert shown(patient, f"IPP {value}, {value} mg") == f"IPP ‹{value}›, {value} mg"


def test_a_corsican_number() -> None:
    patient = KnownPatient(numbers=(KnownNumber("2 51 03 2A 019 042 31"),))
    assert shown(patient, "NIR 251032A01904231") == "NIR ‹251032A01904231›"


def test_a_foreign_telephone() -> None:
    patient = KnownPatient(phones=("+32 470 12 34 56",))
    for written in ("+32 470 12 34 56", "0032470123456", "0470 12 34 56"):
        assert shown(patient, f"tél {written}.") == f"tél ‹{written}›."


def test_a_postal_code_is_no_measure() -> None:
    """Catches a platelet count masked because the patient lives in Rennes."""
    patient = KnownPatient(addresses=(KnownAddress(postal_code="35000"),))
    for written in ("35000 Rennes", "35 000", "F-35000"):
        assert "‹" in shown(patient, written)
    for text in ("plaquettes 35 000/mm3", "35000 UI", "135000", "1,35000"):
        assert shown(patient, text) == text


def test_the_shape_of_the_national_number() -> None:
    assert is_nir("1 51 03 35 238 042 89")
    assert is_nir("251032A019042")
    assert not is_nir("8012345679")


@pytest.mark.parametrize("system", ["urn:oid:1.2.250.1.71.4.2.1", "https://rpps.esante.gouv.fr/fhir/rpps"])
def test_the_number_of_a_professional(system: str) -> None:
    patient = KnownPatient(numbers=(KnownNumber("10001234567", system),))
    assert labels(patient, "RPPS 1000 1234 567") == ["RPPS"]
