"""A known birth date, and the dates that are none."""

import pytest

from filters.identifiers.known.birth_date import is_date
from filters.identifiers.known.patient import KnownPatient
from tests.fakes.known import labels, shown

BORN = KnownPatient(birth_date="1951-03-12")


@pytest.mark.parametrize(
    "written",
    ["12/03/1951", "12.3.51", "1951-03-12", "12-03-1951", "12 / 03 / 1951", "12031951", "19510312", "120351",
     "1 2 0 3 1 9 5 1", "1 2 / 0 3 / 1 9 5 1", "12 mars 1951", "12 MARS 51", "12-mars-1951", "12mars1951",
     "12 mar. 1951", "douze mars mil neuf cent cinquante et un", "douze mars mille neuf cent cinquante-et-un",
     "12 mars cinquante et un", "12 mars de l'année 1951", "12 mars", "12 de mars 1951", "03/1951", "3-1951",
     "1951-03", "mars 1951", "12/O3/1951", "03/12/1951"],
)  # fmt: skip
def test_every_writing_is_found(written: str) -> None:
    """The leak caught: a birth date written as nobody thought of."""
    assert shown(BORN, f"Vu, {written}, à revoir") == f"Vu, ‹{written}›, à revoir"
    assert labels(BORN, written) == ["DATE_NAISSANCE"]


@pytest.mark.parametrize(
    "text",
    ["12/03/2024", "12 mars 2024", "12 mars deux mille vingt-quatre", "05/03/1951", "5 mars 1951", "en 1951", "TA 12/3",
     "06 12 03 51 78", "1/12/03/51", "mars 2024", "en mars", "1951 leucocytes"],
)  # fmt: skip
def test_other_dates_stay(text: str) -> None:
    assert shown(BORN, text) == text


@pytest.mark.parametrize("before", ["né en ", "née en ", "né(e) en ", "naissance : ", "DDN ", "année de naissance : "])
def test_the_year_alone_is_found_after_a_birth(before: str) -> None:
    assert shown(BORN, f"{before}1951.") == f"{before}‹1951›."


def test_the_first_of_a_month() -> None:
    for written in ("1er août 1948", "1 aout 48", "premier août 1948", "01/08/1948", "1/8/48"):
        assert shown(KnownPatient(birth_date="1948-08-01"), f"né le {written}.") == f"né le ‹{written}›."


def test_a_partial_date_is_found_as_far_as_it_goes() -> None:
    assert shown(KnownPatient(birth_date="1951-03"), "le 12 mars 1951, 12/03/1951") == "le 12 ‹mars 1951›, 12/‹03/1951›"
    assert shown(KnownPatient(birth_date="1951"), "né en 1951, le 12/03/1951") == "né en ‹1951›, le 12/03/1951"


def test_what_is_no_date_is_sought_nowhere() -> None:
    assert shown(KnownPatient(birth_date="mars"), "en mars") == "en mars"
    assert [is_date(text) for text in ("1951", "1951-03", "1951-03-12", "1951-13", "12/03/1951", "")] == (
        [True] * 3 + [False] * 3
    )
