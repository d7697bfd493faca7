"""A known patient in the texts of a request."""

import pytest

from filters.identifiers.known.finder import Finder
from filters.identifiers.known.patient import KnownAddress, KnownName, KnownNumber, KnownPatient
from filters.identifiers.text import Text
from tests.fakes.known import labels, shown

PATIENT = KnownPatient(
    names=(KnownName("Kerbratec", ("Ysaline",)),),
    birth_date="1951-03-12",
    numbers=(KnownNumber("8012345679"),),
    addresses=(KnownAddress(("3 rue des Tannelles",), "35430", "Brévanec"),),
    phones=("0612345678",),
    mails=("y.kerbratec@courriel.example",),
)


def test_each_text_has_its_own_spans() -> None:
    found = Finder(PATIENT).find([Text("rien"), Text("Kerbratec"), Text(""), Text("née Kerbratec, 12/03/1951")])
    assert [[(span.start, span.end) for span in spans] for spans in found] == [[], [(0, 9)], [], [(4, 13), (15, 25)]]


def test_an_address_that_holds_the_name_is_one() -> None:
    assert labels(PATIENT, "y.kerbratec@courriel.example") == ["MAIL"]


def test_a_note_about_somebody_else_stays() -> None:
    text = (
        "M. Morvan, né le 03/04/1948, IPP 8098765432, 06 98 76 54 32. TA 12/8, Glasgow 15, CRP 35 mg/L, 3 cp par jour."
    )
    assert shown(PATIENT, text) == text


def test_nobody_is_found_where_nothing_is_known() -> None:
    assert Finder(KnownPatient()).find([Text("Mme Kerbratec")]) == [[]]


@pytest.mark.parametrize(
    "unit",
    ["1 ", "12 ", "0", "K E R B R A T E C ", "j.", "rue ", "mars ", "12 mars deux cent ", "né ", "IPP x", "KerMme"],
)
def test_endless_rows_come_to_an_end(unit: str) -> None:
    """Catches a search that one pasted table keeps busy for everybody."""
    (spans,) = Finder(PATIENT).find([Text((unit * 100_000)[:100_000])])
    assert isinstance(spans, list)
