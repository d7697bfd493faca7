"""A known address, whole and in parts."""

import pytest

from filters.identifiers.known.patient import KnownAddress, KnownPatient
from tests.fakes.known import labels, shown

LIVES = KnownPatient(
    addresses=(KnownAddress(("14 bis, avenue du Docteur Calmelin",), "35430", "Saint-Brévin-sur-Mer"),)
)  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ["14 bis, avenue du Docteur Calmelin", "14bis av. du Dr Calmelin", "14 BIS AVE DU DR CALMELIN", "av Dr Calmelin",
     "3 avenue du docteur\nCalmelin", "avenue Calmelin", "Docteur Calmelin", "Calmelin"],
)  # fmt: skip
def test_every_writing_of_the_street_is_found(written: str) -> None:
    """The leak caught: an abbreviation that the identity does not use."""
    assert shown(LIVES, f"habite {written}, seul") == f"habite ‹{written}›, seul"
    assert labels(LIVES, written) == ["ADRESSE"]


def test_the_number_of_the_house_alone_stays() -> None:
    assert shown(LIVES, "14 comprimés, 14 bis") == "14 comprimés, 14 bis"


@pytest.mark.parametrize(
    "written", ["Saint-Brévin-sur-Mer", "ST BREVIN SUR MER", "st-brevin s/ mer", "saint brevin sur mer"]
)
def test_every_writing_of_the_city_is_found(written: str) -> None:
    assert shown(LIVES, f"de {written}.") == f"de ‹{written}›."
    assert labels(LIVES, written) == ["VILLE"]


def test_what_a_city_carries_on_an_envelope_is_no_part_of_it() -> None:
    patient = KnownPatient(addresses=(KnownAddress(city="QUIMPERLÉ CEDEX 9"), KnownAddress(city="Lannebrec 12e")))
    assert shown(patient, "quimperlé, lannebrec") == "‹quimperlé›, ‹lannebrec›"


def test_an_article_of_a_city_may_melt() -> None:
    patient = KnownPatient(addresses=(KnownAddress(city="Le Brévanec"),))
    assert shown(patient, "né au Brévanec, vit à LE BREVANEC") == "né au ‹Brévanec›, vit à ‹LE BREVANEC›"


@pytest.mark.parametrize(
    ("city", "text"),
    [("Sens", "le sens de la marche, vit à ‹sens›, ‹SENS›"), ("Port", "port de charge interdit, de ‹Port›")],
)
def test_a_city_that_is_a_word_needs_a_capital_or_a_place(city: str, text: str) -> None:
    patient = KnownPatient(addresses=(KnownAddress(city=city),))
    assert shown(patient, text.replace("‹", "").replace("›", "")) == text


@pytest.mark.parametrize("line", ["3 rue de l'Hôpital", "3 place du Marché"])
def test_a_street_called_after_a_plain_word_needs_its_way(line: str) -> None:
    """Catches every hospital and every walk of a note masked because of a street."""
    patient = KnownPatient(addresses=(KnownAddress((line,)),))
    text = "transféré à l'hôpital, Hôpital de jour, marche seul, le Marché"
    assert shown(patient, text) == text
    assert shown(patient, f"habite {line}") == f"habite ‹{line}›"


def test_an_address_in_one_text_is_read_in_pieces() -> None:
    patient = KnownPatient(addresses=(KnownAddress(text="3 rue des Tannelles, 35430 Kerbrenec"),))
    assert labels(patient, "rue des Tannelles 35430 KERBRENEC") == ["ADRESSE", "ZIP", "VILLE"]


def test_a_line_without_a_way_is_found_whole() -> None:
    patient = KnownPatient(addresses=(KnownAddress(("Lieu-dit Kerbiquec", "Appt 12 Bat B")),))
    assert shown(patient, "kerbiquec; Kerbiquec, appt 12 bât. B") == "kerbiquec; ‹Kerbiquec›, ‹appt 12 bât. B›"
