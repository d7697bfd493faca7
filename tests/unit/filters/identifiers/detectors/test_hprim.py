"""Hprim: lines that have no label but their place."""

from filters.identifiers.detectors.hprim import Hprim
from tests.fakes.detection import marked
from tests.fakes.findings import findings

HEADER = "000123\nLONG\nROSE\n8 rue du Port\n\n17000 LA ROCHELLE\n09/11/1944\n2441117300123 45\n"


def test_the_lines_of_a_header_are_found() -> None:
    """Nothing but its place says that the second line is the patient's name."""
    assert findings(Hprim(), HEADER) == ["000123", "LONG", "ROSE", "09/11/1944"]


def test_nothing_of_a_header_is_left() -> None:
    assert marked(HEADER).splitlines() == [
        "[IPP:000123]",
        "[NOM:LONG]",
        "[PRENOM:ROSE]",
        "[ADRESSE:8 rue du Port]",
        "",
        "[ZIP:17000] [VILLE:LA ROCHELLE]",
        "[DATE_NAISSANCE:09/11/1944]",
        "[SECU:2441117300123 45]",
    ]


def test_lines_in_another_order_are_no_header() -> None:
    assert findings(Hprim(), "Poids\nTaille\nIMC\n09/11/2024\n") == []
